"""Columns that a client chose by an enum of columns."""

from embedded.hasura.document.tree import Chosen, InputValue, Listed
from embedded.hasura.schema.tracked import TrackedColumn, TrackedTable


def chosen_columns(table: TrackedTable, value: InputValue | None) -> tuple[TrackedColumn, ...]:
    """The columns that a value, one or a list, names; none of nothing."""
    items = value.items if isinstance(value, Listed) else (value,)
    return tuple(table.columns[item.value] for item in items if isinstance(item, Chosen))
