"""The commands of /v1/metadata, /v1/query and /v2/query.

`dispatch` reads a body and runs what it asks for on a `work.Work`, of which nothing is stored or served before all of
it is done. Each other file holds the commands about one thing and exports them as `COMMANDS`; those that only alter
metadata live in `metadata.changes` and are run by `change`.
"""
