"""A workshop: real Postgres, Temporal, sandboxes and git, with the workers in the test's own process.

`servers` starts what stands outside, `breaking` breaks connections and calls at a step that a test names, `meddling`
gives every activity of an organization to the test, `shop` puts them together, `course` leads one organization through
onboarding, work and an approved change, and `wholeness` says what of it does not agree.
"""
