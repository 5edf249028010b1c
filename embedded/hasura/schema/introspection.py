"""Answer `__schema` and `__type` from a role's types."""

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import SimpleNamespace
from typing import Any, cast

from graphql import GraphQLSchema

from embedded.hasura.errors import EngineError
from embedded.hasura.schema.meanings import Described, FieldMeaning

# A full introspection of a thousand tables asks for some million things; types below types can be without end.
_READ_MAX = 20_000_000
_READ_BETWEEN_LOOKS = 512


@dataclass(frozen=True)
class Asked:
    """A field asked for in an introspection, with its arguments as they are."""

    key: str
    name: str
    type_name: str
    meaning: FieldMeaning
    arguments: Mapping[str, Any]
    selections: "tuple[Asked, ...]"


def introspected(schema: GraphQLSchema, asked: tuple[Asked, ...], *, within_s: float) -> dict[str, str]:
    """The JSON text of each introspection field, by response key.

    Raises:
        EngineError: timeout, if it takes longer; validation-failed, if the answer would have no end.
    """
    reader = _Reader(schema, time.monotonic() + within_s)
    return {one.key: reader.root(one) for one in asked}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class _Reader:
    def __init__(self, schema: GraphQLSchema, deadline: float) -> None:
        self._schema = schema
        self._info = SimpleNamespace(schema=schema)
        self._deadline = deadline
        self._read = 0

    def root(self, asked: Asked) -> str:
        if asked.name == "__schema":
            return self._in_pieces(self._schema, asked)
        return _text(self._value(self._schema.type_map.get(asked.arguments["name"]), asked))

    def _in_pieces(self, source: Any, asked: Asked) -> str:
        """The object as text, made type by type: written at once, it would keep everyone waiting for a while."""
        pieces: list[str] = []
        for field in asked.selections:
            value = self._read_field(source, field)
            if field.selections and _is_list(value):
                items = ",".join(_text(self._object(item, field)) for item in sorted(value, key=_named))
                pieces.append(f"{_text(field.key)}:[{items}]")
            else:
                pieces.append(f"{_text(field.key)}:{_text(self._value(value, field))}")
        return "{" + ",".join(pieces) + "}"

    def _object(self, source: Any, asked: Asked) -> dict[str, Any]:
        return {field.key: self._value(self._read_field(source, field), field) for field in asked.selections}

    def _read_field(self, source: Any, field: Asked) -> Any:
        self._read += 1
        if self._read > _READ_MAX:
            raise EngineError("validation-failed", "the introspection asks for too much")
        if self._read % _READ_BETWEEN_LOOKS == 0 and time.monotonic() > self._deadline:
            raise EngineError("timeout", "the introspection took too long", status=504)
        if isinstance(field.meaning, Described):
            return field.meaning.read(source, self._info, **field.arguments)
        return field.type_name

    def _value(self, value: Any, asked: Asked) -> Any:
        match value:
            case None | str() | bool():
                return value
            case Enum():
                return value.name
            case _ if not asked.selections:
                return [self._value(item, asked) for item in cast("Iterable[Any]", value)]
            case _ if _is_list(value):
                return [self._object(item, asked) for item in sorted(value, key=_named)]
            case _:
                return self._object(value, asked)


def _is_list(value: Any) -> bool:
    # Pairs of a name and a field or argument are one thing; everything else that can be gone through is many.
    return hasattr(value, "__iter__") and not _is_pair(value)


def _is_pair(value: Any) -> bool:
    if not isinstance(value, tuple):
        return False
    first = next(iter(cast("tuple[Any, ...]", value)), None)
    return isinstance(first, str)


def _named(item: Any) -> str:
    """What a list is ordered by, as in Hasura."""
    if _is_pair(item):
        return str(cast("tuple[Any, ...]", item)[0])
    return str(getattr(item, "name", ""))
