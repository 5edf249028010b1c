"""The subscribers of one table, put together where they asked for the same and are shown the same."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from embedded.supabase.realtime.bindings import Binding
from embedded.supabase.realtime.catalogue import Table
from embedded.supabase.realtime.encode import places_of
from embedded.supabase.realtime.pgoutput import UNCHANGED, Change, Kind, Relation, Row
from embedded.supabase.realtime.registry import Subscription
from embedded.supabase.realtime.visibility import Values, Viewer

Bindings = tuple[Binding, ...]
Parcel = tuple[bytes, frozenset[str]]
"""The ids of the bindings that a frame answers, as a list in JSON, and the columns that it shows."""


@dataclass(slots=True, eq=False)
class Audience:
    """Subscriptions with the same viewer and the same bindings: one check and one encoding serve them all."""

    viewer: Viewer
    bindings: Bindings
    subscriptions: list[Subscription] = field(default_factory=list[Subscription])
    _parcels: dict[Bindings, list[Parcel]] = field(default_factory=dict[Bindings, "list[Parcel]"])

    def parcels(self, table: Table, bindings: Bindings) -> list[Parcel]:
        """One frame for these bindings, or one for each set of columns that they select."""
        found = self._parcels.get(bindings)
        if found is None:
            found = self._parcels[bindings] = _parcels(table, self.viewer.role, bindings)
        return found


Hit = tuple[Audience, Bindings]


class Plan:
    """The audiences of one table, with what was already found out about them."""

    def __init__(self, table: Table, relation: Relation, version: int, subscriptions: Iterable[Subscription]) -> None:
        self.table = table
        self.version = version
        self.roles_reading_key = frozenset(
            role for role in table.roles if {column.name for column in table.key} <= table.selectable(role)
        )
        self.unconditional: dict[Kind, list[Hit]] = {kind: [] for kind in Kind}
        self.conditional: list[Audience] = []
        self.verdicts: dict[tuple[Viewer, Values], bool] = {}
        # Who of `unconditional` is shown rows with these values.
        self.shown: dict[tuple[Kind, Values], list[Hit]] = {}
        self.places = places_of(relation, table)
        names = [column.name for column in relation.columns]
        reads = table.reads.columns if table.reads is not None else ()
        self._judged_places = [names.index(name) if name in names else -1 for name in table.judged]
        self._policy_places = [names.index(name) if name in names else -1 for name in reads]
        self._key_places = [names.index(column.name) for column in table.key if column.name in names]
        identity = {column.name for column in relation.columns if column.in_identity}
        self.deletions_tell_all = set(reads) <= identity
        for audience in _audiences(table, subscriptions):
            self._place(audience)

    def key(self, row: Row) -> Values | None:
        """The primary key's values in a row of the log, None if it lacks one of them."""
        values = _at(row, self._key_places) if len(self._key_places) == len(self.table.key) else None
        # An identity that is not the primary key leaves the key's places null.
        return None if values is None or None in values else values

    def policy_values(self, row: Row) -> Values | None:
        """The values that the policies look at, None if the row lacks one of them."""
        return _at(row, self._policy_places)

    def judged_values(self, change: Change) -> dict[int, str | None]:
        """The values that the policies name, by their number; without those that the log lacks."""
        row = change.new or ()
        found = ((i, row[place]) for i, place in enumerate(self._judged_places) if 0 <= place < len(row))
        return {i: None if value is None else str(value) for i, value in found if value is not UNCHANGED}

    def _place(self, audience: Audience) -> None:
        if any(binding.conditions for binding in audience.bindings):
            self.conditional.append(audience)
            return
        for kind in Kind:
            wanted = tuple(binding for binding in audience.bindings if binding.wants(kind))
            if wanted:
                self.unconditional[kind].append((audience, wanted))


def _audiences(table: Table, subscriptions: Iterable[Subscription]) -> Iterable[Audience]:
    audiences: dict[tuple[Viewer, Bindings], Audience] = {}
    for subscription in subscriptions:
        bindings = tuple(binding for binding in subscription.bindings if binding.covers(table.schema, table.name))
        viewer = Viewer.of(subscription.claims, table.reads)
        audience = audiences.setdefault((viewer, bindings), Audience(viewer, bindings))
        audience.subscriptions.append(subscription)
    return audiences.values()


def _parcels(table: Table, role: str, bindings: Bindings) -> list[Parcel]:
    key, selectable = {column.name for column in table.key}, table.selectable(role)
    by_columns: dict[frozenset[str], list[int]] = {}
    for binding in bindings:
        seen = selectable if binding.select is None else selectable & (binding.select | key)
        by_columns.setdefault(seen, []).append(binding.id)
    return [(json.dumps(list(dict.fromkeys(ids))).encode(), seen) for seen, ids in by_columns.items()]


def _at(row: Row, places: list[int]) -> Values | None:
    values = list[str | None]()
    for place in places:
        value = row[place] if 0 <= place < len(row) else UNCHANGED
        if value is UNCHANGED:
            return None
        values.append(None if value is None else str(value))
    return tuple(values)
