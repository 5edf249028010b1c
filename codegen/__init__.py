"""Contracts become what must agree with them: the action SDL and metadata.

`graphql_types` turns contracts into strawberry types, `actions` prints `actions.graphql` and `actions.yaml`, `__main__`
writes the files or fails when one is stale.
"""
