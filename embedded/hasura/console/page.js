/* The page at /console: GraphiQL, asking as whoever the form above it names. Nothing is fetched from elsewhere. */
'use strict'
;(() => {
  const { createElement } = React
  const form = document.getElementById('who')
  const root = ReactDOM.createRoot(document.getElementById('graphiql'))
  const explorer = GraphiQLPluginExplorer.explorerPlugin()
  // A secret is remembered as long as the tab is open, and by nobody else.
  const remembered = 'fractalops-console'
  const here = new URL('/v1/graphql', location.href)
  const sockets = new URL(here)
  sockets.protocol = here.protocol === 'https:' ? 'wss:' : 'ws:'

  const start = [
    '# Ask as the user named above; the headers tab below adds further headers.',
    '# Subscriptions run over a websocket until you stop them.',
    '',
    '{',
    '  __typename',
    '}',
    '',
  ].join('\n')

  function headersOf(who) {
    const headers = {}
    if (who.secret) headers['X-Hasura-Admin-Secret'] = who.secret
    if (who.token) headers.Authorization = `Bearer ${who.token}`
    if (who.role) headers['X-Hasura-Role'] = who.role
    if (who.user) headers['X-Hasura-User-Id'] = who.user
    return headers
  }

  function fetcherFor(who) {
    return (parameters, options) => {
      const headers = { ...headersOf(who), ...options?.headers }
      // A connection is who opened it: each subscription has its own, made only when one is asked for.
      const wsClient = graphqlWs.createClient({ url: sockets.href, connectionParams: { headers }, retryAttempts: 0 })
      // Whether it is a subscription is read from the text that is sent, which the editor's own notion may lag behind.
      const documentAST = GraphiQL.GraphQL.parse(parameters.query)
      return GraphiQL.createFetcher({ url: here.href, headers, wsClient })(parameters, { ...options, documentAST })
    }
  }

  function show(who) {
    const name = who.role || (who.token ? "the token's role" : 'admin')
    document.getElementById('asking').textContent = `asking as ${name}`
    root.render(
      createElement(GraphiQL, {
        // Another user has another schema, so everything is made anew.
        key: JSON.stringify(who),
        fetcher: fetcherFor(who),
        plugins: [explorer],
        defaultQuery: start,
        shouldPersistHeaders: false,
        defaultEditorToolsVisibility: true,
      }),
    )
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const who = Object.fromEntries(new FormData(form))
    sessionStorage.setItem(remembered, JSON.stringify(who))
    show(who)
  })

  const who = JSON.parse(sessionStorage.getItem(remembered) ?? '{}')
  for (const [name, value] of Object.entries(who)) form.elements[name].value = value
  show(who)
})()
