"""Supabase Realtime as its clients see it.

In the order a change travels: `stream` receives the log of the publications over a replication connection and
`pgoutput` decodes it; `dispatch` takes what has piled up, asks `registry` which `bindings` want it and `filters` which
rows match. `catalogue` knows the tables and `policies` what their policies look at; an `audience` is everybody who is
shown the same; `screen` takes away whom row-level security hides a change from, as `visibility` is told. `encode`
writes the JSON (through `values`) and `transport` makes one frame of it for many sockets. `hub` keeps all this running,
and starts it anew when the database went away.

In the order a client arrives: `transport` is uvicorn's protocol, `endpoint` checks the key, `socket` reads and writes
`frames` within its `limits`, `messages` sorts them by event, `join` admits to a `channel`, `private` ones after
`authorization`; `subscribe` checks its bindings, `broadcast` and `presence` carry what clients tell one another, and
`rest` broadcasts for callers without a socket.
"""
