"""A GraphQL engine that speaks Hasura v2's wire and reads Hasura's metadata, on one Postgres.

A request flows through the rooms in this order; each has its own tree and knows only the rooms before it:

- `metadata`: the v3 folder (or its JSON form) as typed objects; `metadata.changes` holds the commands that alter them.
- `catalogue`: what Postgres says is there.
- `schema`: both joined (`track`), permission filters as conditions (`filters`), and the GraphQL types of one role.
- `document`: the text parsed and validated against a role's types, in Hasura's words and with its paths.
- `plan`: what to select from where; `plan.permissions` is the one place where permissions enter.
- `sql`: the plan as one statement with parameters only; Postgres writes the finished JSON.
- `actions`: handlers called, their answers checked and cut to what was asked; `actions.queued` for those called later.
- `execute`: compile, cache, bind, run.
- `subscriptions`: the same asked again and again, for many subscribers with one statement.
- `store`: metadata in the database, shared by all processes of an engine.
- `engine` holds the current state and replaces it as a whole; `auth` says who asks; `api` is the HTTP side
  and `server` what serves it.
- `commands`: what administrators post, run on a piece of work that is served and stored as a whole or not at all.

What Hasura does and this engine does not is listed in `KNOWN_DIFFERENCES.md`.
"""
