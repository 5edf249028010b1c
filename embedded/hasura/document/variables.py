"""The variables of one request: declared types, defaults, and a record of which of them shape the plan."""

from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    TypeNode,
    VariableDefinitionNode,
    print_ast,
    value_from_ast_untyped,
)

from embedded.hasura.errors import invalid
from embedded.hasura.schema.registry import RowCount
from embedded.hasura.schema.wrapping import Input


class _Absent:
    """The value of a variable that was not sent and has no default."""


ABSENT = _Absent()


class Variables:
    """What a request's variables hold.

    `structural` collects the names whose *values* decided the shape of the plan; all others matter to the plan only
    by being absent, null or there.
    """

    def __init__(self, operation: OperationDefinitionNode, sent: dict[str, Any]) -> None:
        self.declared: dict[str, VariableDefinitionNode] = {
            definition.variable.name.value: definition for definition in operation.variable_definitions or ()
        }
        self.structural: set[str] = set()
        unexpected = sorted(set(sent) - set(self.declared))
        if unexpected:
            raise invalid(f"unexpected variables in variableValues: {', '.join(unexpected)}")
        self.values: dict[str, Any] = dict(sent)
        for name, definition in self.declared.items():
            self._complete(name, definition)

    def _complete(self, name: str, definition: VariableDefinitionNode) -> None:
        if name in self.values:
            return
        if definition.default_value is not None:
            self.values[name] = value_from_ast_untyped(definition.default_value)
        elif isinstance(definition.type, NonNullTypeNode):
            raise invalid(f'expecting a value for non-nullable variable: "{name}"', "$.variableValues")

    def get(self, name: str) -> Any:
        """The value; only its absence or null-ness may be made use of."""
        return self.values.get(name, ABSENT)

    def read(self, name: str) -> Any:
        """The value, which from here on is part of the plan's shape."""
        self.structural.add(name)
        return self.values.get(name, ABSENT)

    def read_or_none(self, name: str) -> Any:
        """Like `read`, with None for a variable that is absent."""
        value = self.read(name)
        return None if value is ABSENT else value

    def check_use(self, name: str, expected: Input, path: str) -> None:
        """Refuse an undeclared variable, or one whose declared type does not fit the place.

        Raises:
            EngineError: validation-failed.
        """
        definition = self.declared.get(name)
        if definition is None:
            raise invalid(f'unbound variable "{name}"', path)
        declared = definition.type
        defaulted = definition.default_value is not None
        # Hasura lets a nullable variable stand where null is refused, and complains about the null itself.
        place = expected.of_type if isinstance(expected, GraphQLNonNull) and defaulted else expected
        if not _fits(declared, place):
            written = print_ast(declared)
            raise invalid(
                f"variable '{name}' is declared as '{written}', but used where '{expected}' is expected", path
            )


def _fits(declared: TypeNode, place: Any) -> bool:
    if isinstance(place, GraphQLNonNull):
        return isinstance(declared, NonNullTypeNode) and _fits(declared.type, place.of_type)
    if isinstance(declared, NonNullTypeNode):
        declared = declared.type
    if isinstance(place, GraphQLList):
        return isinstance(declared, ListTypeNode) and _fits(declared.type, place.of_type)
    if not isinstance(declared, NamedTypeNode):
        return False
    assert isinstance(place, GraphQLScalarType | GraphQLEnumType | GraphQLInputObjectType)  # noqa: S101  - nothing else is left
    return ("Int" if isinstance(place, RowCount) else place.name) == declared.name.value
