// Many subscribers in one process. The first line on standard input says who and where; "ready" is printed once all of
// them are told of changes; the next line asks for what each of them heard and when.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const { modules, way, url, key, people } = JSON.parse((await lines.next()).value)
const require = createRequire(modules)
const { WebSocket } = require('ws')

// The same clock as Python's time.monotonic_ns, in microseconds.
const now = () => Number(process.hrtime.bigint() / 1000n)
const heard = people.map(() => ({ numbers: [], at: [] }))
const note = (who, number) => {
  heard[who].numbers.push(number)
  heard[who].at.push(now())
}

const ways = {
  async gateway(who, { org, token }) {
    const { createClient } = require('@supabase/supabase-js')
    const client = createClient(url, key, { accessToken: async () => token, realtime: { transport: WebSocket } })
    // Without this the client joins as nobody and hands its token in later.
    await client.realtime.setAuth()
    return new Promise((resolve) => {
      client
        .channel(`live:${org}`)
        .on('postgres_changes', { event: '*', schema: 'public', table: 'live_row' }, ({ new: row }) =>
          note(who, row.number),
        )
        .on('system', {}, ({ message }) => message === 'Subscribed to PostgreSQL' && resolve())
        .subscribe()
    })
  },
  bare(who, { org }) {
    const socket = new WebSocket(`${url}/?org=${org}`, { perMessageDeflate: false })
    socket.on('message', (text) => note(who, JSON.parse(text).number))
    return new Promise((resolve) => socket.on('open', resolve))
  },
}

const atOnce = 25
for (let first = 0; first < people.length; first += atOnce) {
  await Promise.all(people.slice(first, first + atOnce).map((person, i) => ways[way](first + i, person)))
}
process.stdout.write('ready\n')
await lines.next()
process.stdout.write(JSON.stringify(heard) + '\n', () => process.exit(0))
