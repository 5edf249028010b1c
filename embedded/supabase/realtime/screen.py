"""Takes away from each change the audiences that row-level security hides it from."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from embedded.supabase.database import Connection
from embedded.supabase.realtime.audience import Hit, Plan
from embedded.supabase.realtime.catalogue import Table
from embedded.supabase.realtime.encode import Rows, rows_of
from embedded.supabase.realtime.pgoutput import Change, Kind, Piece
from embedded.supabase.realtime.visibility import Values, Viewer, await_visible, lasting_lines, seen_lines, verdicts

_REMEMBERED_MAX = 100_000
_VERDICTS_MAX = 200_000
_SHOWN_MAX = 10_000
Key = tuple[str | None, ...]
Judged = list[tuple[Viewer, Values]]


@dataclass(eq=False)
class Announcement:
    """One change with the audiences that asked for it and, once screened, may see it.

    `values` are those that simple policies look at, None where they are not known; `hidden` says that the row did not
    outlive its transaction.
    """

    change: Change
    plan: Plan
    committed_at: datetime
    transaction: int
    values: Values | None = None
    final_values: Values | None = None
    hidden: bool = False
    hits: list[Hit] = field(default_factory=list["Hit"])

    _rows: Rows | None = None

    @property
    def rows(self) -> Rows:
        """What is announced, read from the log when somebody is to hear of it."""
        if self._rows is None:
            self._rows = rows_of(self.change, self.plan.table, self.plan.places)
        return self._rows


class Screen:
    """Asks PostgreSQL on one connection, and remembers the verdicts of simple policies."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # A deletion names only the key, so what the policies look at is kept from the row's last change.
        self._remembered: dict[int, OrderedDict[Key, Values]] = {}

    def forget(self, oid: int) -> None:
        """Changes of this table were not looked at: what is remembered of its rows may be wrong."""
        self._remembered.pop(oid, None)

    def look(self, announcements: list[Announcement]) -> None:
        """Note what the policies will want to know, for the changes of one transaction."""
        ends: dict[tuple[int, Key], Values | None] = {}
        for announcement in announcements:
            self._look(announcement, ends)
        if len(announcements) > 1:
            for announcement in announcements:
                _compare_with_end(announcement, ends)

    async def hide(self, announcements: list[Announcement]) -> None:
        """Leave each change the hits that row-level security lets through."""
        guarded: dict[Table, list[Announcement]] = {}
        for announcement in announcements:
            table = announcement.plan.table
            if announcement.hidden:
                announcement.hits = []
            elif table.row_security and table.key and announcement.hits:
                guarded.setdefault(table, []).append(announcement)
        for table, found in guarded.items():
            by_values = [a for a in found if table.reads is not None and a.values is not None]
            by_rows = [a for a in found if a.values is None and a.change.kind is not Kind.DELETE]
            if by_values:
                await self._by_values(table, by_values)
            if by_rows:
                await self._by_rows(table, by_rows)

    def _look(self, announcement: Announcement, ends: dict[tuple[int, Key], Values | None]) -> None:
        change, plan = announcement.change, announcement.plan
        if not plan.table.row_security or plan.table.reads is None:
            return
        oid = change.relation.oid
        remembered = self._remembered.get(oid)
        if remembered is None:
            remembered = self._remembered[oid] = OrderedDict()
        old_key = plan.key(change.old) if change.old is not None else None
        if change.kind is Kind.DELETE:
            # The log shows the other columns as null, unless it has the whole row.
            tells_all = change.old is not None and (change.old_is_whole or plan.deletions_tell_all)
            announcement.values = plan.policy_values(change.old) if change.old is not None and tells_all else None
            if announcement.values is None and old_key is not None:
                announcement.values = remembered.get(old_key)
        elif change.new is not None:
            announcement.values = plan.policy_values(change.new)
        if old_key is not None:
            ends[oid, old_key] = None
            remembered.pop(old_key, None)
        key = plan.key(change.new) if change.new is not None else None
        if key is not None and announcement.values is not None:
            ends[oid, key] = announcement.values
            if not plan.deletions_tell_all:
                _remember(remembered, key, announcement.values)

    async def _by_values(self, table: Table, announcements: list[Announcement]) -> None:
        missing: dict[Viewer, set[Values]] = {}
        unsettled = [announcement for announcement in announcements if not _settled(announcement)]
        for announcement in unsettled:
            known = announcement.plan.verdicts
            for viewer in {audience.viewer for audience, _ in announcement.hits}:
                for values in _looked_at(announcement):
                    if (viewer, values) not in known:
                        missing.setdefault(viewer, set()).add(values)
        if missing and table.reads is not None:
            found = await verdicts(self._connection, table, table.reads, missing)
            for plan in {announcement.plan for announcement in unsettled}:
                if len(plan.verdicts) > _VERDICTS_MAX:
                    plan.verdicts.clear()
                plan.verdicts.update(found)
        for announcement in unsettled:
            _keep(announcement)

    async def _by_rows(self, table: Table, announcements: list[Announcement]) -> None:
        wanted: dict[Viewer, dict[int, Values]] = {}
        for line, announcement in enumerate(announcements):
            change, plan = announcement.change, announcement.plan
            key = plan.key(change.new) if change.new is not None else None
            for viewer in {audience.viewer for audience, _ in announcement.hits}:
                # Who may not read the key is told so instead, which needs no look at the row.
                if key is not None and viewer.role in plan.roles_reading_key:
                    wanted.setdefault(viewer, {})[line] = key
        seen = await self._seen(table, wanted, announcements) if wanted else set[tuple[Viewer, int]]()
        for line, announcement in enumerate(announcements):
            readers = announcement.plan.roles_reading_key
            announcement.hits = [
                hit for hit in announcement.hits if hit[0].viewer.role not in readers or (hit[0].viewer, line) in seen
            ]

    async def _seen(
        self, table: Table, wanted: dict[Viewer, dict[int, Values]], announcements: list[Announcement]
    ) -> set[tuple[Viewer, int]]:
        """The wanted pairs whose row may be seen and is still what the change made of it, where that matters."""
        # A commit is in the log a moment before its rows can be read.
        await await_visible(self._connection, (announcement.transaction for announcement in announcements))
        keys = {line: key for lines in wanted.values() for line, key in lines.items()}
        images = {
            line: (key, announcements[line].plan.judged_values(announcements[line].change))
            for line, key in keys.items()
        }
        # One snapshot for both questions: in between the row could become somebody else's.
        async with self._connection.transaction(isolation="repeatable_read"):
            seen = await seen_lines(self._connection, table, wanted)
            lasting = await lasting_lines(self._connection, table, images)
        return {(viewer, line) for viewer, line in seen if line in lasting}


