"""Contracts become what must agree with them: the API's metadata, schemas, clients and pages.

In the order of control flow: `generators` is the one list of what is generated; `command` makes all of it, then writes
it or tells what is stale; `generator` is what an entry of the list is made of, `staging` the tree that generators read,
and `differences` says what is not as it would be written. `review` tells what a change of the schemas does to clients:
`baseline` knows what they were before, `compatibility` what changed, and which decisions stand for it.

Every other module is a generator, or helps one; the page docs/codegen.md says what each makes.
"""
