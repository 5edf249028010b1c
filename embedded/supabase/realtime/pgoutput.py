"""PostgreSQL's logical decoding messages (protocol 1 of the plugin `pgoutput`), as transactions of row changes."""

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum, StrEnum
from typing import Any, NamedTuple

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
# A huge transaction is handed on in pieces of this many changes, so that memory stays bounded.
_PIECE_MAX = 1000
_NULL, _UNTOUCHED, _NEW, _WHOLE = (ord(tag) for tag in "nuNO")
_BEGINS, _COMMITS, _RELATES = (ord(tag) for tag in "BCR")
_BEGIN, _COMMIT = struct.Struct("!qqI"), struct.Struct("!Bqq")
_OID, _TABLE, _FLAGS, _TYPE = (struct.Struct(form) for form in ("!I", "!ch", "!B", "!Ii"))


class Kind(StrEnum):
    """What happened to a row."""

    INSERT = "INSERT"
    UPDATE = "UPDATE"
    DELETE = "DELETE"


class Unchanged(Enum):
    """The place of a large value that an update did not touch and that the log therefore lacks."""

    UNCHANGED = "unchanged"


UNCHANGED = Unchanged.UNCHANGED
Value = str | None | Unchanged
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class RelationColumn:
    """One published column."""

    name: str
    type_oid: int
    in_identity: bool


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """A table as it was when its rows changed; after DDL there is a new object."""

    oid: int
    schema: str
    name: str
    identity: str
    columns: tuple[RelationColumn, ...]


class Change(NamedTuple):
    """One row change; `old` is the key or, as `old_is_whole` says, the whole row before it, None if not logged."""

    kind: Kind
    relation: Relation
    new: Row | None
    old: Row | None
    old_is_whole: bool


class Piece(NamedTuple):
    """Changes of one committed transaction, in order; `ends_at` is its position, None if more pieces follow."""

    transaction: int
    committed_at: datetime
    changes: tuple[Change, ...]
    ends_at: int | None


@dataclass
class Decoder:
    """Keeps what later messages refer to: relations, and the transaction that is being received."""

    _relations: dict[int, Relation] = field(default_factory=dict[int, Relation])
    _transaction: int = 0
    _committed_us: int = 0
    _changes: list[Change] = field(default_factory=list[Change])

    def feed(self, message: bytes, at: int = 0) -> Piece | None:
        """The piece that the message from `at` on completes, if any."""
        tag = message[at]
        kind = _KINDS.get(tag)
        if kind is not None:
            self._changes.append(self._change(kind, message, at + 1))
            return self._piece(None) if len(self._changes) >= _PIECE_MAX else None
        if tag == _BEGINS:
            _final, self._committed_us, self._transaction = _BEGIN.unpack_from(message, at + 1)
        elif tag == _COMMITS:
            _flags, _at, end = _COMMIT.unpack_from(message, at + 1)
            return self._piece(end)
        elif tag == _RELATES:
            relation = _Reader(message, at + 1).relation()
            self._relations[relation.oid] = relation
        # Truncation, types, origins and messages are not announced.
        return None

    def _change(self, kind: Kind, data: bytes, at: int) -> Change:
        relation = self._relations[int.from_bytes(data[at : at + _OID.size])]
        at += _OID.size
        new = old = None
        old_is_whole = False
        while at < len(data):
            tag = data[at]
            row, at = _row(data, at + 1)
            if tag == _NEW:
                new = row
            else:
                old, old_is_whole = row, tag == _WHOLE
        return Change(kind, relation, new, old, old_is_whole)

    def _piece(self, ends_at: int | None) -> Piece:
        committed_at = _EPOCH + timedelta(microseconds=self._committed_us)
        piece = Piece(self._transaction, committed_at, tuple(self._changes), ends_at)
        self._changes = []
        return piece


_KINDS = {ord("I"): Kind.INSERT, ord("U"): Kind.UPDATE, ord("D"): Kind.DELETE}


def _row(data: bytes, at: int) -> tuple[Row, int]:
    """The values of a row, and where they end."""
    first = at + 2
    count = int.from_bytes(data[at:first])
    at = first
    values = list[Value]()
    for _ in range(count):
        tag = data[at]
        at += 1
        if tag == _NULL:
            values.append(None)
        elif tag == _UNTOUCHED:
            values.append(UNCHANGED)
        else:
            start = at + 4
            at = start + int.from_bytes(data[at:start])
            values.append(data[start:at].decode())
    return tuple(values), at


class _Reader:
    """Walks through the message of a relation."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at

    def take(self, form: struct.Struct) -> tuple[Any, ...]:
        values = form.unpack_from(self._data, self._at)
        self._at += form.size
        return values

    def text(self) -> str:
        end = self._data.index(b"\0", self._at)
        text = self._data[self._at : end].decode()
        self._at = end + 1
        return text

    def relation(self) -> Relation:
        (oid,) = self.take(_OID)
        schema, name = self.text() or "pg_catalog", self.text()
        identity, count = self.take(_TABLE)
        columns = tuple(self._column() for _ in range(int(count)))
        return Relation(int(oid), schema, name, bytes(identity).decode(), columns)

    def _column(self) -> RelationColumn:
        (flags,) = self.take(_FLAGS)
        name = self.text()
        type_oid, _modifier = self.take(_TYPE)
        return RelationColumn(name, int(type_oid), bool(int(flags) & 1))
