"""Updates as a plan: which columns change, and of which rows."""

from collections.abc import Iterator, Mapping

from embedded.hasura.catalogue.tree import INTEGER, TEXT
from embedded.hasura.document.tree import Entries, InputValue, Listed, Null
from embedded.hasura.errors import invalid
from embedded.hasura.plan.permissions import updatable, update_check, update_presets
from embedded.hasura.plan.values import many, single, written_value
from embedded.hasura.plan.where import Where
from embedded.hasura.plan.write_tree import Change, Update
from embedded.hasura.schema.conditions import TRUE, All, ColumnOf, Compare, Condition, Constant, Parameter
from embedded.hasura.schema.meanings import OnColumn
from embedded.hasura.schema.tracked import TrackedColumn, TrackedTable
from embedded.hasura.schema.update_types import OPERATORS
from embedded.hasura.schema.view import RoleView
from embedded.hasura.schema.write_view import update_grant, writable_columns

Arguments = Mapping[str, InputValue | None]

# Each is a statement of its own.
_UPDATES_MAX = 1_000


class UpdatePlanner:
    """Plans the updates of one operation for one role."""

    def __init__(self, view: RoleView, where: Where) -> None:
        self._view = view
        self._where = where

    def where(self, table: TrackedTable, arguments: Arguments, path: str) -> Update:
        """The update of all rows that meet a condition.

        Raises:
            EngineError: validation-failed, if no change is asked for, or two of one column.
        """
        return self._update(table, arguments, self._where.read(arguments.get("where")), path)

    def key(self, table: TrackedTable, arguments: Arguments, path: str) -> Update:
        """The update of the row that a key names.

        Raises:
            EngineError: validation-failed, as for `where`.
        """
        key = arguments.get("pk_columns")
        values = {
            member.meaning.column.name: member.value
            for member in (key.members if isinstance(key, Entries) else ())
            if isinstance(member.meaning, OnColumn)
        }
        return self._update(table, arguments, by_key(table, values), path)

    def many(self, table: TrackedTable, arguments: Arguments, path: str) -> tuple[Update, ...]:
        """Several updates, to be made in order.

        Raises:
            EngineError: validation-failed, as for `where`, or if there are too many.
        """
        updates = arguments.get("updates")
        items = updates.items if isinstance(updates, Listed) else ()
        if len(items) > _UPDATES_MAX:
            raise invalid(f"more than {_UPDATES_MAX} updates in one field", path)
        return tuple(
            self.where(table, {member.name: member.value for member in item.members}, item.path)
            for item in items
            if isinstance(item, Entries)
        )

    def _update(self, table: TrackedTable, arguments: Arguments, wanted: Condition, path: str) -> Update:
        changes = tuple(self._changes(table, arguments, path))
        presets = update_presets(self._view, table).items()
        return Update(
            table=table.name,
            changes=(*(Change(name, "_set", value) for name, value in presets), *changes),
            where=updatable(self._view, table, wanted),
            check=update_check(self._view, table) or TRUE,
        )

    def _changes(self, table: TrackedTable, arguments: Arguments, path: str) -> list[Change]:
        used = {name: arguments.get(name) for name in OPERATORS if arguments.get(name) is not None}
        if not used and not update_presets(self._view, table):
            raise invalid(f"at least any one of {', '.join(self._operators(table))} is expected", path)
        changes = [
            Change(member.meaning.column.name, operator, _operand(operator, member.meaning.column, member.value))
            for operator, value in used.items()
            for member in (value.members if isinstance(value, Entries) else ())
            if isinstance(member.meaning, OnColumn)
        ]
        _refuse_twice(changes, path)
        return changes

    def _operators(self, table: TrackedTable) -> Iterator[str]:
        columns = writable_columns(table, update_grant(self._view, table))
        for name, operator in OPERATORS.items():
            if any(operator.applies(column.type) for column in columns):
                yield name


def by_key(table: TrackedTable, values: Mapping[str, InputValue]) -> Condition:
    """The condition that picks the row with these values, by database name of the column."""
    return All(
        tuple(Compare(ColumnOf(name), "_eq", single(value, table.columns[name].type)) for name, value in values.items())
    )


def _operand(operator: str, column: TrackedColumn, value: InputValue) -> Parameter:
    match operator:
        case "_delete_key":
            return Parameter(Constant(None), TEXT) if isinstance(value, Null) else single(value, TEXT)
        case "_delete_elem":
            return single(value, INTEGER)
        case "_delete_at_path":
            return many(value, TEXT)
        case _:
            return written_value(value, column)


def _refuse_twice(changes: list[Change], path: str) -> None:
    operators: dict[str, list[str]] = {}
    for change in changes:
        operators.setdefault(change.column, []).append(change.operator)
    twice = [f'"{name}" in {", ".join(used)}' for name, used in sorted(operators.items()) if len(used) > 1]
    if twice:
        raise invalid(f"column found in multiple operators; {'. '.join(twice)}", path)
