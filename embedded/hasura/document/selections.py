"""Validate selection sets against a role's types, merging fields and obeying directives.

As in Hasura, the fields of a selection set are collected first, fragments opened and equal response keys joined; only
then is each validated, with the selections of all its occurrences.
"""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLField,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    InlineFragmentNode,
    SelectionSetNode,
    get_named_type,
    is_required_argument,
)

from embedded.hasura.document.canonical import canonical_arguments
from embedded.hasura.document.directives import DirectiveReader
from embedded.hasura.document.inputs import Inputs
from embedded.hasura.document.parse import TOO_DEEP
from embedded.hasura.document.tree import InputValue, Selected
from embedded.hasura.document.variables import Variables
from embedded.hasura.document.words import below
from embedded.hasura.errors import invalid
from embedded.hasura.schema.described import ROOTS
from embedded.hasura.schema.meanings import (
    BoundArgument,
    BoundField,
    CallAction,
    Described,
    FieldMeaning,
    QueueAction,
    TypeName,
)

SelectionSets = Sequence[SelectionSetNode]


@dataclass(frozen=True)
class Bounds:
    """How deep and how wide a request may be."""

    depth_max: int
    fields_max: int


@dataclass
class _Collected:
    """A field that is asked for, perhaps several times, under one response key."""

    node: FieldNode
    selection_sets: list[SelectionSetNode] = dataclasses.field(default_factory=list[SelectionSetNode])


class Selections:
    """Reads the selection sets of one request."""

    def __init__(self, variables: Variables, fragments: dict[str, FragmentDefinitionNode], bounds: Bounds) -> None:
        self._bounds = bounds
        self._inputs = Inputs(variables)
        self._fragments = fragments
        self._fields_seen = 0
        self.directives = DirectiveReader(variables, self._inputs)

    def root(self, selection_set: SelectionSetNode, root: GraphQLObjectType, kind: str) -> tuple[Selected, ...]:
        """The root fields asked for, in order, those with one response key merged.

        Raises:
            EngineError: validation-failed, at the first thing that does not fit the schema.
        """
        extra = ROOTS if kind == "query" else {}
        return self._read([selection_set], root, "$", 0, extra)

    def _read(
        self, sets: SelectionSets, parent: GraphQLObjectType, path: str, depth: int, extra: dict[str, BoundField]
    ) -> tuple[Selected, ...]:
        here = f"{path}.selectionSet"
        if depth > self._bounds.depth_max:
            raise invalid(TOO_DEEP, here)
        collected: dict[str, _Collected] = {}
        opened: set[str] = set()
        for selection_set in sets:
            self._collect(selection_set, parent, here, collected, opened)
        fields = {**parent.fields, **extra} if extra else parent.fields
        return tuple(self._field(key, one, parent, fields, here, depth) for key, one in collected.items())

    def _collect(
        self,
        selection_set: SelectionSetNode,
        parent: GraphQLObjectType,
        path: str,
        collected: dict[str, _Collected],
        opened: set[str],
    ) -> None:
        for selection in selection_set.selections:
            self._fields_seen += 1
            if self._fields_seen > self._bounds.fields_max:
                raise invalid(f"the query asks for more than {self._bounds.fields_max} fields", path)
            if not self.directives.asked_for(selection, path):
                continue
            match selection:
                case FieldNode():
                    _join(collected, selection, path)
                case FragmentSpreadNode():
                    name = selection.name.value
                    fragment = self._fragments[name]
                    # A second time a fragment brings nothing new.
                    if name not in opened and fragment.type_condition.name.value == parent.name:
                        opened.add(name)
                        self._collect(fragment.selection_set, parent, path, collected, opened)
                case InlineFragmentNode():
                    condition = selection.type_condition
                    if condition is None or condition.name.value == parent.name:
                        self._collect(selection.selection_set, parent, path, collected, opened)
                case _:
                    raise TypeError(selection.kind)

    def _field(
        self,
        key: str,
        collected: _Collected,
        parent: GraphQLObjectType,
        fields: Any,
        path: str,
        depth: int,
    ) -> Selected:
        node = collected.node
        name = node.name.value
        here = f"{path}.{name}"
        if name == "__typename":
            return Selected(key, name, TypeName(), parent.name, {}, (), here)
        bound = cast("GraphQLField | None", fields.get(name))
        if bound is None:
            raise invalid(f"field '{name}' not found in type: '{parent.name}'", here)
        answer = cast("GraphQLNamedType", get_named_type(cast("Any", bound.type)))
        is_object = isinstance(answer, GraphQLObjectType)
        if collected.selection_sets and not is_object:
            raise invalid("unexpected subselection set for non-object field", here)
        arguments = self._arguments(node, bound, here)
        inner: tuple[Selected, ...] = ()
        if isinstance(answer, GraphQLObjectType):
            if not collected.selection_sets:
                raise invalid(f"missing selection set for '{answer.name}'", f"{here}.selectionSet")
            inner = self._read(collected.selection_sets, answer, here, depth + 1, {})
        return Selected(key, name, _meaning(bound), answer.name, arguments, inner, here)

    def _arguments(self, node: FieldNode, bound: GraphQLField, path: str) -> dict[str, InputValue]:
        written = {argument.name.value: argument.value for argument in node.arguments or ()}
        for name in written:
            if name not in bound.args:
                raise invalid(f"'{node.name.value}' has no argument named '{name}'", path)
        arguments: dict[str, InputValue] = {}
        for name, value in written.items():
            here = below(f"{path}.args", name)
            argument = bound.args[name]
            reader = (
                self._inputs.of_action
                if isinstance(_meaning(bound), CallAction | QueueAction)
                else self._inputs.from_node
            )
            read = reader(value, _read_as(argument), here)
            if read is not None:
                arguments[name] = read
        for name, argument in bound.args.items():
            if name not in arguments and is_required_argument(argument):
                raise invalid(f"missing required field '{name}'", below(f"{path}.args", name))
        return arguments


def _join(collected: dict[str, _Collected], node: FieldNode, path: str) -> None:
    name = node.name.value
    key = node.alias.value if node.alias else name
    earlier = collected.get(key)
    if earlier is None:
        earlier = collected[key] = _Collected(node)
    elif earlier.node.name.value != name:
        both = f"selection of both '{earlier.node.name.value}' and '{name}'"
        raise invalid(f"{both} specify the same response name, '{key}'", path)
    elif canonical_arguments(earlier.node.arguments) != canonical_arguments(node.arguments):
        raise invalid(f"inconsistent arguments between multiple selections of field '{name}'", path)
    if node.selection_set is not None:
        earlier.selection_sets.append(node.selection_set)


def _read_as(argument: GraphQLArgument) -> Any:
    if isinstance(argument, BoundArgument):
        return argument.read_as
    type_ = cast("Any", argument.type)
    # Where there is a default, a null counts as absent.
    optional = isinstance(type_, GraphQLNonNull) and not is_required_argument(argument)
    return cast("Any", type_.of_type if optional else type_)


def _meaning(field: GraphQLField) -> FieldMeaning:
    """What a field stands for; those of introspection types carry the function that reads them."""
    return field.meaning if isinstance(field, BoundField) else Described(cast("Callable[..., Any]", field.resolve))
