"""A change as the JSON that clients read, written once for every set of columns that viewers may see."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from embedded.supabase.realtime.catalogue import Column, Table
from embedded.supabase.realtime.pgoutput import UNCHANGED, Change, Kind, Relation, Row
from embedded.supabase.realtime.values import Written

# The Python client refuses messages above 1 MiB; the envelope and the ids need some of it.
DATA_MAX_BYTES = 900_000
_KEPT_MAX_BYTES = 64
_TOO_LARGE = "Error 413: Payload Too Large"
_NO_KEY = "Error 400: Bad Request, no primary key"
_UNAUTHORIZED = "Error 401: Unauthorized"

Fields = list[tuple[Column, str | None]]
"""Columns with their values as text, None for null."""

Texts = list[str]
"""The members of a JSON object, each with its name."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a change announces before privileges narrow it."""

    record: Fields
    old_record: Fields


def rows_of(change: Change, table: Table) -> Rows:
    """The new row and the part of the old one that the table's replica identity and its policies allow."""
    record = _filled(change)
    if change.kind is Kind.INSERT:
        return Rows(_fields(change, table, record), [])
    if change.kind is Kind.DELETE:
        narrowed = table.key_names if table.row_security else None
        return Rows([], [pair for pair in _identity(change, table) if narrowed is None or pair[0].name in narrowed])
    return Rows(_fields(change, table, record), _identity(change, table))


def foreign_values(rows: Rows) -> Iterable[tuple[str, str]]:
    """The values that only PostgreSQL can write as JSON, as (type, text)."""
    for column, text in (*rows.record, *rows.old_record):
        if text is not None and column.may_be_foreign and column.write(text) is None:
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


def _identity(change: Change, table: Table) -> Fields:
    if change.old is not None and change.old_is_whole:
        return _fields(change, table, change.old)
    # Without a logged key the key did not change, and the new row has it.
    row = change.old if change.old is not None else change.new
    if row is None:
        return []
    return _fields(change, table, row, identity_only=True)


def _fields(change: Change, table: Table, row: Row | None, *, identity_only: bool = False) -> Fields:
    columns, fields = table.columns, Fields()
    for column, value in zip(change.relation.columns, row or (), strict=False):
        if value is UNCHANGED or (identity_only and not column.in_identity):
            continue
        known = columns.get(column.name)
        if known is not None:
            fields.append((known, value))
    return fields


def _texts(fields: Fields, written: Written, seen: frozenset[str]) -> Texts:
    # No value's JSON is empty: what is, PostgreSQL had to write.
    return [
        f"{column.json_name}:null"
        if text is None
        else f"{column.json_name}:{column.write(text) or written[column.type_sql, text]}"
        for column, text in fields
        if column.name in seen
    ]


def _small(texts: Texts, fields: Fields, seen: frozenset[str]) -> Texts:
    names = [column.json_name for column, _ in fields if column.name in seen]
    most = [len(name.encode()) + 1 + _KEPT_MAX_BYTES for name in names]
    return [text for text, most_bytes in zip(texts, most, strict=True) if len(text.encode()) <= most_bytes]
