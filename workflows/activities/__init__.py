"""What touches the world for a workflow: the ledger's rows on queue `control`, everything outside on queue `runtime`.

Every activity may run twice: what it writes is keyed by the command, the harness or a digest, and state and event are
written together or not at all.
"""
