"""Resolve the insert, update and delete permissions of a table."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from embedded.hasura.metadata.labels import part_label
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.metadata.tables import DeleteGrant as WrittenDelete
from embedded.hasura.metadata.tables import InsertGrant as WrittenInsert
from embedded.hasura.metadata.tables import Table
from embedded.hasura.metadata.tables import UpdateGrant as WrittenUpdate
from embedded.hasura.schema.conditions import Constant, Parameter
from embedded.hasura.schema.definitions import permission_definition, permission_reason
from embedded.hasura.schema.filters import FilterReader, session_variable
from embedded.hasura.schema.literals import as_text
from embedded.hasura.schema.tracked import ADMIN, Inconsistency, InconsistentObject, TrackedTable
from embedded.hasura.schema.write_grants import DeleteGrant, InsertGrant, Presets, UpdateGrant

Tables = Mapping[QualifiedName, TrackedTable]
Written = WrittenInsert | WrittenUpdate | WrittenDelete


def track_write_permissions(tables: Tables, written: Table) -> list[InconsistentObject]:
    """Put the permissions of one table where roles find them; what comes back could not be used."""
    table = tables[written.table]
    reader = FilterReader(tables, table)
    refused: list[InconsistentObject] = []
    for kind, grant, put in _grants(table, written, reader):
        try:
            _refuse_admin(grant)
            put()
        except Inconsistency as why:
            name = part_label(f"{kind}_permission", grant.role, written.table)
            reason = permission_reason(written.table, grant.role, why)
            definition = permission_definition(written.table, grant)
            refused.append(InconsistentObject(f"{kind}_permission", name, reason, definition))
    return refused


def _grants(
    table: TrackedTable, written: Table, reader: FilterReader
) -> Iterator[tuple[str, Written, Callable[[], None]]]:
    """Every permission with its kind and a step that resolves it and puts it in its place."""
    for insert in written.insert_permissions:
        yield "insert", insert, lambda one=insert: table.writes.insert.update({one.role: _insert(table, one, reader)})
    for update in written.update_permissions:
        yield "update", update, lambda one=update: table.writes.update.update({one.role: _update(table, one, reader)})
    for delete in written.delete_permissions:
        yield "delete", delete, lambda one=delete: table.writes.delete.update({one.role: _delete(one, reader)})


def _refuse_admin(grant: Written) -> None:
    if grant.role == ADMIN:
        raise Inconsistency("cannot define permission as admin")


def _insert(table: TrackedTable, written: WrittenInsert, reader: FilterReader) -> InsertGrant:
    permission = written.permission
    return InsertGrant(
        columns=_columns(table, "*" if permission.columns is None else permission.columns),
        check=reader.read(permission.check),
        presets=_presets(table, permission.set),
        backend_only=permission.backend_only,
    )


def _update(table: TrackedTable, written: WrittenUpdate, reader: FilterReader) -> UpdateGrant:
    permission = written.permission
    return UpdateGrant(
        columns=_columns(table, permission.columns),
        condition=reader.read(permission.filter),
        check=None if permission.check is None else reader.read(permission.check),
        presets=_presets(table, permission.set),
        backend_only=permission.backend_only,
    )


def _delete(written: WrittenDelete, reader: FilterReader) -> DeleteGrant:
    return DeleteGrant(reader.read(written.permission.filter), written.permission.backend_only)


def _columns(table: TrackedTable, written: list[str] | str) -> frozenset[str] | None:
    if isinstance(written, str):
        return None
    for column in written:
        if column not in table.columns:
            raise Inconsistency(f'column "{column}" does not exist')
    return frozenset(written)


def _presets(table: TrackedTable, written: Mapping[str, Any]) -> Presets:
    presets: Presets = {}
    for name, value in written.items():
        column = table.columns.get(name)
        if column is None:
            raise Inconsistency(f'column "{name}" does not exist')
        constant = Constant(None if value is None else as_text(value, column.type))
        presets[name] = Parameter(session_variable(value) or constant, column.type)
    return presets
