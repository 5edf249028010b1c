"""Grant and revoke permissions on tables."""

from collections.abc import Callable
from typing import Any

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.changes.change import Arguments, Command, read, table_of
from embedded.hasura.metadata.tables import DeleteGrant, InsertGrant, SelectGrant, Table, UpdateGrant
from embedded.hasura.metadata.tree import Metadata

Grant = SelectGrant | InsertGrant | UpdateGrant | DeleteGrant

_KINDS: dict[str, tuple[type[Grant], Callable[[Table], list[Any]]]] = {
    "select": (SelectGrant, lambda table: table.select_permissions),
    "insert": (InsertGrant, lambda table: table.insert_permissions),
    "update": (UpdateGrant, lambda table: table.update_permissions),
    "delete": (DeleteGrant, lambda table: table.delete_permissions),
}


def _create(kind: str) -> Command:
    model, grants = _KINDS[kind]

    def create(metadata: Metadata, arguments: Arguments) -> None:
        table = table_of(metadata, arguments)
        written = {key: value for key, value in arguments.items() if key not in {"table", "source"}}
        grant = read(model, written)
        if grant.role == "admin":
            message = f'{kind} permission for role "admin" is not allowed: admin has all permissions'
            raise EngineError("already-exists", message, path="$.args")
        if any(other.role == grant.role for other in grants(table)):
            message = f'{kind} permission already defined on table "{table.table.display}" with role "{grant.role}"'
            raise EngineError("already-exists", message, path="$.args")
        grants(table).append(grant)

    return create


def _drop(kind: str) -> Command:
    _, grants = _KINDS[kind]

    def drop(metadata: Metadata, arguments: Arguments) -> None:
        table, role = table_of(metadata, arguments), arguments.get("role")
        kept = [grant for grant in grants(table) if grant.role != role]
        if len(kept) == len(grants(table)):
            message = f'{kind} permission on "{table.table.display}" for role "{role}" does not exist'
            raise EngineError("permission-denied", message, path="$.args")
        grants(table)[:] = kept

    return drop


COMMANDS: dict[str, Command] = {
    **{f"create_{kind}_permission": _create(kind) for kind in _KINDS},
    **{f"drop_{kind}_permission": _drop(kind) for kind in _KINDS},
}
