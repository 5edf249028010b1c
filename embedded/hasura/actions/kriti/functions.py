"""The functions templates may call."""

from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import quote

from embedded.hasura.json_kind import json_kind
from embedded.hasura.schema.literals import ExactFloat

Function = Callable[[Any], Any]


class FunctionError(Exception):
    """An argument that a function cannot work with."""


def _expecting(wanted: str, value: Any) -> FunctionError:
    return FunctionError(f"parsing {wanted} failed, expected {wanted}, but encountered {json_kind(value)}")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _expecting("String", value)
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _expecting("Array", value)
    return cast("list[Any]", value)


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _expecting("Object", value)
    return cast("dict[str, Any]", value)


def _empty(value: Any) -> bool:
    match value:
        case bool():
            raise FunctionError("Cannot define emptiness for a boolean")
        case str():
            return not value.strip()
        case None:
            return True
        case int() | float():
            return value == 0
        case _:
            return not value


def _size(value: Any) -> Any:
    match value:
        case None:
            return 0
        case bool():
            return int(value)
        case int() | float():
            return value
        case _:
            return len(value)


def _inverse(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int() | float():
            if value == 0:
                raise FunctionError("Cannot divide by zero")
            return 1 / value
        case str():
            return value[::-1]
        case list():
            return cast("list[Any]", value)[::-1]
        case _:
            return value


def _head(value: Any) -> Any:
    match value:
        case list():
            items = cast("list[Any]", value)
            if not items:
                raise FunctionError("Empty array")
            return items[0]
        case str():
            if not value:
                raise FunctionError("Empty string")
            return value[0]
        case _:
            raise FunctionError("Expected an array or string")


def _tail(value: Any) -> Any:
    if not isinstance(value, list | str):
        raise FunctionError("Expected an array or string")
    return cast("list[Any] | str", value)[1:]


def _to_pairs(value: Any) -> Any:
    return [[key, item] for key, item in _object(value).items()]


def _from_pairs(value: Any) -> Any:
    made: dict[str, Any] = {}
    for pair in _list(value):
        match pair:
            case [str() as key, item]:
                made[key] = item
            case _:
                message = "Expected an array of shape [ [k1,v1], [k2,v2] ... ] - With String keys."
                raise FunctionError(message)
    return made


def _concat(value: Any) -> Any:
    items = _list(value)
    if all(isinstance(item, list) for item in items):
        return [inner for item in items for inner in cast("list[Any]", item)]
    if all(isinstance(item, str) for item in items):
        return "".join(items)
    merged: dict[str, Any] = {}
    for item in items:
        merged.update(_object(item))
    return merged


def _not(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _expecting("Bool", value)
    return not value


FUNCTIONS: dict[str, Function] = {
    "concat": _concat,
    "empty": _empty,
    "escapeUri": lambda value: quote(_text(value), safe="-._~"),
    "fromPairs": _from_pairs,
    "head": _head,
    "inverse": _inverse,
    "length": _size,
    "not": _not,
    "removeNulls": lambda value: [item for item in _list(value) if item is not None],
    "size": _size,
    "tail": _tail,
    "toCaseFold": lambda value: _text(value).casefold(),
    "toLower": lambda value: _text(value).lower(),
    "toPairs": _to_pairs,
    "toTitle": lambda value: _text(value).title(),
    "toUpper": lambda value: _text(value).upper(),
}


def session_functions(session: Mapping[str, str] | None) -> dict[str, Function]:
    """The functions that read session variables, whose names are the same in any case; without a session they fail."""
    known = {name.lower(): value for name, value in (session or {}).items()}

    def get_session_variable(name: Any) -> Any:
        if name is None:
            return None
        if not isinstance(name, str):
            raise FunctionError("Session variable name should be a string")
        if name.lower() not in known:
            raise FunctionError(f'Session variable "{name}" not found')
        return known[name.lower()]

    return {"getSessionVariable": get_session_variable}


def ordered(value: Any) -> Any:
    """A key that orders JSON of all types as Hasura does: objects, lists, strings, numbers, booleans, null."""
    match value:
        case None:
            return (5,)
        case bool():
            return (4, value)
        case ExactFloat():
            return (3, float(value))
        case int() | float():
            return (3, value)
        case str():
            return (2, value)
        case list():
            return (1, [ordered(item) for item in cast("list[Any]", value)])
        case _:
            members = sorted(cast("dict[str, Any]", value).items())
            return (0, [(key, ordered(item)) for key, item in members])
