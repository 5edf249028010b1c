"""The metadata commands: each changes a copy of the metadata, which is adopted only if it stays consistent.

A file holds the commands about one kind of object and exports them as `COMMANDS`; `COMMANDS` here is all of them.
"""

from embedded.hasura.metadata.changes import (
    actions,
    collections,
    functions,
    others,
    permissions,
    relationships,
    sources,
    tables,
)
from embedded.hasura.metadata.changes.change import Command

COMMANDS: dict[str, Command] = {
    **sources.COMMANDS,
    **tables.COMMANDS,
    **relationships.COMMANDS,
    **permissions.COMMANDS,
    **functions.COMMANDS,
    **actions.COMMANDS,
    **collections.COMMANDS,
    **others.COMMANDS,
}
