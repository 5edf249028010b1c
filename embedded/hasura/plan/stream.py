"""Streams as plans: the rows after a position, in the order of one column, a batch at a time."""

from dataclasses import replace

from embedded.hasura.document.tree import Chosen, Entries, InputValue, Listed, Null, Selected
from embedded.hasura.errors import invalid
from embedded.hasura.plan.permissions import visible_list
from embedded.hasura.plan.tree import ListOf, Member, OrderByColumn, Ordering, RootQuery, Rows
from embedded.hasura.plan.values import row_count, single
from embedded.hasura.schema.conditions import (
    ColumnOf,
    Compare,
    Condition,
    Constant,
    Parameter,
    RequestVariable,
    StreamPosition,
    both,
)
from embedded.hasura.schema.meanings import OnColumn
from embedded.hasura.schema.names import scalar_name
from embedded.hasura.schema.stream_types import INITIAL_VALUE, ORDERING
from embedded.hasura.schema.tracked import TrackedColumn, TrackedTable
from embedded.hasura.schema.view import RoleView


def stream_query(
    selected: Selected, table: TrackedTable, view: RoleView, where: Condition, members: tuple[Member, ...]
) -> RootQuery:
    """The plan of a streaming field; `where` is what the client wants of the rows.

    Raises:
        EngineError: validation-failed, unless exactly one column is given to go by.
    """
    column, start, direction = _cursor(selected)
    position = Parameter(StreamPosition(start), column.type)
    beyond = Compare(ColumnOf(column.name), "_gt" if direction == "asc" else "_lt", position)
    rows = Rows(
        table=table.name,
        where=both(beyond, where),
        ordering=(Ordering(OrderByColumn(column.name), direction),),
        limit=row_count(selected.arguments.get("batch_size")),
    )
    listed = ListOf(visible_list(view, table, rows), members)
    return replace(RootQuery(selected.key, "list", listed, selected.path), cursor=column.name)


def _cursor(selected: Selected) -> tuple[TrackedColumn, Constant | RequestVariable, str]:
    given = selected.arguments.get("cursor")
    found: list[tuple[TrackedColumn, InputValue, str]] = []
    for item in given.items if isinstance(given, Listed) else ():
        members = {member.name: member.value for member in item.members} if isinstance(item, Entries) else {}
        ordering, values = members.get(ORDERING), members.get(INITIAL_VALUE)
        direction = ordering.value if isinstance(ordering, Chosen) else "asc"
        columns = values.members if isinstance(values, Entries) else ()
        found.extend((m.meaning.column, m.value, direction) for m in columns if isinstance(m.meaning, OnColumn))
    match found:
        case [(column, value, direction)]:
            return column, _start(column, value), direction
        case []:
            raise invalid("one streaming column field is expected", f"{selected.path}.args")
        case _:
            raise invalid("multiple column cursors are not supported yet", f"{selected.path}.args")


def _start(column: TrackedColumn, value: InputValue) -> Constant | RequestVariable:
    if isinstance(value, Null):
        if not column.nullable:
            shown = scalar_name(column.type.element or column.type)
            raise invalid(f"unexpected null value for type '{shown}'", value.path)
        return Constant(None)
    source = single(value, column.type).source
    if isinstance(source, Constant | RequestVariable):
        return source
    raise TypeError(type(source))
