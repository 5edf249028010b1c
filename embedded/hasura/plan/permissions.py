"""The one place where permissions enter a plan.

Every `Rows` and every EXISTS that a client's request leads to is made here, so a plan without its role's row filter
cannot be written elsewhere by accident; the conditions, checks and presets of every change come from here as well.
Relationships inside a permission's own filter are not restricted again: that is how the filter language is defined.
"""

from dataclasses import replace

from embedded.hasura.plan.tree import Rows
from embedded.hasura.schema.calls import called_on_row
from embedded.hasura.schema.conditions import (
    TRUE,
    AggregateOf,
    Call,
    ColumnOf,
    Condition,
    Exists,
    Guarded,
    Rooted,
    Source,
    Subject,
    both,
)
from embedded.hasura.schema.tracked import TrackedColumn, TrackedComputed, TrackedRelationship, TrackedTable
from embedded.hasura.schema.view import RoleView
from embedded.hasura.schema.write_grants import InsertGrant, Presets, UpdateGrant
from embedded.hasura.schema.write_view import delete_grant, insert_grant, update_grant

Mapping = tuple[tuple[str, str], ...]


def visible(view: RoleView, table: TrackedTable, wanted: Condition = TRUE) -> Condition:
    """`wanted`, and what the role may see of the table."""
    return both(view.grant(table).condition, wanted)


def visible_rows(view: RoleView, table: TrackedTable, rows: Rows) -> Rows:
    """The rows, less those the role may not see."""
    return replace(rows, where=visible(view, table, rows.where))


def visible_list(view: RoleView, table: TrackedTable, rows: Rows) -> Rows:
    """The rows the role may see, and no more of them than it may have at once."""
    return replace(visible_rows(view, table, rows), limit_max=view.grant(table).limit)


def cell(view: RoleView, column: TrackedColumn) -> ColumnOf | Guarded:
    """The column, in rows where the role may see it."""
    table = view.tracked.tables[column.table]
    seen = view.grant(table).cells.get(column.name)
    return ColumnOf(column.name) if seen is None else Guarded(ColumnOf(column.name), seen)


def computed_cell(view: RoleView, computed: TrackedComputed, call: Call | None = None) -> Subject:
    """The value of a computed field, in rows where the role may see it; `call` if the client passes arguments."""
    seen = view.grant(view.tracked.tables[computed.table]).cells.get(computed.name)
    value = called_on_row(computed) if call is None else call
    return value if seen is None else Guarded(value, seen)


def related_exists(
    view: RoleView, relationship: TrackedRelationship, target: TrackedTable, wanted: Condition
) -> Condition:
    """Whether a related row exists that the role may see and that meets `wanted`."""
    return Exists(target.name, relationship.mapping, Rooted(visible(view, target, wanted)))


def computed_exists(view: RoleView, computed: TrackedComputed, target: TrackedTable, wanted: Condition) -> Condition:
    """Whether a computed field has a row that the role may see and that meets `wanted`."""
    return Exists(called_on_row(computed), (), Rooted(visible(view, target, wanted)))


class RelatedAggregates:
    """Aggregates over the rows of a source that the role may see."""

    def __init__(self, view: RoleView, source: Source, mapping: Mapping, target: TrackedTable) -> None:
        self._view = view
        self._source = source
        self._mapping = mapping
        self._target = target

    def of(
        self,
        function: str,
        columns: tuple[Subject, ...] = (),
        *,
        wanted: Condition = TRUE,
        distinct: bool = False,
    ) -> AggregateOf:
        """The aggregate over those of the rows that meet `wanted`."""
        where = Rooted(visible(self._view, self._target, wanted))
        return AggregateOf(self._source, self._mapping, where, function, columns, distinct)


def insert_presets(view: RoleView, table: TrackedTable) -> Presets:
    """What is filled into every row the role inserts, whatever it says itself."""
    return _insert_grant(view, table).presets


def insert_check(view: RoleView, table: TrackedTable) -> Condition:
    """What a row must be like that the role inserts."""
    return _insert_grant(view, table).check


def updatable(view: RoleView, table: TrackedTable, wanted: Condition) -> Condition:
    """`wanted`, and what the role may update of the table."""
    return both(_update_grant(view, table).condition, wanted)


def update_presets(view: RoleView, table: TrackedTable) -> Presets:
    """What is filled into every row the role updates, whatever it says itself."""
    return _update_grant(view, table).presets


def update_check(view: RoleView, table: TrackedTable) -> Condition | None:
    """What a row must be like after the role updated it, None if nobody said."""
    return _update_grant(view, table).check


def deletable(view: RoleView, table: TrackedTable, wanted: Condition) -> Condition:
    """`wanted`, and what the role may delete of the table."""
    grant = delete_grant(view, table)
    if grant is None:
        raise LookupError(f"role {view.role} deletes nothing of {table.name.display}")
    return both(grant.condition, wanted)


def _insert_grant(view: RoleView, table: TrackedTable) -> InsertGrant:
    grant = insert_grant(view, table)
    if grant is None:
        raise LookupError(f"role {view.role} inserts nothing into {table.name.display}")
    return grant


def _update_grant(view: RoleView, table: TrackedTable) -> UpdateGrant:
    grant = update_grant(view, table)
    if grant is None:
        raise LookupError(f"role {view.role} updates nothing of {table.name.display}")
    return grant
