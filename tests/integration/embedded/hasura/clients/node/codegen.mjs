// Set up like any project's codegen.ts: the schema by introspection, types and documents into one folder.
const [url, headers] = [process.env.ENGINE_URL, JSON.parse(process.env.ENGINE_HEADERS)]

export default {
  schema: [{ [url]: { headers } }],
  documents: ["books.graphql"],
  generates: {
    "generated/": {
      preset: "client",
      config: { useTypeImports: true, scalars: { numeric: "number", jsonb: "unknown", timestamptz: "string", date: "string" } },
    },
  },
}
