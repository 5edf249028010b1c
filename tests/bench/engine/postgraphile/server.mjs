// PostGraphile 5 set up as its documentation advises for production: grafserv on Node's own server, a bounded pool,
// neither GraphiQL nor explain, lists instead of connections (less to plan), errors masked.
import { createServer } from "node:http"
import { PgAggregatesPreset } from "@graphile/pg-aggregates"
import { postgraphile } from "postgraphile"
import { makePgService } from "postgraphile/adaptors/pg"
import { grafserv } from "postgraphile/grafserv/node"
import { PostGraphileAmberPreset } from "postgraphile/presets/amber"

const preset = {
  extends: [PostGraphileAmberPreset, PgAggregatesPreset],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ["public"],
      poolConfig: { max: Number(process.env.CONNECTIONS), min: 1 },
    }),
  ],
  // It would offer no condition on `state`, which has no index here.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  schema: { defaultBehavior: "+list +connection" },
  grafserv: { graphiql: false, watch: false },
  grafast: { explain: false, context: () => ({}) },
}

const server = createServer()
server.on("error", (error) => {
  console.error(error)
  process.exit(1)
})
await postgraphile(preset).createServ(grafserv).addTo(server)
server.listen(0, "127.0.0.1", () => console.log(`ready http://127.0.0.1:${server.address().port}`))
