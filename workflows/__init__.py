"""Temporal: what was queued is carried out, step by step, and each step is told.

`dispatcher` turns queued commands into workflows, and is the only one to do so. `onboarding`, `work` and `proposals`
tell the stories; `policies` names how patient they are; `activities/` touches the world.
"""