def _remember(rows: OrderedDict[Key, Values], key: Key, values: Values) -> None:
    rows[key] = values
    rows.move_to_end(key)
    if len(rows) > _REMEMBERED_MAX:
        rows.popitem(last=False)


def _looked_at(announcement: Announcement) -> Iterable[Values]:
    return {values for values in (announcement.values, announcement.final_values) if values is not None}


def _settled(announcement: Announcement) -> bool:
    """Take the hits that an earlier change with the same values had; False if there was none."""
    plan, values = announcement.plan, announcement.values
    if values is None or announcement.final_values not in {None, values}:
        return False
    if announcement.hits is not plan.unconditional[announcement.change.kind]:
        return False
    shown = plan.shown.get((announcement.change.kind, values))
    if shown is not None:
        announcement.hits = shown
    return shown is not None


def _keep(announcement: Announcement) -> None:
    plan, kind, values = announcement.plan, announcement.change.kind, list(_looked_at(announcement))
    before = announcement.hits
    announcement.hits = [
        (audience, bindings)
        for audience, bindings in before
        if audience.viewer.role not in plan.roles_reading_key
        or all(plan.verdicts[audience.viewer, value] for value in values)
    ]
    if before is plan.unconditional[kind] and len(values) == 1:
        if len(plan.shown) >= _SHOWN_MAX:
            plan.shown.clear()
        plan.shown[kind, values[0]] = announcement.hits


def _compare_with_end(announcement: Announcement, ends: dict[tuple[int, Key], Values | None]) -> None:
    """A row that its own transaction deleted or changed again was never there to be seen as it was in between."""
    change, plan = announcement.change, announcement.plan
    key = plan.key(change.new) if change.new is not None else None
    if key is None or (change.relation.oid, key) not in ends:
        return
    end = ends[change.relation.oid, key]
    announcement.hidden = end is None
    announcement.final_values = end


def transactions_of(pieces: Iterable[Piece]) -> set[int]:
    """The ids of the transactions that these pieces belong to."""
    return {piece.transaction for piece in pieces}
