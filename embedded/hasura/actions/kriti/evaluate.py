"""The value of a template, for given variables and functions."""

import operator
import time
from collections.abc import Callable, Mapping
from typing import Any, cast

from embedded.hasura.actions.kriti.errors import KritiError, Span
from embedded.hasura.actions.kriti.functions import FUNCTIONS, Function, FunctionError, ordered
from embedded.hasura.actions.kriti.tree import (
    Called,
    Choice,
    Constant,
    Interpolated,
    Items,
    Loop,
    Members,
    Node,
    Operation,
    Path,
    Step,
    Variable,
)
from embedded.hasura.json_kind import json_kind
from embedded.hasura.schema.exact import exact_json

# A template is written by an administrator, but what it loops over comes from clients and handlers, and all requests
# wait while it is evaluated.
STEPS_MAX = 100_000
CHARACTERS_MAX = 4 * 1024 * 1024
TIME_MAX_S = 1.0

_Scope = Mapping[str, Any]


def evaluate(node: Node, variables: Mapping[str, Any], functions: Mapping[str, Function] | None = None) -> Any:
    """The JSON value of a tree.

    Raises:
        KritiError: what does not fit, or that it became too much.
    """
    evaluation = _Evaluation({**FUNCTIONS, **(functions or {})})
    try:
        value = evaluation.value(node, variables)
        # The same big value may stand in many places of a small one.
        evaluation.pay_for(value, node.span)
    except RecursionError:
        raise KritiError("Limit Error", "The values are nested too deeply.", node.span) from None
    return value


class _Evaluation:
    def __init__(self, functions: Mapping[str, Function]) -> None:
        self._functions = functions
        self._steps_left = STEPS_MAX
        self._characters_left = CHARACTERS_MAX
        self._deadline_s = time.monotonic() + TIME_MAX_S

    def value(self, node: Node, scope: _Scope) -> Any:
        self._step(node.span)
        match node:
            case Constant(value):
                return value
            case Variable(name, span):
                if name not in scope:
                    raise KritiError("Name Error", f"Variable '{name}' not in scope", span)
                return scope[name]
            case Path():
                return self._path(node, scope)
            case Interpolated():
                return self._interpolated(node, scope)
            case Called():
                return self._called(node, scope)
            case Operation():
                return self._operation(node, scope)
            case _:
                return self._composed(node, scope)

    def _composed(self, node: Items | Members | Choice | Loop, scope: _Scope) -> Any:
        match node:
            case Items(items):
                return [self.value(item, scope) for item in items]
            case Members(members):
                return {key: self.value(member, scope) for key, member in members}
            case Choice():
                return self._choice(node, scope)
            case Loop():
                return self._loop(node, scope)

    def _step(self, span: Span, steps: int = 1) -> None:
        self._steps_left -= steps
        if self._steps_left < 0:
            raise KritiError("Limit Error", f"The template takes more than {STEPS_MAX} steps.", span)
        if time.monotonic() > self._deadline_s:
            raise KritiError("Limit Error", f"The template takes more than {TIME_MAX_S} s.", span)

    def pay_for(self, value: Any, span: Span) -> None:
        """Refuse to make text of a value that is too large altogether."""
        left: list[Any] = [value]
        while left:
            one = left.pop()
            match one:
                case str():
                    self._characters_left -= len(one)
                case dict():
                    members = cast("dict[str, Any]", one)
                    self._characters_left -= sum(map(len, members))
                    left.extend(members.values())
                case list():
                    left.extend(cast("list[Any]", one))
                case _:
                    pass
            self._characters_left -= 1
            if self._characters_left < len(left):
                raise KritiError("Limit Error", f"The template makes more than {CHARACTERS_MAX} characters.", span)

    def _interpolated(self, node: Interpolated, scope: _Scope) -> str:
        texts: list[str] = []
        for part in node.parts:
            value = part if isinstance(part, str) else self.value(part, scope)
            self.pay_for(value, node.span)
            texts.append(value if isinstance(value, str) else exact_json(value))
        return "".join(texts)

    def _path(self, path: Path, scope: _Scope) -> Any:
        first_optional = next((i for i, step in enumerate(path.steps) if step.optional), None)
        if first_optional is None:
            return self._along(path, path.steps, scope)
        try:
            value: Any = self._along(path, path.steps[:first_optional], scope)
        except KritiError as error:
            if error.code == "Limit Error":
                raise
            return None
        if json_kind(value) not in {"Null", "Object", "Array"}:
            raise _unfit(value, "Object", path.span)
        for step in path.steps[first_optional:]:
            key = step.key if isinstance(step.key, str) else self.value(step.key, scope)
            value = _found(value, key, None)
        return value

    def _along(self, path: Path, steps: tuple[Step, ...], scope: _Scope) -> Any:
        value = self.value(path.base, scope)
        for step in steps:
            key = step.key if isinstance(step.key, str) else self.value(step.key, scope)
            found = _found(value, key, _MISSING)
            if found is _MISSING:
                raise _lost(value, key, step)
            value = found
        return value

    def _called(self, called: Called, scope: _Scope) -> Any:
        argument = self.value(called.argument, scope)
        function = self._functions.get(called.function)
        start = called.span
        if function is None:
            name = Span(
                start.start_line, start.start_column, start.start_line, start.start_column + len(called.function)
            )
            raise KritiError("Function Error", f"Function {called.function} is not defined.", name)
        self._step(start, _size_of(argument))
        try:
            return function(argument)
        except FunctionError as error:
            raise KritiError("Function Error", str(error), called.argument.span) from None

    def _operation(self, operation: Operation, scope: _Scope) -> Any:
        left = self.value(operation.left, scope)
        if operation.operator == "??":
            return self.value(operation.right, scope) if left is None else left
        right = self.value(operation.right, scope)
        match operation.operator:
            case "in":
                return _contains(right, left, operation.span)
            case "&&":
                return _truth(left, operation.span) & _truth(right, operation.span)
            case "||":
                return _truth(left, operation.span) | _truth(right, operation.span)
            case comparison:
                return _COMPARISONS[comparison](ordered(left), ordered(right))

    def _choice(self, choice: Choice, scope: _Scope) -> Any:
        for condition, value in choice.cases:
            if _truth(self.value(condition, scope), choice.span):
                return self.value(value, scope)
        return self.value(choice.otherwise, scope)

    def _loop(self, loop: Loop, scope: _Scope) -> Any:
        items = self.value(loop.over, scope)
        if not isinstance(items, list):
            raise _unfit(items, "Array", loop.span)
        values: list[Any] = []
        for i, item in enumerate(cast("list[Any]", items)):
            inner = {**scope, loop.item: item}
            if loop.index is not None:
                inner[loop.index] = i
            values.append(self.value(loop.body, inner))
        return values


