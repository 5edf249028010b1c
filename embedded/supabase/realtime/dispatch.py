"""From decoded transactions to the queues of the sockets: in commit order, only to those who may see them."""

import asyncio
from collections.abc import Callable, Iterator

import asyncpg

from embedded.supabase.database import Connection
from embedded.supabase.realtime.audience import Audience, Plan
from embedded.supabase.realtime.bindings import Binding
from embedded.supabase.realtime.catalogue import Catalogue
from embedded.supabase.realtime.encode import data_json, foreign_values
from embedded.supabase.realtime.filters import Condition, holds, statement_of
from embedded.supabase.realtime.pgoutput import Change, Kind, Piece, Relation
from embedded.supabase.realtime.registry import Registry
from embedded.supabase.realtime.screen import Announcement, Screen, transactions_of
from embedded.supabase.realtime.socket import Outbox
from embedded.supabase.realtime.stream import ReplicationStream
from embedded.supabase.realtime.transport import framed_parts
from embedded.supabase.realtime.values import Written, write_values
from embedded.supabase.realtime.visibility import await_visible

# All that piled up while the last batch was checked is checked together: a query per batch, not per transaction.
_BATCH_CHANGES_MAX = 2000
_SENT_BEFORE_YIELD_BYTES = 256_000
_COMPARE_LIMIT_S = 1.0
_MESSAGES = ("realtime", "messages")

Comparison = tuple[Condition, str, str]
Frames = dict[tuple[bytes, bytes, frozenset[str]], bytes]
"""What was framed already, by topic, ids and columns."""


