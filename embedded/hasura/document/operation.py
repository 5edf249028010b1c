"""Validate a parsed request against what a role may ask for."""

from embedded.hasura.document.parse import Document
from embedded.hasura.document.selections import Bounds, Selections
from embedded.hasura.document.tree import Operation
from embedded.hasura.document.variables import Variables
from embedded.hasura.errors import invalid
from embedded.hasura.schema.role import RoleSchema


def validate(document: Document, schema: RoleSchema, variables: Variables, bounds: Bounds) -> Operation:
    """The operation as typed fields.

    Raises:
        EngineError: validation-failed, in Hasura's words and with its path.
    """
    kind = document.kind
    root = schema.root(kind)
    if root is None:
        raise invalid(f"no {kind}s exist")
    selections = Selections(variables, document.fragments, bounds)
    fields = selections.root(document.operation.selection_set, root, kind)
    directives = selections.directives.of_operation(document.operation.directives, kind)
    if kind == "subscription" and len(fields) != 1 and "_multiple_top_level_fields" not in directives:
        raise invalid("subscriptions must select one top level field")
    return Operation(kind, fields, root.name)
