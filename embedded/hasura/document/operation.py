"""Validate a parsed request against what a role may ask for."""

from graphql import OperationDefinitionNode

from embedded.hasura.document.parse import Document, refuse_cycles
from embedded.hasura.document.selections import Selections
from embedded.hasura.document.tree import Operation
from embedded.hasura.document.variables import Variables
from embedded.hasura.errors import EngineError, invalid
from embedded.hasura.schema.role import RoleSchema


def validate(document: Document, schema: RoleSchema, variables: Variables, *, depth_max: int) -> Operation:
    """The operation as typed fields.

    Raises:
        EngineError: validation-failed, in Hasura's words and with its path.
    """
    _operation_directives(document.operation)
    refuse_cycles(document.fragments)
    kind = document.kind
    root = schema.root(kind)
    if root is None:
        raise invalid(f"no {kind}s exist")
    selections = Selections(variables, document.fragments, depth_max=depth_max)
    fields = selections.read(document.operation.selection_set, root, "$", root=kind == "query")
    if kind == "subscription" and len(fields) != 1:
        raise EngineError("validation-failed", "subscriptions must select one top level field")
    return Operation(kind, fields, root.name)


def _operation_directives(operation: OperationDefinitionNode) -> None:
    for directive in operation.directives or ():
        name = directive.name.value
        if name in {"include", "skip"}:
            raise invalid(f"directive '{name}' is not allowed on a {operation.operation.value}")
        if name not in {"cached", "_multiple_top_level_fields"}:
            raise invalid(f"directive '{name}' is not defined in the schema")
