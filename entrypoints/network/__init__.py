"""The network guard of the API: the process reaches its database and nothing else, whatever its code tries.

`database` says where Postgres is, `guard` refuses everything else from inside the process, and `kernel` has Linux
refuse it from outside. `guard` stands twice, because each half is blind to the other: uvloop connects below Python's
sockets, where no audit event is raised, and plain sockets never ask the event loop.
"""
