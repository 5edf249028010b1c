"""The variables of one request: declared types, defaults, and a record of which of them shape the plan."""

from typing import Any, cast

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    NullValueNode,
    OperationDefinitionNode,
    TypeNode,
    VariableDefinitionNode,
    print_ast,
    value_from_ast_untyped,
)

from embedded.hasura.errors import EngineError, invalid
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

    def __init__(self, operation: OperationDefinitionNode, sent: dict[str, Any], used: frozenset[str]) -> None:
        self.declared: dict[str, VariableDefinitionNode] = {}
        for definition in operation.variable_definitions or ():
            name = definition.variable.name.value
            if name in self.declared:
                raise EngineError("parse-failed", f'multiple definitions for variable "{name}"')
            self.declared[name] = definition
        self.structural: set[str] = set()
        self.values: dict[str, Any] = dict(sent)
        for name, definition in self.declared.items():
            self._complete(name, definition)
        unbound = sorted(used - set(self.declared))
        if unbound:
            raise invalid(f'unbound variable "{unbound[0]}"')
        # A variable that is declared may be left unused, but then nothing may be sent for it.
        unexpected = sorted(set(sent) - used)
        if unexpected:
            raise invalid(f"unexpected variables in variableValues: {', '.join(unexpected)}")

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
        """Refuse a variable whose declared type does not fit the place.

        Raises:
            EngineError: validation-failed.
        """
        definition = self.declared[name]
        declared = definition.type
        nullable = not isinstance(declared, NonNullTypeNode)
        default = definition.default_value
        if (
            isinstance(expected, GraphQLNonNull)
            and nullable
            and (default is None or isinstance(default, NullValueNode))
        ):
            raise _misfit(name, declared, expected, path)
        if not _alike(declared, expected):
            raise _misfit(name, declared, expected, path)


def _misfit(name: str, declared: TypeNode, expected: Input, path: str) -> EngineError:
    written = print_ast(declared)
    return invalid(f"variable '{name}' is declared as '{written}', but used where '{expected}' is expected", path)


def _alike(declared: TypeNode, place: Any) -> bool:
    # As in Hasura, only the outermost exclamation mark is compared: [Int] fits [Int!], a null in it is refused later.
    if isinstance(place, GraphQLNonNull):
        place = cast("Any", place).of_type
    if isinstance(declared, NonNullTypeNode):
        declared = declared.type
    if isinstance(place, GraphQLList):
        return isinstance(declared, ListTypeNode) and _alike(declared.type, cast("Any", place).of_type)
    if not isinstance(declared, NamedTypeNode):
        return False
    assert isinstance(place, GraphQLScalarType | GraphQLEnumType | GraphQLInputObjectType)  # noqa: S101  - nothing else is left
    return ("Int" if isinstance(place, RowCount) else place.name) == declared.name.value
