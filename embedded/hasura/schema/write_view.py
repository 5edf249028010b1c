"""What one role may change of the tracked tables, as far as Postgres can change them at all."""

from embedded.hasura.schema.names import is_graphql_name
from embedded.hasura.schema.tracked import ADMIN, TrackedColumn, TrackedTable
from embedded.hasura.schema.view import RoleView
from embedded.hasura.schema.write_grants import (
    ADMIN_DELETE,
    ADMIN_INSERT,
    ADMIN_UPDATE,
    DeleteGrant,
    InsertGrant,
    UpdateGrant,
)


def insert_grant(view: RoleView, table: TrackedTable) -> InsertGrant | None:
    """What the role may insert, None for nothing."""
    grant = ADMIN_INSERT if view.role == ADMIN else table.writes.insert.get(view.role)
    return grant if grant is not None and _usable(view, grant, possible=table.relation.writes.insert) else None


def update_grant(view: RoleView, table: TrackedTable) -> UpdateGrant | None:
    """What the role may update, None for nothing."""
    grant = ADMIN_UPDATE if view.role == ADMIN else table.writes.update.get(view.role)
    return grant if grant is not None and _usable(view, grant, possible=table.relation.writes.update) else None


def delete_grant(view: RoleView, table: TrackedTable) -> DeleteGrant | None:
    """What the role may delete, None for nothing."""
    grant = ADMIN_DELETE if view.role == ADMIN else table.writes.delete.get(view.role)
    return grant if grant is not None and _usable(view, grant, possible=table.relation.writes.delete) else None


def _usable(view: RoleView, grant: InsertGrant | UpdateGrant | DeleteGrant, *, possible: bool) -> bool:
    return possible and (view.backend or not grant.backend_only)


def writable_columns(table: TrackedTable, grant: InsertGrant | UpdateGrant | None) -> list[TrackedColumn]:
    """The columns a role may give values for: granted, not preset, and not filled by Postgres alone."""
    if grant is None:
        return []
    return [
        column
        for column in table.columns.values()
        if (grant.columns is None or column.name in grant.columns)
        and column.name not in grant.presets
        and table.relation.columns_by_name[column.name].writable
        and is_graphql_name(column.field)
    ]
