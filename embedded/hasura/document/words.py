"""The words for what was found instead of what was expected, and paths into a request."""

import re
from typing import Any

from graphql import (
    BooleanValueNode,
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
)

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

_EXPECTED = {
    "Int": "a 32-bit integer",
    "Float": "a float",
    "String": "a string",
    "Boolean": "a boolean",
    "ID": "a String or a 32-bit integer",
    "__limit": "a non-negative 32-bit integer",
    "__offset": "a 32-bit integer, or a 64-bit integer represented as a string",
}

_NODES: dict[type[ValueNode], str] = {
    BooleanValueNode: "a boolean",
    IntValueNode: "an integer",
    FloatValueNode: "a float",
    StringValueNode: "a string",
    NullValueNode: "null",
    EnumValueNode: "an enum value",
    ListValueNode: "a list",
    ObjectValueNode: "an object",
}


def below(path: str, key: str) -> str:
    """The path one key down."""
    return f"{path}.{key}" if _PLAIN_KEY.fullmatch(key) else f"{path}['{key}']"


def node_described(node: ValueNode) -> str:
    """What a value of the document is, in words."""
    return _NODES.get(type(node), "a value")


def json_described(value: Any) -> str:
    """What a JSON value is, in words."""
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
        case _:
            return "an object"


def mismatch(scalar: str, found: str) -> str:
    """The sentence for a value of the wrong kind."""
    if found == "null":
        return f"unexpected null value for type '{scalar}'"
    shown = "Int" if scalar in {"__limit", "__offset"} else scalar
    return f"expected {_EXPECTED[scalar]} for type '{shown}', but found {found}"


def one_of(names: list[str]) -> str:
    """`a`, `a or b`, `a, b, or c`."""
    if len(names) < 3:  # noqa: PLR2004  - two names need no comma
        return " or ".join(names)
    return ", ".join(names[:-1]) + f", or {names[-1]}"
