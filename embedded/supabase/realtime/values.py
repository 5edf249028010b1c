"""Column values as JSON, the way PostgreSQL's to_jsonb writes them."""

import json
import re
from collections.abc import Callable, Iterable
from json.encoder import encode_basestring

import asyncpg

from embedded.supabase.database import Connection

_INTEGERS = frozenset({"int2", "int4", "int8"})
_NUMBERS = frozenset({"numeric", "float4", "float8"})
_TEXTS = frozenset({"text", "varchar", "bpchar", "uuid", "name", "char", "date", "time", "timetz", "interval", "inet"})
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_DATE_ENDS_AT = 10

Written = dict[tuple[str, str | None], str]
"""What PostgreSQL wrote for (type, text)."""


Writer = Callable[[str], str | None]
"""Writes a value's text as JSON, or says None where only PostgreSQL can."""


def writer_of(type_name: str) -> Writer:
    """How values of this type become JSON."""
    if type_name in _INTEGERS:
        return _as_it_is
    if type_name in _NUMBERS:
        return _number
    return encode_basestring if type_name in _TEXTS else _WRITERS.get(type_name, _foreign)


def _as_it_is(text: str) -> str:
    return text


def _number(text: str) -> str:
    # Not a number and infinity are texts in JSON.
    return text if _NUMBER.fullmatch(text) else encode_basestring(text)


def _foreign(_text: str) -> None:
    return None


def _moment(text: str) -> str | None:
    # Infinity and years before Christ or beyond 9999 are left to PostgreSQL.
    if text[_DATE_ENDS_AT : _DATE_ENDS_AT + 1] != " " or text.endswith("BC"):
        return None
    return f'"{text[:_DATE_ENDS_AT]}T{text[_DATE_ENDS_AT + 1 :]}{":00" if text.endswith("+00") else ""}"'


_WRITERS: dict[str, Writer] = {
    "bool": lambda text: "true" if text == "t" else "false",
    "jsonb": _as_it_is,
    "bytea": lambda text: json.dumps(text.removeprefix("\\x")),
    "timestamp": _moment,
    "timestamptz": _moment,
}


async def write_values(connection: Connection, wanted: Iterable[tuple[str, str]]) -> Written:
    """JSON for values of all other types, each (type, text) pair asked of PostgreSQL once."""
    by_type: dict[str, list[str]] = {}
    for type_sql, text in set(wanted):
        by_type.setdefault(type_sql, []).append(text)
    written: Written = {}
    for type_sql, texts in by_type.items():
        # The type's name was formatted by the catalogue.
        value = f"to_jsonb(v::{type_sql})::text"
        statement = f"SELECT {value} FROM unnest($1::text[]) WITH ORDINALITY AS u (v, n) ORDER BY n"  # noqa: S608  - as above
        try:
            rows = await connection.fetch(statement, texts)
        except asyncpg.PostgresError:
            # The type changed or went away after the row was written; its text is all there is.
            written |= {(type_sql, text): json.dumps(text) for text in texts}
        else:
            written |= {(type_sql, text): row[0] for text, row in zip(texts, rows, strict=True)}
    return written
