// One scenario with the official client; what it found is printed as one line of JSON.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const given = JSON.parse((await lines.next()).value)
const require = createRequire(given.modules)
const { createClient } = require('@supabase/supabase-js')
const { WebSocket } = require('ws')

const clients = []
const made = (token, options = {}) => {
  const client = createClient(given.url, given.key, {
    ...(token ? { accessToken: typeof token === 'function' ? token : async () => token } : {}),
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { transport: WebSocket, ...options },
  })
  clients.push(client)
  return client
}

const tell = (value) => process.stdout.write(JSON.stringify(value) + '\n')
const asked = async () => (await lines.next()).value
const until = async (condition, what) => {
  const end = Date.now() + 20_000
  while (!condition()) {
    if (Date.now() > end) throw new Error(`${what} did not come true`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

// Joins, and returns what the channel hears once changes are promised to it.
const listening = async (client, binding, topic = 'rows') => {
  if (client.accessToken) await client.realtime.setAuth()
  const heard = { rows: [], system: [], states: [] }
  heard.channel = client
    .channel(topic)
    .on('postgres_changes', { event: '*', schema: 'public', ...binding }, (change) => heard.rows.push(change))
    .on('system', {}, (message) => heard.system.push(message))
    .subscribe((state) => heard.states.push(state))
  await until(() => heard.system.some(({ message }) => message === 'Subscribed to PostgreSQL'), 'the subscription')
  return heard
}

const scenarios = {
  async shapes({ table, token, count }) {
    const heard = await listening(made(token), { table })
    tell('ready')
    await until(() => heard.rows.length >= count, `${count} changes`)
    return heard.rows
  },
  async order({ table, token, count, version }) {
    const heard = await listening(made(token, { vsn: version }), { table })
    tell('ready')
    await until(() => heard.rows.length >= count, `${count} changes`)
    return heard.rows.map(({ new: row }) => row.size)
  },
  async crowd({ table, tokens }) {
    const all = await Promise.all(tokens.map((token) => listening(made(token), { table })))
    tell('ready')
    await asked()
    return all.map(({ rows }) => rows.map(({ new: row }) => row.body))
  },
  async session({ email, password, table }) {
    const client = made()
    const { data, error } = await client.auth.signInWithPassword({ email, password })
    if (error) throw error
    const heard = await listening(client, { table })
    tell('ready')
    await until(() => heard.rows.length >= 1, 'the first row')
    const { refresh_token: before, expires_at: expires, expires_in: lives } = data.session
    // Within one second the very same token would be issued, and an equal token changes nothing.
    await until(() => Math.floor(Date.now() / 1000) > expires - lives, 'the next second')
    const refreshed = await client.auth.refreshSession()
    await client.realtime.setAuth()
    await until(() => heard.system.length >= 2, 'the second subscription')
    tell('again')
    await until(() => heard.rows.length >= 2, 'the second row')
    const user = await client.auth.getUser()
    await client.auth.signOut()
    return {
      rotated: refreshed.data.session.refresh_token !== before,
      email: user.data.user.email,
      rows: heard.rows.length,
      out: (await client.auth.getSession()).data.session,
    }
  },
  async expiry({ table, token }) {
    const heard = await listening(made(token), { table })
    await until(() => heard.states.includes('CLOSED'), 'the end')
    return { states: heard.states, last: heard.system.at(-1) }
  },
  async reconnect({ table, token }) {
    const heard = await listening(made(token), { table })
    tell('ready')
    await until(() => heard.system.filter(({ status }) => status === 'ok').length >= 2, 'the second subscription')
    tell('again')
    await until(() => heard.rows.length >= 1, 'a row')
    return heard.rows.map(({ new: row }) => row.id)
  },
  async talk({ topic, version }) {
    const config = { broadcast: { self: true, ack: true } }
    const joined = async (options) => {
      const heard = []
      const channel = made(null, { vsn: version }).channel(topic, { config: options })
      channel.on('broadcast', { event: '*' }, ({ event, payload }) => heard.push([event, payload]))
      await new Promise((resolve) => channel.subscribe((state) => state === 'SUBSCRIBED' && resolve()))
      return { channel, heard }
    }
    const [first, second] = [await joined(config), await joined({})]
    const answer = await first.channel.send({ type: 'broadcast', event: 'said', payload: { text: 'Grüße 👋', n: 1 } })
    await until(() => first.heard.length && second.heard.length, 'the message')
    const outside = made().channel(topic)
    await outside.send({ type: 'broadcast', event: 'posted', payload: { n: 2 } })
    await until(() => second.heard.length >= 2, 'the posted message')
    return { answer, first: first.heard, second: second.heard }
  },
  async presence({ topic }) {
    const joined = async (key) => {
      const channel = made().channel(topic, { config: { presence: { key } } })
      const seen = []
      channel.on('presence', { event: 'join' }, ({ key: who }) => seen.push(`+${who}`))
      channel.on('presence', { event: 'leave' }, ({ key: who }) => seen.push(`-${who}`))
      channel.on('presence', { event: 'sync' }, () => {})
      await new Promise((resolve) => channel.subscribe((state) => state === 'SUBSCRIBED' && resolve()))
      return { channel, seen }
    }
    const [ada, bob] = [await joined('ada'), await joined('bob')]
    const answers = [await ada.channel.track({ at: 'desk' }), await bob.channel.track({ at: 'door' })]
    await until(() => Object.keys(ada.channel.presenceState()).length === 2, 'both')
    const state = Object.entries(ada.channel.presenceState()).map(([key, [meta]]) => [key, meta.at])
    answers.push(await bob.channel.untrack())
    await until(() => ada.seen.includes('-bob'), "Bob's leaving")
    return { answers, state: state.sort(), seen: ada.seen }
  },
  async crash() {
    setTimeout(() => {
      throw new Error('nobody caught this')
    })
    await new Promise(() => {})
  },
  async refused({ token, topic }) {
    const client = made(token)
    if (token) await client.realtime.setAuth()
    return new Promise((resolve) =>
      client
        .channel(topic, { config: { private: true } })
        .subscribe((state, error) => state === 'CHANNEL_ERROR' && resolve({ state, error: error?.message })),
    )
  },
}

try {
  tell({ found: await scenarios[given.scenario](given) })
} catch (error) {
  tell({ failed: String(error) })
}
process.exit(0)