_MISSING = object()

# Not on the values themselves: Python takes true for 1, and orders only what is of one type.
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _found(value: Any, key: Any, otherwise: Any) -> Any:
    """What lies at `key`, or `otherwise`."""
    match value:
        case dict() if isinstance(key, str):
            return cast("dict[str, Any]", value).get(key, otherwise)
        case list() if isinstance(key, int) and not isinstance(key, bool):
            items = cast("list[Any]", value)
            return items[key] if 0 <= key < len(items) else otherwise
        case _:
            return otherwise


def _lost(value: Any, key: Any, step: Step) -> KritiError:
    """Why nothing lies at `key`."""
    match value:
        case dict():
            if not isinstance(key, str):
                return _unfit(key, "String", step.span)
            return KritiError("Attribute Error", f"'Object' has no attribute '{key}'.", step.span)
        case list() if not isinstance(step.key, str):
            if not isinstance(key, int) or isinstance(key, bool):
                return _unfit(key, "Integer", step.span)
            return KritiError("Index Error", "Index out of range", step.span)
        case _:
            return _unfit(value, "Object", step.span)


def _size_of(argument: Any) -> int:
    """How much work a function has with its argument: its items, and those that would be joined to one list."""
    match argument:
        case list():
            items = cast("list[Any]", argument)
            return len(items) + sum(len(cast("list[Any]", item)) for item in items if isinstance(item, list | dict))
        case dict():
            return len(cast("dict[str, Any]", argument))
        case _:
            return 1


def _truth(value: Any, span: Span) -> bool:
    if not isinstance(value, bool):
        raise _unfit(value, "Boolean", span)
    return value


def _contains(container: Any, value: Any, span: Span) -> bool:
    match container:
        case dict():
            if not isinstance(value, str):
                raise _unfit(value, "String", span)
            return value in container
        case list():
            wanted = ordered(value)
            return any(ordered(item) == wanted for item in cast("list[Any]", container))
        case _:
            raise _unfit(container, "Array", span)


def _unfit(value: Any, expected: str, span: Span) -> KritiError:
    message = f"Couldn't match expected type '{expected}' with actual type '{json_kind(value)}'"
    return KritiError("Type Error", message, span)
