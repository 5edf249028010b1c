// The official `graphql-ws` client: a query, then a subscription whose first two results are told one line each.
import { createClient } from "graphql-ws"
import WebSocket from "ws"

const [url, headers] = [process.argv[2], JSON.parse(process.argv[3])]
const client = createClient({ url, webSocketImpl: WebSocket, connectionParams: { headers }, retryAttempts: 0 })
const say = (kind, value) => console.log(JSON.stringify({ kind, value }))

for await (const result of client.iterate({ query: "{ book(order_by: {id: asc}) { title } }" })) say("query", result)

let told = 0
for await (const result of client.iterate({ query: "subscription { book(order_by: {id: asc}) { title } }" })) {
  say("subscription", result)
  told += 1
  if (told === 2) break
}

try {
  for await (const result of client.iterate({ query: "subscription { book { colour } }" })) say("unexpected", result)
} catch (errors) {
  say("refused", errors)
}
await client.dispose()
