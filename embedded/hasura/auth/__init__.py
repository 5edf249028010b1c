"""Who is asking: `identity` decides; `tokens` finds the token of a request and who verifies it.

`configuration` checks what is configured, `keys` and `remote_keys` hold the keys, `jwt` verifies, `claims` reads.
"""
