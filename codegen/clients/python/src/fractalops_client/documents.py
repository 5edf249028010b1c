"""What a document says about how it may be sent."""

from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    ValueNode,
    VariableNode,
)


@dataclass(frozen=True)
class Cursor:
    """Where a stream stands: `field` of the answer holds rows, whose `column` belongs into `variable`."""

    field: str
    column: str
    variable: str

    def after(self, data: dict[str, Any], variables: dict[str, Any]) -> dict[str, Any]:
        """The variables with which the stream goes on behind these rows; the same if there are none."""
        rows: list[dict[str, Any]] = data.get(self.field) or []
        return {**variables, self.variable: rows[-1][self.column]} if rows else variables


class Document:
    """One GraphQL document."""

    def __init__(self, document: DocumentNode) -> None:
        self._operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]

    def is_repeatable(self, variables: dict[str, Any]) -> bool:
        """Whether sending it twice does no more than sending it once."""
        changes = any(one.operation is OperationType.MUTATION for one in self._operations)
        return not changes or _has_key(variables)

    def cursor(self) -> Cursor | None:
        """How its stream goes on; None if it is a live query, or begins at a fixed place."""
        for operation in self._operations:
            for field in operation.selection_set.selections:
                if isinstance(field, FieldNode) and (found := _cursor(field)):
                    return found
        return None


def _has_key(variables: dict[str, Any]) -> bool:
    return any(
        name == "idempotency_key" or (isinstance(value, dict) and "idempotency_key" in value)
        for name, value in variables.items()
    )


def _cursor(field: FieldNode) -> Cursor | None:
    for argument in field.arguments or ():
        if argument.name.value == "cursor":
            value: ValueNode = argument.value
            first = value.values[0] if isinstance(value, ListValueNode) and value.values else value
            begins = _member(first, "initial_value")
            if isinstance(begins, ObjectValueNode) and len(begins.fields) == 1:
                column = begins.fields[0]
                if isinstance(column.value, VariableNode):
                    name = (field.alias or field.name).value
                    return Cursor(name, column.name.value, column.value.name.value)
    return None


def _member(value: ValueNode, name: str) -> ValueNode | None:
    if not isinstance(value, ObjectValueNode):
        return None
    return next((field.value for field in value.fields if field.name.value == name), None)
