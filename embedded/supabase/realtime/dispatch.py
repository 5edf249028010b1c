"""From decoded transactions to the queues of the sockets: in commit order, only to those who may see them."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import asyncpg

from embedded.supabase.database import Connection
from embedded.supabase.realtime import frames
from embedded.supabase.realtime.bindings import Binding
from embedded.supabase.realtime.catalogue import Catalogue, Table
from embedded.supabase.realtime.encode import Rows, data_json, foreign_values, key_of, rows_of
from embedded.supabase.realtime.filters import SQL_OPERATORS, Condition, compare
from embedded.supabase.realtime.frames import Version
from embedded.supabase.realtime.pgoutput import Change, Kind, Piece
from embedded.supabase.realtime.registry import Registry, Subscription
from embedded.supabase.realtime.stream import ReplicationStream
from embedded.supabase.realtime.values import Written, write_values
from embedded.supabase.realtime.visibility import Viewer, await_visible, seen_lines

# All that piled up while the last batch was checked is checked together: a query per batch, not per transaction.
_BATCH_CHANGES_MAX = 2000
_SENT_BEFORE_YIELD_BYTES = 256_000

Comparison = tuple[str, str, str, str]
Frames = dict[tuple[Version, str, tuple[int, ...], frozenset[str]], str]


@dataclass(slots=True)
class Announcement:
    """One change with the subscriptions that asked for it and may see it."""

    change: Change
    table: Table
    rows: Rows
    committed_at: datetime
    hits: list[tuple[Subscription, list[Binding]]] = field(default_factory=list[tuple[Subscription, list[Binding]]])


class Dispatcher:
    """Works through one stream with one connection of its own."""

    def __init__(self, registry: Registry, catalogue: Catalogue, connection: Connection) -> None:
        self._registry = registry
        self._catalogue = catalogue
        self._connection = connection
        self._compared: dict[Comparison, bool] = {}

    async def run(self, stream: ReplicationStream) -> None:
        """Dispatch until the stream or the connection fails.

        Raises:
            StreamLost, asyncpg.PostgresError, OSError: whichever it was.
        """
        while True:
            pieces = await stream.batch(_BATCH_CHANGES_MAX)
            await self.dispatch(pieces)
            stream.dispatched(pieces)

    async def dispatch(self, pieces: list[Piece]) -> None:
        """Queue every event of these pieces."""
        wanted = [piece for piece in pieces if any(self._wanted(change) for change in piece.changes)]
        if not wanted:
            return
        # Before anything is read: neither rows nor new tables are there for a moment after their commit is logged.
        await await_visible(self._connection, (piece.transaction for piece in wanted))
        self._compared.clear()
        found = [a for piece in wanted for change in piece.changes if (a := await self._announcement(piece, change))]
        await self._hide(found)
        announced = [announcement for announcement in found if announcement.hits]
        foreign = (pair for announcement in announced for pair in foreign_values(announcement.rows))
        written = await write_values(self._connection, foreign)
        await self._send(announced, written)

    def _wanted(self, change: Change) -> list[Subscription]:
        return self._registry.for_table(change.relation.schema, change.relation.name)

    async def _announcement(self, piece: Piece, change: Change) -> Announcement | None:
        subscriptions = self._wanted(change)
        table = await self._catalogue.table(self._connection, change.relation) if subscriptions else None
        if table is None:
            return None
        announcement = Announcement(change, table, rows_of(change, table), piece.committed_at)
        for subscription in subscriptions:
            bindings = [b for b in subscription.bindings if await self._matches(b, announcement)]
            if bindings:
                announcement.hits.append((subscription, bindings))
        return announcement if announcement.hits else None

    async def _matches(self, binding: Binding, announcement: Announcement) -> bool:
        change, table = announcement.change, announcement.table
        if not binding.wants(change.kind) or not binding.covers(change.relation.schema, change.relation.name):
            return False
        if not binding.conditions:
            return True
        rows = announcement.rows
        fields = rows.old_record if change.kind is Kind.DELETE else rows.record
        values = {column.name: text for column, text in fields}
        for condition in binding.conditions:
            value = values.get(condition.column)
            if value is None or not await self._holds(condition, table, value):
                return False
        return True

    async def _holds(self, condition: Condition, table: Table, value: str) -> bool:
        column = table.columns[condition.column]
        operation = "eq" if condition.operator == "in" else condition.operator
        for operand in condition.operands:
            verdict = compare(operation, column.type_name, value, operand)
            if verdict is None:
                verdict = await self._compare((operation, column.type_sql, value, operand))
            if verdict:
                return True
        return False

    async def _compare(self, comparison: Comparison) -> bool:
        if comparison not in self._compared:
            operation, type_sql, left, right = comparison
            # The operator is one of ours, the type's name was formatted by the catalogue.
            statement = f"SELECT $1::text::{type_sql} {SQL_OPERATORS[operation]} $2::text::{type_sql}"
            try:
                self._compared[comparison] = bool(await self._connection.fetchval(statement, left, right))
            except (asyncpg.DataError, asyncpg.SyntaxOrAccessError):
                # The column changed its type after the filter was checked: nothing passes any more.
                self._compared[comparison] = False
        return self._compared[comparison]

    async def _hide(self, announcements: list[Announcement]) -> None:
        """Take away the hits that row-level security does not let through."""
        for table, lines in _guarded(announcements).items():
            wanted: dict[Viewer, dict[int, tuple[str, ...]]] = {}
            for line in lines:
                key = key_of(announcements[line].change, table)
                for viewer in {subscription.viewer for subscription, _ in announcements[line].hits}:
                    if key is not None:
                        wanted.setdefault(viewer, {})[line] = key
            # Who may not read the key is told so instead, which needs no look at the row.
            refused = {viewer for viewer in wanted if not _reads_key(table, viewer)}
            asked = {viewer: keys for viewer, keys in wanted.items() if viewer not in refused}
            seen = await seen_lines(self._connection, table, asked)
            for line in lines:
                hits = announcements[line].hits
                hits[:] = [hit for hit in hits if hit[0].viewer in refused or (hit[0].viewer, line) in seen]

    async def _send(self, announcements: list[Announcement], written: Written) -> None:
        sent_bytes = 0
        for announcement in announcements:
            cache: Frames = {}
            data: dict[frozenset[str], str] = {}
            for subscription, ids, seen in _parcels(announcement):
                channel = subscription.channel
                if not channel.joined:
                    continue
                version, topic = channel.socket.version, channel.topic
                frame = cache.get((version, topic, ids, seen))
                if frame is None:
                    if seen not in data:
                        data[seen] = _data(announcement, written, seen)
                    payload = f'{{"ids":[{",".join(map(str, ids))}],"data":{data[seen]}}}'
                    frame = frames.write(version, topic, "postgres_changes", payload)
                    cache[version, topic, ids, seen] = frame
                channel.socket.send(frame)
                sent_bytes += len(frame)
                if sent_bytes > _SENT_BEFORE_YIELD_BYTES:
                    sent_bytes = 0
                    await asyncio.sleep(0)


def _guarded(announcements: list[Announcement]) -> dict[Table, list[int]]:
    guarded: dict[Table, list[int]] = {}
    for line, announcement in enumerate(announcements):
        table = announcement.table
        if table.row_security and table.key and announcement.change.kind is not Kind.DELETE:
            guarded.setdefault(table, []).append(line)
    return guarded


def _reads_key(table: Table, viewer: Viewer) -> bool:
    return {column.name for column in table.key} <= table.selectable(viewer.role)


def _parcels(announcement: Announcement) -> Iterator[tuple[Subscription, tuple[int, ...], frozenset[str]]]:
    """Per channel one frame, or one for each set of columns that its bindings select."""
    table = announcement.table
    key = {column.name for column in table.key}
    for subscription, bindings in announcement.hits:
        selectable = table.selectable(subscription.viewer.role)
        by_columns: dict[frozenset[str], list[int]] = {}
        for binding in bindings:
            seen = selectable if binding.select is None else selectable & (binding.select | key)
            by_columns.setdefault(seen, []).append(binding.id)
        for seen, ids in by_columns.items():
            yield subscription, tuple(dict.fromkeys(ids)), seen


def _data(announcement: Announcement, written: Written, seen: frozenset[str]) -> str:
    a = announcement
    return data_json(a.change, a.table, a.rows, a.committed_at, written, seen)
