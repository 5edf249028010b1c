"""Validate selection sets against a role's types, merging fields and obeying directives."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
)

from embedded.hasura.document.inputs import Inputs
from embedded.hasura.document.tree import FromVariable, InputValue, Null, Scalar, Selected
from embedded.hasura.document.variables import Variables
from embedded.hasura.document.words import below
from embedded.hasura.errors import invalid
from embedded.hasura.schema.meanings import BoundArgument, BoundField, CallAction, Introspection, QueueAction, TypeName
from embedded.hasura.schema.registry import BOOLEAN


class Selections:
    """Reads the selection sets of one request."""

    def __init__(self, variables: Variables, fragments: dict[str, FragmentDefinitionNode], *, depth_max: int) -> None:
        self._depth_max = depth_max
        self._variables = variables
        self._inputs = Inputs(variables)
        self._fragments = fragments

    def read(
        self,
        selection_set: SelectionSetNode,
        parent: GraphQLObjectType,
        path: str,
        *,
        depth: int = 0,
        root: bool = False,
    ) -> tuple[Selected, ...]:
        """The fields asked for, in order, those with one response key merged.

        Raises:
            EngineError: validation-failed, at the first thing that does not fit the schema.
        """
        if depth > self._depth_max:
            raise invalid("the query is nested too deeply", path)
        merged: dict[str, Selected] = {}
        for node in self._fields(selection_set, parent, path):
            selected = self._field(node, parent, path, depth, root)
            earlier = merged.get(selected.key)
            merged[selected.key] = selected if earlier is None else _merge(earlier, selected)
        return tuple(merged.values())

    def _fields(self, selection_set: SelectionSetNode, parent: GraphQLObjectType, path: str) -> Iterator[FieldNode]:
        for selection in selection_set.selections:
            if not self._included(selection, path):
                continue
            match selection:
                case FieldNode():
                    yield selection
                case FragmentSpreadNode():
                    fragment = self._fragments.get(selection.name.value)
                    if fragment is None:
                        raise invalid(f"reference to undefined fragment '{selection.name.value}'", path)
                    if fragment.type_condition.name.value == parent.name:
                        yield from self._fields(fragment.selection_set, parent, path)
                case InlineFragmentNode():
                    condition = selection.type_condition
                    if condition is None or condition.name.value == parent.name:
                        yield from self._fields(selection.selection_set, parent, path)
                case _:
                    raise TypeError(selection.kind)

    def _field(self, node: FieldNode, parent: GraphQLObjectType, path: str, depth: int, root: bool) -> Selected:  # noqa: FBT001  - whether introspection may stand here
        name = node.name.value
        key = node.alias.value if node.alias else name
        here = f"{path}.selectionSet.{name}"
        if name == "__typename":
            return Selected(key, name, TypeName(), parent.name, {}, (), here)
        if root and name in {"__schema", "__type"}:
            return Selected(key, name, Introspection(), parent.name, {}, (), here)
        field = cast("BoundField | None", parent.fields.get(name))
        if field is None:
            raise invalid(f"field '{name}' not found in type: '{parent.name}'", here)
        arguments = self._arguments(node, field, here)
        answer = cast("GraphQLNamedType", get_named_type(cast("Any", field.type)))
        inner = self._inner(node, answer, here, depth)
        return Selected(key, name, field.meaning, answer.name, arguments, inner, here)

    def _inner(self, node: FieldNode, answer: GraphQLNamedType, path: str, depth: int) -> tuple[Selected, ...]:
        if isinstance(answer, GraphQLObjectType):
            if node.selection_set is None:
                raise invalid(f"missing selection set for '{answer.name}'", path)
            return self.read(node.selection_set, answer, path, depth=depth + 1)
        if node.selection_set is not None:
            raise invalid("unexpected subselection set for non-object field", path)
        return ()

    def _arguments(self, node: FieldNode, field: BoundField, path: str) -> dict[str, InputValue]:
        written = {argument.name.value: argument.value for argument in node.arguments or ()}
        for name in written:
            if name not in field.args:
                raise invalid(f"'{node.name.value}' has no argument named '{name}'", path)
        arguments: dict[str, InputValue] = {}
        for name, value in written.items():
            here = below(f"{path}.args", name)
            argument = field.args[name]
            reader = (
                self._inputs.of_action
                if isinstance(field.meaning, CallAction | QueueAction)
                else self._inputs.from_node
            )
            read = reader(value, _read_as(argument), here)
            if read is not None:
                arguments[name] = read
        for name, argument in field.args.items():
            if isinstance(argument.type, GraphQLNonNull) and name not in arguments:
                raise invalid(f"missing required field '{name}'", below(f"{path}.args", name))
        return arguments

    def _included(self, selection: SelectionNode, path: str) -> bool:
        directives = selection.directives or ()
        if not directives:
            return True
        refuse_unknown(directives, path)
        wanted = {directive.name.value: self._condition(directive, path) for directive in directives}
        return wanted.get("include", True) and not wanted.get("skip", False)

    def _condition(self, directive: DirectiveNode, path: str) -> bool:
        for argument in directive.arguments or ():
            if argument.name.value == "if":
                value = self._inputs.from_node(argument.value, BOOLEAN, path)
                match value:
                    case Scalar(bool(condition)):
                        return condition
                    case FromVariable(name):
                        return bool(self._variables.read(name))
                    case _:
                        break
        raise invalid("missing required field 'if'", path)


def _read_as(argument: GraphQLArgument) -> Any:
    if isinstance(argument, BoundArgument):
        return argument.read_as
    return cast("Any", argument.type)


def refuse_unknown(directives: tuple[DirectiveNode, ...] | list[DirectiveNode], path: str) -> None:
    """Refuse directives on a field or fragment that do not exist or stand twice.

    Raises:
        EngineError: validation-failed.
    """
    names = [directive.name.value for directive in directives]
    for name in names:
        if name not in {"include", "skip"}:
            raise invalid(f"directive '{name}' is not defined in the schema", path)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise invalid(f"the following directives are used more than once: {', '.join(twice)}", path)


def _merge(first: Selected, second: Selected) -> Selected:
    if first.name != second.name or _shape(first) != _shape(second):
        raise invalid(f"fields with the response key '{first.key}' differ and cannot be merged", second.path)
    merged: dict[str, Selected] = {selected.key: selected for selected in first.selections}
    for selected in second.selections:
        earlier = merged.get(selected.key)
        merged[selected.key] = selected if earlier is None else _merge(earlier, selected)
    return replace(first, selections=tuple(merged.values()))


def _shape(selected: Selected) -> dict[str, InputValue]:
    return {name: value for name, value in selected.arguments.items() if not isinstance(value, Null)}
