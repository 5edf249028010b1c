"""What runs inside each sandbox: standard library only, so that any `python3` in /usr can start it.

In order of control flow: `__main__` starts `serve`, which takes one socket per operation from the control socket and
forks a handler for it; `operations` finds the operation by name; `execute` runs one command, `session` a long-living
shell, both with `processes` and `pump`; `files`, `transfer` and `search` work on the file system; `failures` turns
errors into replies; `wire` is the framing, which the server shares.
"""
