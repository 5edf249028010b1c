"""A channel's bindings, checked against the database before changes are promised to it."""

import asyncpg

from embedded.supabase.database import Connection
from embedded.supabase.json_values import Object
from embedded.supabase.realtime.bindings import Binding, BindingError, read_binding
from embedded.supabase.realtime.catalogue import ROLES, Column, Table, published
from embedded.supabase.realtime.filters import SQL_OPERATORS, Condition

_UNABLE = "Unable to subscribe to changes with given parameters. "
_NOT_PUBLISHED = _UNABLE + "Please check Realtime is enabled for the given connect parameters: "
_INVALID = _UNABLE + "An exception happened so please check your connect parameters: "


async def checked_bindings(connection: Connection, changes: tuple[Object, ...], role: str) -> tuple[Binding, ...]:
    """The bindings with their operands as the database writes them.

    Raises:
        BindingError: in words for the client, if any of them cannot be served.
    """
    return tuple([await _checked(connection, read_binding(change), role) for change in changes])


async def _checked(connection: Connection, binding: Binding, role: str) -> Binding:
    tables = await published(connection, binding.schema, binding.table)
    if not tables:
        raise BindingError(_NOT_PUBLISHED + _described(binding))
    if role not in ROLES:
        raise _invalid(binding, f"role {role} does not exist")
    for table in tables:
        for name in binding.select or ():
            if name not in table.columns:
                raise _invalid(binding, f"invalid column for select {name}")
    conditions = [await _condition(connection, binding, tables[0], condition, role) for condition in binding.conditions]
    return Binding(binding.id, binding.event, binding.schema, binding.table, tuple(conditions), binding.select)


async def _condition(
    connection: Connection, binding: Binding, table: Table, condition: Condition, role: str
) -> Condition:
    column = table.columns.get(condition.column)
    if column is None or role not in column.readers:
        raise _invalid(binding, f"invalid column for filter {condition.column}")
    try:
        operands = [await _written(connection, column, condition.operator, value) for value in condition.operands]
    except (asyncpg.DataError, asyncpg.SyntaxOrAccessError) as error:
        raise _invalid(binding, str(error)) from error
    return Condition(condition.column, condition.operator, tuple(operands))


async def _written(connection: Connection, column: Column, operation: str, value: str) -> str:
    # The comparison proves that the operator exists for the type; the text is how the log will show an equal value.
    sql = SQL_OPERATORS.get(operation, "=")
    cast = f"$1::text::{column.type_sql}"
    (row,) = await connection.fetch(f"SELECT format('%s', {cast}), {cast} {sql} {cast}", value)
    return str(row[0])


def _invalid(binding: Binding, reason: str) -> BindingError:
    return BindingError(f"{_INVALID}{_described(binding)}. Exception: ERROR P0001 (raise_exception) {reason}")


def _described(binding: Binding) -> str:
    filters = ", ".join(f'{{"{c.column}", "{c.operator}", "{",".join(c.operands)}"}}' for c in binding.conditions)
    select = "nil" if binding.select is None else f"[{', '.join(sorted(binding.select))}]"
    return (
        f"[event: {binding.event}, schema: {binding.schema}, table: {binding.table}, "
        f"filters: [{filters}], select: {select}]"
    )