class Dispatcher:
    """Works through one stream with one connection of its own; `on_message` gets the rows of realtime.messages."""

    def __init__(
        self, registry: Registry, outbox: Outbox, connection: Connection, on_message: Callable[[Change], None]
    ) -> None:
        self._registry = registry
        self._outbox = outbox
        self._connection = connection
        self._on_message = on_message
        self._catalogue = Catalogue()
        self._screen = Screen(connection)
        self._plans: dict[int, Plan] = {}
        self._compared: dict[Comparison, bool] = {}
        self._awaited = False

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
        self._compared.clear()
        self._awaited = False
        found = list[Announcement]()
        for piece in pieces:
            found += await self._announcements(piece, pieces)
        if not found:
            return
        await self._screen.hide(found)
        announced = [announcement for announcement in found if announcement.hits]
        foreign = [pair for announcement in announced for pair in foreign_values(announcement.rows)]
        written = await write_values(self._connection, foreign) if foreign else {}
        await self._send(announced, written)

    async def _announcements(self, piece: Piece, pieces: list[Piece]) -> list[Announcement]:
        """The changes of one piece that somebody asked for, not screened yet."""
        found = list[Announcement]()
        for change in piece.changes:
            relation = change.relation
            if (relation.schema, relation.name) == _MESSAGES:
                self._on_message(change)
                continue
            plan = await self._plan(relation, pieces)
            if plan is not None:
                found.append(Announcement(change, plan, piece.committed_at, piece.transaction))
        self._screen.look(found)
        for announcement in found:
            announcement.hits = announcement.plan.unconditional[announcement.change.kind]
            if announcement.plan.conditional:
                await self._add_conditional_hits(announcement)
        return found

    async def _plan(self, relation: Relation, pieces: list[Piece]) -> Plan | None:
        """The audiences of a table, None if it has none or is gone."""
        registry = self._registry
        subscriptions = registry.for_table(relation.schema, relation.name)
        if not subscriptions:
            self._screen.forget(relation.oid)
            return None
        known = self._catalogue.known(relation, registry.roles)
        if known is None:
            # A new table, too, is there only a moment after its commit is logged.
            if not self._awaited:
                await await_visible(self._connection, transactions_of(pieces))
                self._awaited = True
            known = (await self._catalogue.read(self._connection, relation, registry.roles),)
        (table,) = known
        if table is None:
            return None
        plan = self._plans.get(relation.oid)
        if plan is None or plan.table is not table or plan.version != registry.version:
            before = plan
            plan = Plan(table, relation, registry.version, subscriptions)
            if before is not None and before.table is table:
                plan.verdicts = before.verdicts
            self._plans[relation.oid] = plan
        return plan

    async def _add_conditional_hits(self, announcement: Announcement) -> None:
        plan, kind = announcement.plan, announcement.change.kind
        announcement.hits = list(announcement.hits)
        fields = announcement.rows.old_record if kind is Kind.DELETE else announcement.rows.record
        values = {column.name: text for column, text, _ in fields}
        for audience in plan.conditional:
            matched = [b for b in audience.bindings if b.wants(kind) and await self._passes(b, plan, values)]
            if matched:
                announcement.hits.append((audience, tuple(matched)))

    async def _passes(self, binding: Binding, plan: Plan, values: dict[str, str | None]) -> bool:
        for condition in binding.conditions:
            if condition.column not in values or condition.column not in plan.table.columns:
                return False
            column = plan.table.columns[condition.column]
            value = values[condition.column]
            verdict = holds(condition, column.type_name, value)
            if verdict is None and value is not None:
                verdict = await self._compare((condition, column.type_sql, value))
            if not verdict:
                return False
        return True

    async def _compare(self, comparison: Comparison) -> bool:
        if comparison not in self._compared:
            condition, type_sql, value = comparison
            try:
                statement = statement_of(condition, type_sql)
                verdict = await self._connection.fetchval(
                    statement, value, list(condition.operands), timeout=_COMPARE_LIMIT_S
                )
            except (asyncpg.DataError, asyncpg.SyntaxOrAccessError, TimeoutError):
                # The column changed its type after the filter was checked, or the pattern is one that never ends.
                verdict = False
            self._compared[comparison] = bool(verdict)
        return self._compared[comparison]

    async def _send(self, announcements: list[Announcement], written: Written) -> None:
        deliveries = self._deliveries(announcements, written)
        while True:
            sent_bytes = 0
            self._outbox.hold()
            try:
                for size in deliveries:
                    sent_bytes += size
                    if sent_bytes > _SENT_BEFORE_YIELD_BYTES:
                        break
                else:
                    return
            finally:
                self._outbox.let_go()
            await asyncio.sleep(0)

    def _deliveries(self, announcements: list[Announcement], written: Written) -> Iterator[int]:
        """Queue event after event; how many bytes each was."""
        for announcement in announcements:
            data: dict[frozenset[str], bytes] = {}
            frames = Frames()
            for audience, bindings in announcement.hits:
                for ids, seen in audience.parcels(announcement.plan.table, bindings):
                    if seen not in data:
                        data[seen] = _data(announcement, written, seen)
                    yield self._deliver(audience, ids, seen, data[seen], frames)

    def _deliver(
        self,
        audience: Audience,
        ids: bytes,
        seen: frozenset[str],
        data: bytes,
        frames: Frames,
    ) -> int:
        """How many bytes were queued; channels of the same topic and version get the very same frame."""
        sent_bytes = 0
        holds_still = self._registry.holds
        for subscription in audience.subscriptions:
            # It left, or speaks for somebody else by now.
            if not holds_still(subscription):
                continue
            channel = subscription.channel
            head, tail = channel.envelope
            frame = frames.get((head, ids, seen))
            if frame is None:
                frame = framed_parts(head, b'{"ids":', ids, b',"data":', data, b"}", tail)
                frames[head, ids, seen] = frame
            channel.socket.send_framed(frame)
            sent_bytes += len(frame)
        return sent_bytes


def _data(announcement: Announcement, written: Written, seen: frozenset[str]) -> bytes:
    a = announcement
    return data_json(a.change, a.plan.table, a.rows, a.committed_at, written, seen).encode()
