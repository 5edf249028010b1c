"""Inserts, updates and deletes as SQL.

Each statement answers one row for every row it wrote: whether the role's check holds for it, then what was asked of it.
A check that comes out as NULL does not hold. Sub-selects in RETURNING see the tables as they were before the statement,
so what relationships of written rows lead to is read by `reread_statement` afterwards.
"""

# ruff: noqa: S608  - writing SQL is this room's work; values are parameters, identifiers are quoted

from dataclasses import dataclass

from embedded.hasura.catalogue.tree import SqlType
from embedded.hasura.metadata.names import QualifiedName, quoted
from embedded.hasura.plan.tree import Member
from embedded.hasura.plan.write_tree import Change, Conflict, Delete, Insert, NewRow, Update
from embedded.hasura.schema.conditions import TRUE, Condition, Parameter, Supplied
from embedded.hasura.sql.conditions import condition
from embedded.hasura.sql.new_rows import new_rows
from embedded.hasura.sql.select import Statement, object_of
from embedded.hasura.sql.writer import Writer, column

WRITTEN_ROWS = "written_rows"

Objects = tuple[tuple[Member, ...], ...]


@dataclass(frozen=True)
class Wanted:
    """What to say of each written row: itself as text, columns as texts, objects as JSON; in this order."""

    record: bool = False
    columns: tuple[str, ...] = ()
    objects: Objects = ()


def insert_statement(insert: Insert, rows: tuple[NewRow, ...], wanted: Wanted, path: str) -> Statement:
    """The insert of some of an insert's rows, without what is nested in them.

    Raises:
        EngineError: validation-failed, if they have too many values for one statement.
    """
    writer = Writer()
    row = writer.alias()
    values = [{**insert.given, **one.values} for one in rows]
    columns = tuple({name: None for one in values for name in one}) or (insert.any_column,)
    source = new_rows(writer, values, columns, path)
    names = ", ".join(quoted(name) for name in columns)
    conflict = "" if insert.conflict is None else _on_conflict(writer, insert.conflict, row)
    permitted = _permitted(writer, insert, row)
    sql = f"INSERT INTO {insert.table.sql} AS {row} ({names}) {source}{conflict}"
    return _written(writer, sql, permitted, wanted, row, path)


def update_statement(update: Update, wanted: Wanted) -> Statement:
    """The update of all rows that meet its condition."""
    writer = Writer()
    row = writer.alias()
    changes = ", ".join(f"{quoted(change.column)} = {_changed(writer, change, row)}" for change in update.changes)
    sql = f"UPDATE {update.table.sql} AS {row} SET {changes}{_where(writer, update.where, row)}"
    return _written(writer, sql, _holds(writer, update.check, row), wanted, row, update.path)


def delete_statement(delete: Delete, wanted: Wanted) -> Statement:
    """The deletion of all rows that meet its condition."""
    writer = Writer()
    row = writer.alias()
    sql = f"DELETE FROM {delete.table.sql} AS {row}{_where(writer, delete.where, row)}"
    return _written(writer, sql, "TRUE", wanted, row, delete.path)


def reread_statement(table: QualifiedName, objects: Objects, path: str) -> Statement:
    """The objects of rows that were written before, which the host gives as texts: one row for each, in their order."""
    writer = Writer()
    row = writer.alias()
    row_type = SqlType(table.name, table.sql, "C")
    records = writer.bound(Parameter(Supplied(WRITTEN_ROWS, is_list=True), row_type, as_array=True))
    selected = ", ".join(object_of(writer, members, row) for members in objects)
    return Statement(f"SELECT {selected} FROM unnest({records}) AS {row}", tuple(writer.parameters), (), (path,))


def _written(writer: Writer, sql: str, permitted: str, wanted: Wanted, row: str, path: str) -> Statement:
    answers = [permitted]
    if wanted.record:
        answers.append(f"({row}.*)::text")
    answers.extend(f"{column(row, name)}::text" for name in wanted.columns)
    answers.extend(object_of(writer, members, row) for members in wanted.objects)
    return Statement(f"{sql} RETURNING {', '.join(answers)}", tuple(writer.parameters), (), (path,))


def _on_conflict(writer: Writer, conflict: Conflict, row: str) -> str:
    target = f" ON CONFLICT ON CONSTRAINT {quoted(conflict.constraint)}"
    if not conflict.columns:
        return f"{target} DO NOTHING"
    changes = [f"{quoted(name)} = EXCLUDED.{quoted(name)}" for name in conflict.columns]
    changes.extend(f"{quoted(name)} = {writer.bound(value)}" for name, value in conflict.presets)
    return f"{target} DO UPDATE SET {', '.join(changes)}{_where(writer, conflict.where, row)}"


def _permitted(writer: Writer, insert: Insert, row: str) -> str:
    """Whether a row may stand as it is; one that was there already is held to the check of updates."""
    inserted = insert.check
    updated = None if insert.conflict is None or not insert.conflict.columns else insert.conflict.check
    if updated is None or updated == inserted:
        return _holds(writer, inserted, row)
    # A row version that no transaction has replaced or locked yet is new.
    return f"CASE WHEN {row}.xmax = 0 THEN {_holds(writer, inserted, row)} ELSE {_holds(writer, updated, row)} END"


def _holds(writer: Writer, check: Condition, row: str) -> str:
    return "TRUE" if check == TRUE else f"coalesce({condition(writer, check, row, row)}, FALSE)"


def _where(writer: Writer, where: Condition, row: str) -> str:
    return "" if where == TRUE else f" WHERE {condition(writer, where, row, row)}"


def _changed(writer: Writer, change: Change, row: str) -> str:
    old, value = column(row, change.column), writer.bound(change.value)
    match change.operator:
        case "_set":
            return value
        case "_inc":
            return f"{old} + {value}"
        case "_append":
            return f"{old} || {value}"
        case "_prepend":
            return f"{value} || {old}"
        case "_delete_at_path":
            return f"{old} #- {value}"
        case _:
            return f"{old} - {value}"
