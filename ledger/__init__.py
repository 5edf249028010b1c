"""Postgres, and the only room that speaks SQL.

`pool` connects, `statements` loads the named statements of `sql/`, `errors` turns constraint names into refusals;
`queue` and `outbox` carry commands in and events out; every other module holds one feature's rows.
"""
