"""Supabase Realtime as its clients see it.

In the order a change travels: `stream` receives the log of the publication over a replication connection and
`pgoutput` decodes it; `dispatch` takes what has piled up, asks `registry` which `bindings` want it, `filters` which
rows match, `catalogue` what the tables look like, `visibility` what row-level security lets each viewer see, lets
`encode` write the JSON (through `values`) and puts it into the sockets' queues. `hub` keeps all this running, and
starts it anew when the database went away.

In the order a client arrives: `transport` is uvicorn's protocol, `endpoint` checks the key, `socket` reads and writes
`frames`, `messages` sorts them by event, `join` admits to a `channel`, `subscribe` checks its bindings, `broadcast`
and `presence` carry what clients tell one another, and `rest` broadcasts for callers without a socket.
"""
