"""Supabase Auth as its clients see it: passwords, sessions, tokens and the admin API.

In the order a sign-in goes: `routes` names the paths, `gate` checks the API key and who calls, `sign_in` answers
`/token`, `limits` slows down guessing, `passwords` checks, `records` reads and writes, `sessions` rotates refresh
tokens, `issue` makes the access token and asks `hook` for its claims, `shapes` turns rows into answers. `account` is
what a user does with their own account, `admin` what the service role does with any. `errors` is how all of it
refuses, and `service` holds what every handler works with.
"""
