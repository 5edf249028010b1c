"""Turn written values, in the document or in variables, into typed input values."""

from typing import Any, cast

from graphql import (
    BooleanValueNode,
    EnumValueNode,
    FloatValueNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
    VariableNode,
    is_required_input_field,
)

from embedded.hasura.document.scalars import check_scalar
from embedded.hasura.document.tree import (
    Chosen,
    Deferred,
    Entries,
    FromVariable,
    InputValue,
    Listed,
    Member,
    Null,
    Scalar,
)
from embedded.hasura.document.variables import ABSENT, Variables
from embedded.hasura.document.words import below, json_described, node_described, one_of
from embedded.hasura.errors import invalid
from embedded.hasura.schema.literals import ExactFloat
from embedded.hasura.schema.meanings import BoundInput, Operator
from embedded.hasura.schema.wrapping import Input


class Inputs:
    """Reads the input values of one request."""

    def __init__(self, variables: Variables) -> None:
        self._variables = variables

    def of_action(self, node: ValueNode, expected: Any, path: str) -> InputValue | None:
        """Like `from_node`, for an action's argument: a whole variable is left to be read with every request."""
        if isinstance(node, VariableNode) and _leaf_scalar(expected) is None:
            name = node.name.value
            self._variables.check_use(name, expected, path)
            if self._variables.get(name) not in (ABSENT, None):
                return Deferred(name, expected, path)
        return self.from_node(node, expected, path)

    def from_node(self, node: ValueNode, expected: Any, path: str) -> InputValue | None:
        """The value a document writes, None for a variable that is absent where it may be.

        Raises:
            EngineError: validation-failed at the place that does not fit.
        """
        if isinstance(node, VariableNode):
            return self._from_variable(node.name.value, expected, path)
        if isinstance(node, NullValueNode):
            if isinstance(expected, GraphQLNonNull):
                raise _null(expected.of_type, path)
            return Null(path)
        return self._present(node, expected.of_type if isinstance(expected, GraphQLNonNull) else expected, path)

    def _present(self, node: ValueNode, expected: Any, path: str) -> InputValue:
        match expected:
            case GraphQLList():
                return self._list_node(node, cast("Any", expected).of_type, path)
            case GraphQLInputObjectType():
                return self._object_node(node, expected, path)
            case GraphQLEnumType():
                return self._enum_node(node, expected, path)
            case _:
                return self._scalar_node(node, cast("GraphQLScalarType", expected), path)

    def _from_variable(self, name: str, expected: Input, path: str) -> InputValue | None:
        self._variables.check_use(name, expected, path)
        value = self._variables.get(name)
        inner = expected.of_type if isinstance(expected, GraphQLNonNull) else expected
        if value is ABSENT:
            return None
        if value is None:
            return Null(path)
        scalar = _leaf_scalar(inner)
        if scalar is None:
            return from_json(self._variables.read(name), inner, path)
        check_variable(value, scalar, is_list=isinstance(inner, GraphQLList), path=path)
        return FromVariable(name, scalar, isinstance(inner, GraphQLList), path)

    def _list_node(self, node: ValueNode, item: Any, path: str) -> InputValue:
        nodes = node.values if isinstance(node, ListValueNode) else (node,)
        # One value stands for a list of one, and is then at the path of the list itself.
        paths = [f"{path}[{i}]" if isinstance(node, ListValueNode) else path for i in range(len(nodes))]
        items = [self.from_node(one, item, where) for one, where in zip(nodes, paths, strict=True)]
        return Listed(tuple(one for one in items if one is not None), path)

    def _object_node(self, node: ValueNode, expected: GraphQLInputObjectType, path: str) -> InputValue:
        if not isinstance(node, ObjectValueNode):
            raise invalid(f"expected an object for type '{expected.name}', but found {node_described(node)}", path)
        members: list[Member] = []
        for entry in node.fields:
            name = entry.name.value
            field = _field(expected, name, path)
            value = self.from_node(entry.value, field.type, below(path, name))
            if value is None and isinstance(field.meaning, Operator):
                # An absent variable in a comparison must not silently drop the comparison.
                value = Null(below(path, name))
            if value is not None:
                members.append(Member(name, field.meaning, value))
        _require_all(expected, {member.name for member in members}, path)
        return Entries(tuple(members), path)

    def _enum_node(self, node: ValueNode, expected: GraphQLEnumType, path: str) -> InputValue:
        if not isinstance(node, EnumValueNode):
            raise invalid(f"expected an enum value for type '{expected.name}', but found {node_described(node)}", path)
        return _chosen(node.value, expected, path)

    def _scalar_node(self, node: ValueNode, expected: GraphQLScalarType, path: str) -> InputValue:
        if isinstance(node, EnumValueNode):
            raise invalid(f"expected a value for type '{expected.name}', but found an enum value", path)
        value = self._plain(node)
        check_scalar(value, expected.name, path, node_described(node))
        return Scalar(value, path)

    def _plain(self, node: ValueNode) -> Any:
        match node:
            case IntValueNode():
                return int(node.value)
            case FloatValueNode():
                return ExactFloat(node.value)
            case StringValueNode() | BooleanValueNode() | EnumValueNode():
                return node.value
            case ListValueNode():
                return [self._plain(item) for item in node.values]
            case ObjectValueNode():
                return {entry.name.value: self._plain(entry.value) for entry in node.fields}
            case VariableNode():
                return self._variables.read_or_none(node.name.value)
            case _:
                return None


