// Apollo Client over HTTP, with its subscriptions over `graphql-ws`, and its cache fed by what the engine says.
import { ApolloClient, HttpLink, InMemoryCache, gql, split } from "@apollo/client/core/index.js"
import { GraphQLWsLink } from "@apollo/client/link/subscriptions/index.js"
import { getMainDefinition } from "@apollo/client/utilities/index.js"
import { createClient } from "graphql-ws"
import WebSocket from "ws"

const [uri, headers] = [process.argv[2], JSON.parse(process.argv[3])]
const socket = createClient({
  url: uri.replace("http://", "ws://"),
  webSocketImpl: WebSocket,
  connectionParams: { headers },
})
const subscribes = ({ query }) => getMainDefinition(query).operation === "subscription"
const link = split(subscribes, new GraphQLWsLink(socket), new HttpLink({ uri, headers }))
const client = new ApolloClient({ link, cache: new InMemoryCache() })
const say = (kind, value) => console.log(JSON.stringify({ kind, value }))

const books = gql`
  query Books {
    book(order_by: { id: asc }) {
      id
      title
      author {
        id
        name
      }
    }
  }
`
say("query", (await client.query({ query: books })).data)

const renamed = gql`
  mutation Rename($id: Int!, $title: String!) {
    update_book_by_pk(pk_columns: { id: $id }, _set: { title: $title }) {
      id
      title
    }
  }
`
say("mutation", (await client.mutate({ mutation: renamed, variables: { id: 2, title: "Fiasco" } })).data)
say("cache", (await client.query({ query: books, fetchPolicy: "cache-only" })).data.book[1].title)

try {
  await client.query({ query: gql("{ book { colour } }"), fetchPolicy: "no-cache" })
  say("unexpected", null)
} catch (error) {
  say("refused", error.errors[0].extensions)
}

let told = 0
const watched = client.subscribe({ query: gql("subscription { book(order_by: {id: asc}) { id title } }") })
await new Promise((resolve, reject) => {
  const subscription = watched.subscribe({
    error: reject,
    next: ({ data }) => {
      say("subscription", data.book.map((book) => book.title))
      told += 1
      if (told === 2) {
        subscription.unsubscribe()
        resolve()
      }
    },
  })
})
client.stop()
await socket.dispose()
