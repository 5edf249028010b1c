"""Random GraphQL documents: made from a schema, so mostly valid, with values that are often not."""

import json
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
)
from hypothesis import strategies as st

from tests.integration.embedded.hasura.rows.choice import Choice

_DEPTH_MAX = 3
_INPUT_DEPTH_MAX = 4

# Texts that have broken one SQL writer or another.
TEXTS = [
    "a", "", "'",
    "''; DROP TABLE book; --", '"', "\\", "\\'", "$1", "%s", "{0}", "?", "%", "_", "%(x)s", "\u0000", "\n", "é",
    "😀", "\ud800", "null", "{a,b}", '{"a": 1}', "[1]", "2024-01-01", "infinity", "NaN", "-0", "1e400", "x" * 300,
    "a[0].b",
    "$.a['b']", "top.sea", "12:00", "1 day", "111", "true", "11111111-1111-1111-1111-111111111111", "X-Hasura-User-Id",
]  # fmt: skip
NUMBERS = [0, 1, -1, 2, 2**31 - 1, 2**31, -(2**31), 2**63 - 1, 2**63, 10**40, 1.5, -0.0, 1e300]
_WRONG: list[Any] = [None, True, 1, 1.5, "x", [], [None], {}, {"a": None}]


class Documents:
    """Documents for one schema; the answer to none of them may be an accident."""

    def __init__(self, choice: Choice, schema: GraphQLSchema) -> None:
        self._choice = choice
        self._schema = schema
        self._variables: dict[str, Any] = {}
        self._declared: list[str] = []
        self._keys = 0

    def body(self, kinds: tuple[str, ...] = ("query",)) -> dict[str, Any]:
        """The body of a request."""
        kind = self._choice.one(kinds)
        root = {
            "query": self._schema.query_type,
            "mutation": self._schema.mutation_type,
            "subscription": self._schema.subscription_type,
        }[kind]
        assert root is not None
        several = 1 if kind == "subscription" else 2
        selection = self._fields(root, 0, several)
        declared = f"({', '.join(self._declared)})" if self._declared else ""
        return {"query": f"{kind} {declared} {selection}", "variables": self._variables}

    def _selection(self, type_: GraphQLObjectType, depth: int) -> str:
        return self._fields(type_, depth, 3)

    def _fields(self, type_: GraphQLObjectType, depth: int, several: int) -> str:
        usable = [name for name, field in type_.fields.items() if depth < _DEPTH_MAX or _is_leaf(field)]
        chosen = self._choice.several(sorted(usable), low=1, high=several) or ["__typename"]
        written = [self._field(name, type_.fields[name], depth) if name in type_.fields else name for name in chosen]
        if depth and not self._choice.often(8):
            written.append("__typename")
        return "{ " + " ".join(written) + " }"

    def _field(self, name: str, field: GraphQLField, depth: int) -> str:
        self._keys += 1
        key = f"k{self._keys}: " if self._choice.coin() else ""
        arguments = self._arguments(field.args)
        directive = "" if self._choice.often(10) else self._choice.one([" @include(if: true)", " @skip(if: false)"])
        named = get_named_type(field.type)
        selection = f" {self._selection(named, depth + 1)}" if isinstance(named, GraphQLObjectType) else ""
        return f"{key}{name}{arguments}{directive}{selection}"

    def _arguments(self, arguments: dict[str, GraphQLArgument]) -> str:
        given = [
            f"{name}: {self._value(argument.type, 0)}"
            for name, argument in arguments.items()
            if isinstance(argument.type, GraphQLNonNull) or not self._choice.often(3)
        ]
        return f"({', '.join(given)})" if given else ""

    def _value(self, type_: GraphQLInputType, depth: int) -> str:
        if not self._choice.often(12):
            return self._variable(type_, self._choice.one(_WRONG))
        if not self._choice.often(4):
            return self._variable(type_, self._json(type_, depth))
        return self._literal(type_, depth)

    def _variable(self, type_: GraphQLInputType, value: Any) -> str:
        name = f"v{len(self._declared)}"
        self._declared.append(f"${name}: {type_}")
        self._variables[name] = value
        return f"${name}"

    def _literal(self, type_: GraphQLInputType, depth: int) -> str:
        match type_:
            case GraphQLNonNull(of_type=inner):
                return self._literal(inner, depth)
            case GraphQLList(of_type=inner):
                items = self._choice.times(lambda: self._value(inner, depth + 1), high=2)
                return f"[{', '.join(items)}]"
            case GraphQLInputObjectType():
                members = [
                    f"{name}: {self._value(type_.fields[name].type, depth + 1)}" for name in self._members(type_, depth)
                ]
                return "{" + ", ".join(members) + "}"
            case GraphQLEnumType():
                return self._choice.one(sorted(type_.values))
            case _:
                return _written(self._scalar(type_.name))

    def _json(self, type_: GraphQLInputType, depth: int) -> Any:
        match type_:
            case GraphQLNonNull(of_type=inner):
                return self._json(inner, depth)
            case GraphQLList(of_type=inner):
                return self._choice.times(lambda: self._json(inner, depth + 1), high=2)
            case GraphQLInputObjectType():
                return {name: self._json(type_.fields[name].type, depth + 1) for name in self._members(type_, depth)}
            case GraphQLEnumType():
                return self._choice.one([*sorted(type_.values), "no such value"])
            case _:
                return self._scalar(type_.name)

    def _members(self, type_: GraphQLInputObjectType, depth: int) -> list[str]:
        needed = [name for name, field in type_.fields.items() if _needed(field)]
        if depth >= _INPUT_DEPTH_MAX:
            return needed
        optional = sorted(set(type_.fields) - set(needed))
        return needed + self._choice.several(optional, low=0 if needed else 1, high=2)

    def _scalar(self, name: str) -> Any:
        match name:
            case "Int" | "smallint" | "bigint":
                return self._choice.one([*NUMBERS[:10], 3, 4, 5, 6, 7, 8, *map(str, NUMBERS[:3])])
            case "Float" | "numeric" | "float8":
                return self._choice.one([*NUMBERS, "1.50"])
            case "Boolean":
                return self._choice.coin()
            case "json" | "jsonb":
                return self._choice.one([None, 1, "x", [1, "a", None], {"a": {"b": [1, 2]}}, {"k": "\u0000"}, {}, []])
            case _:
                return self._choice.one(TEXTS)


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """The text with a few pieces taken out, doubled, or replaced."""
    choice = Choice(draw)
    for _ in range(choice.number(1, 3)):
        start = choice.number(0, len(text))
        end = min(len(text), start + choice.number(0, 6))
        piece = choice.one(
            [
                "",
                "{",
                "}",
                "(",
                ")",
                "[",
                "$",
                '"',
                '"""',
                "!",
                "...",
                "@x",
                "null",
                ":",
                "\\u0000",
                "#",
                "\U0001d54f",
                text[start:end] * 2,
            ]
        )
        text = text[:start] + piece + text[end:]
    return text


def _written(value: Any) -> str:
    match value:
        case None:
            return "null"
        case dict():
            return "{" + ", ".join(f"{key}: {_written(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_written, value)) + "]"
        case str():
            return json.dumps(value)
        case _:
            return json.dumps(value)


def _is_leaf(field: GraphQLField) -> bool:
    return is_leaf_type(get_named_type(field.type))


def _needed(field: GraphQLInputField) -> bool:
    return isinstance(field.type, GraphQLNonNull) and field.default_value is not None
