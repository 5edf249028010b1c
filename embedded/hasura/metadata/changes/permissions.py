"""Grant and revoke permissions on tables."""

from collections.abc import Callable
from typing import Any

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.changes.change import (
    About,
    Arguments,
    Command,
    read,
    table_of,
    text_in,
    without_place,
)
from embedded.hasura.metadata.labels import part_label
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

    def create(metadata: Metadata, arguments: Arguments) -> About:
        grant = read(model, without_place(arguments))
        table = table_of(metadata, arguments)
        # The administrator has every permission already.
        if grant.role == "admin" or any(other.role == grant.role for other in grants(table)):
            message = f'{kind} permission already defined on table "{table.table.display}" with role "{grant.role}"'
            raise EngineError("already-exists", message, path="$.args")
        grants(table).append(grant)
        return About(part_label(f"{kind}_permission", grant.role, table.table))

    return create


def _drop(kind: str) -> Command:
    _, grants = _KINDS[kind]

    def drop(metadata: Metadata, arguments: Arguments) -> About:
        table, role = table_of(metadata, arguments), text_in(arguments, "role")
        found = _find(kind, table, role)
        grants(table).remove(found)
        return About(part_label(f"{kind}_permission", role, table.table))

    return drop


def _find(kind: str, table: Table, role: str) -> Any:
    for grant in _KINDS[kind][1](table):
        if grant.role == role:
            return grant
    message = f'{kind} permission on "{table.table.display}" for role "{role}" does not exist'
    raise EngineError("permission-denied", message, path="$.args")


def set_permission_comment(metadata: Metadata, arguments: Arguments) -> None:
    """Say what a permission is for."""
    table, kind = table_of(metadata, arguments), text_in(arguments, "type")
    if kind not in _KINDS:
        message = "perm_type should be one of 'insert', 'select', 'update', 'delete'"
        raise EngineError("parse-failed", message, path="$.type")
    _find(kind, table, text_in(arguments, "role")).comment = arguments.get("comment")


COMMANDS: dict[str, Command] = {
    **{f"create_{kind}_permission": _create(kind) for kind in _KINDS},
    **{f"drop_{kind}_permission": _drop(kind) for kind in _KINDS},
    "set_permission_comment": set_permission_comment,
}
