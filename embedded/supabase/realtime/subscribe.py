"""A channel's bindings, checked against the database before changes are promised to it."""

from dataclasses import replace

import asyncpg

from embedded.supabase.database import Connection
from embedded.supabase.json_values import Object
from embedded.supabase.realtime.bindings import Binding, BindingError, read_binding
from embedded.supabase.realtime.catalogue import Column, Table, published
from embedded.supabase.realtime.filters import Condition, statement_of

_UNABLE = "Unable to subscribe to changes with given parameters. "
_NOT_PUBLISHED = _UNABLE + "Please check Realtime is enabled for the given connect parameters: "
_INVALID = _UNABLE + "An exception happened so please check your connect parameters: "
_TRUTHS = ("null", "true", "false", "unknown")
_PATTERNS = {"like": "~~", "ilike": "~~", "match": "~", "imatch": "~*"}
_HAS_OPERATOR = """
SELECT EXISTS (
    SELECT FROM pg_operator WHERE oprname = $1 AND oprleft = $2::text::regtype AND oprresult = 'bool'::regtype
)
"""


async def checked_bindings(connection: Connection, changes: tuple[Object, ...], role: str) -> tuple[Binding, ...]:
    """The bindings with their operands as the database writes them.

    Raises:
        BindingError: in words for the client, if any of them cannot be served.
    """
    return tuple([await _checked(connection, read_binding(change), role) for change in changes])


async def _checked(connection: Connection, binding: Binding, role: str) -> Binding:
    tables = await published(connection, binding.schema, binding.table, frozenset({role}))
    if not tables:
        raise BindingError(_NOT_PUBLISHED + _described(binding))
    # A token may name any role that the gateway can take on.
    usable = "SELECT pg_has_role(oid, 'MEMBER') FROM pg_roles WHERE rolname = $1"
    if not await connection.fetchval(usable, role):
        raise _invalid(binding, f"role {role} does not exist")
    for table in tables:
        for name in binding.select or ():
            if name not in table.selectable(role):
                raise _invalid(binding, f"invalid column for select {name}")
    conditions = [await _condition(connection, binding, tables[0], condition, role) for condition in binding.conditions]
    return replace(binding, conditions=tuple(conditions))


async def _condition(
    connection: Connection, binding: Binding, table: Table, condition: Condition, role: str
) -> Condition:
    column = table.columns.get(condition.column)
    if column is None or role not in column.readers:
        raise _invalid(binding, f"invalid column for filter {condition.column}")
    if condition.operator == "is":
        _check_truth(binding, column, condition)
        return condition
    if condition.operator in _PATTERNS:
        operator = _PATTERNS[condition.operator]
        if not await connection.fetchval(_HAS_OPERATOR, operator, column.type_sql):
            reason = f"operator {condition.operator} requires a text-compatible column type, got {column.type_sql}"
            raise _invalid(binding, reason)
    try:
        return await _written(connection, column, condition)
    except asyncpg.InvalidRegularExpressionError as error:
        text = f"invalid regular expression for {condition.operator} filter: {error}"
        raise _invalid(binding, text) from error
    except (asyncpg.DataError, asyncpg.SyntaxOrAccessError) as error:
        raise _invalid(binding, str(error)) from error


def _check_truth(binding: Binding, column: Column, condition: Condition) -> None:
    (word,) = condition.operands
    if word not in _TRUTHS:
        raise _invalid(binding, "invalid value for is filter: must be null, true, false, or unknown")
    if word != "null" and column.type_name != "bool":
        raise _invalid(binding, f"is {word} filter requires a boolean column, got {column.type_sql}")


async def _written(connection: Connection, column: Column, condition: Condition) -> Condition:
    # The texts are how the log will show equal values, except that a pattern must stay as it is; the comparison proves
    # that the operator exists for the type.
    written = list(condition.operands)
    if condition.operator not in _PATTERNS:
        cast = (
            f"SELECT format('%s', v::{column.type_sql}) FROM unnest($1::text[]) WITH ORDINALITY AS u (v, n) ORDER BY n"  # noqa: S608  - the type's name was formatted by the catalogue
        )
        written = [str(row[0]) for row in await connection.fetch(cast, written)]
    if written:
        await connection.fetchval(statement_of(condition, column.type_sql), written[0], written)
    return replace(condition, operands=tuple(written))


def _invalid(binding: Binding, reason: str) -> BindingError:
    return BindingError(f"{_INVALID}{_described(binding)}. Exception: ERROR P0001 (raise_exception) {reason}")


def _described(binding: Binding) -> str:
    filters = ", ".join(f'{{"{c.column}", "{c.operator}", "{",".join(c.operands)}"}}' for c in binding.conditions)
    select = "nil" if binding.select is None else f"[{', '.join(sorted(binding.select))}]"
    return (
        f"[event: {binding.event}, schema: {binding.schema}, table: {binding.table}, "
        f"filters: [{filters}], select: {select}]"
    )
