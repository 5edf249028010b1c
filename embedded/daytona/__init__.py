"""A sandbox service that the official `daytona` SDK uses unchanged, over bubblewrap on one machine.

In order of control flow:

`__main__` reads the environment into `settings`, takes its `folders` and starts the `server`, which is uvicorn with a
ready line and an end that takes every sandbox along. It serves the `app`, which authenticates, routes, and turns a
`refusals.Refusal` into Daytona's error `envelope`; `requests` reads what clients send.

`api` answers the control plane: `creation` checks what is asked for, `sandboxes` are the routes, `listing` pages,
`shapes` writes the JSON. `toolbox` answers for one sandbox: `process`, `sessions`, `files`, `uploads`, `downloads`.

`sandbox` holds the lifecycle: `registry` knows every sandbox and keeps each `record` on disk; `clock` stops and deletes
on time; `running` is one started sandbox, spoken to through `connection`; `session` and `spool` keep sessions and
their logs; `watchdog` enforces limits where the kernel does not.

`launch` turns a record into processes: `host` finds out what this machine allows, `launcher` starts, `bubblewrap` says
how the sandbox looks, `system_calls` which of them it has, `groups` which control groups, `disk` where its home lies,
`bundle` carries the `agent` inside.

`agent` runs inside each sandbox. Everything that touches a sandbox's files or processes happens there, in the sandbox's
own view of the file system, so no symbolic link or path of its making reaches the host. The server treats what the
agent says as data.
"""
