"""The execution runtime's ports and drivers: the only room that holds secrets, reaches the outside and signs.

In the order of a change's way: `secrets` finds values, `endpoints` asks whether a system is ready, `git` fetches,
`sandboxes` gives a place to work, `changes` takes what was worked there, `artifacts` keeps what is to be seen, `git`
again builds and pushes what was approved, `signing` signs the proof. Expected faults leave as `failures.Failure`.
"""
