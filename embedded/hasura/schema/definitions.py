"""Objects of the metadata as lists of inconsistent objects show them: whole, with what was left out spelled as null."""

from typing import Any

from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.metadata.tables import DeleteGrant, InsertGrant, Relationship, SelectGrant, UpdateGrant

Grant = SelectGrant | InsertGrant | UpdateGrant | DeleteGrant

_ALWAYS: dict[type[Grant], dict[str, Any]] = {
    SelectGrant: {"allow_aggregations": False, "computed_fields": []},
    InsertGrant: {"backend_only": False},
    UpdateGrant: {"backend_only": False},
    DeleteGrant: {"backend_only": False},
}


def relationship_definition(table: QualifiedName, relationship: Relationship) -> dict[str, Any]:
    """A relationship of a table."""
    return {
        "table": table._asdict(),
        "source": "default",
        "name": relationship.name,
        "comment": relationship.comment,
        "using": relationship.using.model_dump(exclude_none=True),
    }


def permission_definition(table: QualifiedName, grant: Grant) -> dict[str, Any]:
    """A permission on a table."""
    return {
        "table": table._asdict(),
        "source": "default",
        "role": grant.role,
        "comment": grant.comment,
        "permission": {**_ALWAYS[type(grant)], **grant.permission.model_dump(exclude_none=True, exclude_unset=True)},
    }


def permission_reason(table: QualifiedName, role: str, why: Exception) -> str:
    """Why a permission cannot be used, with where it is."""
    return f'in table "{table.display}": in permission for role "{role}": {why}'