def from_json(value: Any, expected: Any, path: str) -> InputValue:
    """The value a variable brought.

    Raises:
        EngineError: validation-failed at the place that does not fit.
    """
    if isinstance(expected, GraphQLNonNull):
        if value is None:
            raise _null(expected.of_type, path)
        return from_json(value, expected.of_type, path)
    if value is None:
        return Null(path)
    match expected:
        case GraphQLList():
            return _list_json(value, cast("Any", expected).of_type, path)
        case GraphQLInputObjectType():
            return _object_json(value, expected, path)
        case GraphQLEnumType():
            if not isinstance(value, str):
                found = json_described(value)
                raise invalid(f"expected an enum value for type '{expected.name}', but found {found}", path)
            return _chosen(value, expected, path)
        case _:
            check_scalar(value, cast("GraphQLScalarType", expected).name, path)
            return Scalar(value, path)


def _list_json(value: Any, item: Any, path: str) -> InputValue:
    if not isinstance(value, list):
        return Listed((from_json(value, item, path),), path)
    values = cast("list[Any]", value)
    return Listed(tuple(from_json(one, item, f"{path}[{i}]") for i, one in enumerate(values)), path)


def _object_json(value: Any, expected: GraphQLInputObjectType, path: str) -> InputValue:
    if not isinstance(value, dict):
        raise invalid(f"expected an object for type '{expected.name}', but found {json_described(value)}", path)
    members: list[Member] = []
    for name, inner in cast("dict[str, Any]", value).items():
        field = _field(expected, name, path)
        members.append(Member(name, field.meaning, from_json(inner, field.type, below(path, name))))
    _require_all(expected, {member.name for member in members}, path)
    return Entries(tuple(members), path)


def check_variable(value: Any, scalar: str, *, is_list: bool, path: str) -> None:
    """Refuse a variable's value that does not fit a scalar, or a list of it.

    Raises:
        EngineError: validation-failed.
    """
    if not is_list:
        check_scalar(value, scalar, path)
        return
    for item in cast("list[Any]", value) if isinstance(value, list) else [value]:
        if not isinstance(item, list):
            check_scalar(item, scalar, path)


def _leaf_scalar(expected: Any) -> str | None:
    """The scalar of a type that is a scalar or a list of one, None for anything a plan depends on."""
    inner = expected
    while isinstance(inner, GraphQLList | GraphQLNonNull):
        inner = cast("Any", inner).of_type
    return inner.name if isinstance(inner, GraphQLScalarType) else None


def _field(expected: GraphQLInputObjectType, name: str, path: str) -> BoundInput:
    field = expected.fields.get(name)
    if field is None:
        raise invalid(f"field '{name}' not found in type: '{expected.name}'", below(path, name))
    return cast("BoundInput", field)


def _require_all(expected: GraphQLInputObjectType, given: set[str], path: str) -> None:
    for name, field in expected.fields.items():
        if name not in given and is_required_input_field(field):
            raise invalid(f"missing required field '{name}'", below(path, name))


def _chosen(name: str, expected: GraphQLEnumType, path: str) -> Chosen:
    value = expected.values.get(name)
    if value is None:
        names = one_of(list(expected.values))
        raise invalid(f"expected one of the values {names} for type '{expected.name}', but found '{name}'", path)
    return Chosen(name, str(value.value), path)


def _null(expected: Any, path: str) -> Exception:
    if isinstance(expected, GraphQLInputObjectType):
        return invalid(f"expected an object for type '{expected.name}', but found null", path)
    if isinstance(expected, GraphQLList):
        return invalid("expected a list, but found null", path)
    return invalid(f"unexpected null value for type '{expected}'", path)
