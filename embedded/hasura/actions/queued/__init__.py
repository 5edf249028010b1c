"""Asynchronous actions: `log` keeps their calls in Postgres, `worker` carries them out."""
