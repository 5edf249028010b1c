"""The API: Hasura's action handlers. They validate, record and queue; nothing here reaches beyond Postgres.

`app` is the server, assembled from the features' handlers; `command` is the one way in for a mutation (identity, input,
transaction, idempotency, errors, timing); each other module holds one feature's handlers, which refuse or record.
"""
