"""A Supabase-compatible gateway for one machine: Auth and Realtime on their real wires.

In the order things happen: `__main__` reads the environment into `settings` and serves `app`; `database` prepares
what Supabase's own image brings (`sql/`) and opens connections; `auth/` signs people in with the `tokens` that
`realtime/` then trusts; `buckets` limit what comes too often; `json_values` looks at what came from outside. What is
not done here is in KNOWN_DIFFERENCES.md.
"""
