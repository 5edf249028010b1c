"""Directives: which there are, where they may stand, and whether a selection is asked for at all."""

from collections.abc import Sequence
from typing import Any, cast

from graphql import DirectiveNode, FieldNode, GraphQLArgument, SelectionNode

from embedded.hasura.document.inputs import Inputs
from embedded.hasura.document.tree import FromVariable, InputValue, Null, Scalar
from embedded.hasura.document.variables import Variables
from embedded.hasura.document.words import below
from embedded.hasura.errors import invalid
from embedded.hasura.schema.registry import BOOLEAN, INTEGER
from embedded.hasura.schema.wrapping import required

_SELECTIONS = frozenset({"a field", "an inline fragment"})
_OPERATIONS = {"query": "a query", "mutation": "a mutation", "subscription": "a subscription"}

_PLACES = {
    "include": _SELECTIONS,
    "skip": _SELECTIONS,
    "cached": frozenset({"a query"}),
    "_multiple_top_level_fields": frozenset({"a subscription"}),
}

_IF = {"if": GraphQLArgument(required(BOOLEAN))}
_ARGUMENTS: dict[str, dict[str, GraphQLArgument]] = {
    "include": _IF,
    "skip": _IF,
    "cached": {"ttl": GraphQLArgument(INTEGER), "refresh": GraphQLArgument(BOOLEAN)},
    "_multiple_top_level_fields": {},
}

Directives = Sequence[DirectiveNode]


class DirectiveReader:
    """Reads the directives of one request."""

    def __init__(self, variables: Variables, inputs: Inputs) -> None:
        self._variables = variables
        self._inputs = inputs

    def asked_for(self, selection: SelectionNode, path: str) -> bool:
        """Whether a field or fragment is part of the request, after `@include` and `@skip`.

        Raises:
            EngineError: validation-failed, for a directive that is unknown, misplaced, wrong, or there twice.
        """
        directives = selection.directives or ()
        if not directives:
            return True
        # A spread is one of the inline fragments it stands for, in Hasura's words, too.
        place = "a field" if isinstance(selection, FieldNode) else "an inline fragment"
        given = self._given(directives, place, path)
        return self._truth(given, "include", default=True) and not self._truth(given, "skip", default=False)

    def of_operation(self, directives: Directives | None, kind: str) -> frozenset[str]:
        """The names of an operation's directives.

        Raises:
            EngineError: validation-failed, as for a selection.
        """
        return frozenset(self._given(directives or (), _OPERATIONS[kind], "$"))

    def _given(self, directives: Directives, place: str, path: str) -> dict[str, dict[str, InputValue]]:
        given: dict[str, dict[str, InputValue]] = {}
        twice: list[str] = []
        for directive in directives:
            name = directive.name.value
            places = _PLACES.get(name)
            if places is None:
                raise invalid(f"directive '{name}' is not defined in the schema", path)
            if place not in places:
                raise invalid(f"directive '{name}' is not allowed on {place}", path)
            if name in given and name not in twice:
                twice.append(name)
            given[name] = self._arguments(directive, f"{path}.{name}")
        if twice:
            raise invalid(f"the following directives are used more than once: {', '.join(twice)}", path)
        return given

    def _arguments(self, directive: DirectiveNode, path: str) -> dict[str, InputValue]:
        name = directive.name.value
        expected = _ARGUMENTS[name]
        read: dict[str, InputValue] = {}
        for argument in directive.arguments or ():
            wanted = argument.name.value
            if wanted not in expected:
                raise invalid(f"'{name}' has no argument named '{wanted}'", path)
            type_ = cast("Any", expected[wanted].type)
            value = self._inputs.from_node(argument.value, type_, below(f"{path}.args", wanted))
            if value is not None:
                read[wanted] = value
        if expected is _IF and "if" not in read:
            raise invalid("missing required field 'if'", f"{path}.args.if")
        return read

    def _truth(self, given: dict[str, dict[str, InputValue]], name: str, *, default: bool) -> bool:
        match given.get(name, {}).get("if"):
            case Scalar(bool(condition)):
                return condition
            case FromVariable(variable):
                return bool(self._variables.read(variable))
            case Null(path):
                raise invalid("unexpected null value for type 'Boolean'", path)
            case _:
                return default
