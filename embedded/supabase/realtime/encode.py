"""A change as the JSON that clients read, written once for every set of columns that viewers may see."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from embedded.supabase.realtime.catalogue import Column, Table
from embedded.supabase.realtime.pgoutput import UNCHANGED, Change, Kind, Relation, Row
from embedded.supabase.realtime.values import Written

# The Python client refuses messages above 1 MiB; the envelope and the ids need some of it.
DATA_MAX_BYTES = 900_000
_KEPT_MAX_BYTES = 64
_TOO_LARGE = "Error 413: Payload Too Large"
_NO_KEY = "Error 400: Bad Request, no primary key"
_UNAUTHORIZED = "Error 401: Unauthorized"

Fields = list[tuple[Column, str | None, str | None]]
"""Columns with their values as text, None for null, and as JSON, None where PostgreSQL has to write it."""

Texts = list[str]
"""The members of a JSON object, each with its name."""


class Rows(NamedTuple):
    """What a change announces before privileges narrow it."""

    record: Fields
    old_record: Fields


@dataclass(frozen=True, slots=True)
class Places:
    """Where the columns that can be announced stand in a row of the log; `identity` are those that name the row."""

    all: tuple[tuple[int, Column], ...]
    identity: tuple[tuple[int, Column], ...]


def places_of(relation: Relation, table: Table) -> Places:
    """The columns of `relation` that the table still has."""
    known = [
        (place, column, table.columns[column.name])
        for place, column in enumerate(relation.columns)
        if column.name in table.columns
    ]
    identity = tuple((place, column) for place, logged, column in known if logged.in_identity)
    return Places(tuple((place, column) for place, _, column in known), identity)


def rows_of(change: Change, table: Table, places: Places) -> Rows:
    """The new row and the part of the old one that the table's replica identity and its policies allow."""
    if change.kind is Kind.INSERT:
        return Rows(_fields(change.new, places.all), [])
    if change.kind is Kind.DELETE:
        narrowed = table.key_names if table.row_security else None
        return Rows([], [one for one in _identity(change, places) if narrowed is None or one[0].name in narrowed])
    return Rows(_fields(_filled(change), places.all), _identity(change, places))


def foreign_values(rows: Rows) -> Iterable[tuple[str, str]]:
    """The values that only PostgreSQL can write as JSON, as (type, text)."""
    for fields in (rows.record, rows.old_record):
        for column, text, written in fields:
            if written is None and text is not None:
                yield column.type_sql, text


def data_json(
    change: Change, table: Table, rows: Rows, committed_at: datetime, written: Written, seen: frozenset[str]
) -> str:
    """The `data` of one change for a viewer who may see the columns `seen`."""
    if not table.key:
        return _failure(change, _NO_KEY)
    if not table.key_names <= seen:
        return _failure(change, _UNAUTHORIZED)
    head = table.heads.get((change.kind, seen))
    if head is None:
        head = table.heads[change.kind, seen] = _head(change, _columns(table, change.relation, seen))
    moment = f'"{committed_at.isoformat(timespec="milliseconds")[:-6]}Z"'
    record, old = _texts(rows.record, written, seen), _texts(rows.old_record, written, seen)
    full = _data(change, head, moment, record, old)
    if len(full) <= DATA_MAX_BYTES // 4 or len(full.encode()) <= DATA_MAX_BYTES:
        return full
    record, old = _small(record, rows.record, seen), _small(old, rows.old_record, seen)
    return _data(change, head, moment, record, old, _TOO_LARGE)


def _data(change: Change, head: str, moment: str, record: Texts, old: Texts, error: str | None = None) -> str:
    errors = "null" if error is None else json.dumps([error])
    new_part = f',"record":{{{",".join(record)}}}' if change.kind is not Kind.DELETE else ""
    old_part = f',"old_record":{{{",".join(old)}}}' if change.kind is not Kind.INSERT else ""
    return f'{head},"commit_timestamp":{moment},"errors":{errors}{new_part}{old_part}}}'


def _head(change: Change, columns: str) -> str:
    schema, table = json.dumps(change.relation.schema), json.dumps(change.relation.name)
    return f'{{"schema":{schema},"table":{table},"type":"{change.kind}","columns":{columns}'


def _columns(table: Table, relation: Relation, seen: frozenset[str]) -> str:
    # A publication may leave columns out.
    shown = seen & {column.name for column in relation.columns}
    columns = [{"name": one.name, "type": one.type_name} for one in table.columns.values() if one.name in shown]
    return json.dumps(columns, separators=(",", ":"))


def _failure(change: Change, error: str) -> str:
    return _data(change, _head(change, "[]"), "null", [], [], error)


def _filled(change: Change) -> Row | None:
    """The new row, with large untouched values taken from the old one where the log has it whole."""
    if change.new is None or change.old is None or not change.old_is_whole:
        return change.new
    pairs = zip(change.new, change.old, strict=True)
    return tuple(old if new is UNCHANGED else new for new, old in pairs)


def _identity(change: Change, places: Places) -> Fields:
    if change.old is not None and change.old_is_whole:
        return _fields(change.old, places.all)
    # Without a logged key the key did not change, and the new row has it.
    return _fields(change.old if change.old is not None else change.new, places.identity)


def _fields(row: Row | None, places: tuple[tuple[int, Column], ...]) -> Fields:
    if row is None:
        return []
    return [
        (column, value, "null" if value is None else column.write(value))
        for place, column in places
        if (value := row[place]) is not UNCHANGED
    ]


def _texts(fields: Fields, written: Written, seen: frozenset[str]) -> Texts:
    # No value's JSON is empty.
    return [
        f"{column.json_name}:{json_text or written[column.type_sql, text]}"
        for column, text, json_text in fields
        if column.name in seen
    ]


def _small(texts: Texts, fields: Fields, seen: frozenset[str]) -> Texts:
    names = [column.json_name for column, *_ in fields if column.name in seen]
    most = [len(name.encode()) + 1 + _KEPT_MAX_BYTES for name in names]
    return [text for text, most_bytes in zip(texts, most, strict=True) if len(text.encode()) <= most_bytes]
