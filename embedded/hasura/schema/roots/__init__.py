"""The root fields of one role: each file exports `fields`, those of one kind of thing, and `EVERY` is all of them."""

from collections.abc import Callable

from embedded.hasura.schema.meanings import BoundField
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.roots import actions, functions, mutations, streams, tables
from embedded.hasura.schema.roots.operation import OperationKind

Fields = dict[str, BoundField]

EVERY: tuple[Callable[[TypeRegistry, OperationKind], Fields], ...] = (
    tables.fields,
    streams.fields,
    mutations.fields,
    functions.fields,
    actions.fields,
)


def root_fields(registry: TypeRegistry, operation: OperationKind) -> Fields:
    """All root fields that a role has for one kind of operation, by name."""
    fields: Fields = {}
    for add in EVERY:
        fields.update(add(registry, operation))
    return dict(sorted(fields.items()))
