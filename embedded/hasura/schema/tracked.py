"""Metadata joined with the catalogue: what is tracked and consistent, the same for every role."""

from dataclasses import dataclass, field
from typing import Any, Literal

from embedded.hasura.catalogue.tree import Relation, SqlType, UniqueKey
from embedded.hasura.metadata.actions import Action, CustomTypes
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.metadata.tables import CustomRootFields
from embedded.hasura.schema.action_output import ExpectedOutput
from embedded.hasura.schema.conditions import TRUE, Condition

ADMIN = "admin"


class Inconsistency(Exception):  # noqa: N818  - it is reported, not raised to callers
    """Why one object of the metadata cannot be used."""


@dataclass(frozen=True)
class InconsistentObject:
    """An object of the metadata that was left out, as `get_inconsistent_metadata` shows it."""

    kind: str
    name: str
    reason: str
    definition: Any

    def as_json(self) -> dict[str, Any]:
        """The entry of the list of inconsistent objects."""
        return {"type": self.kind, "name": self.name, "reason": self.reason, "definition": self.definition}


@dataclass(frozen=True)
class TrackedColumn:
    """A column: `name` in the database, `field` in GraphQL."""

    name: str
    field: str
    type: SqlType
    nullable: bool
    description: str | None


@dataclass(frozen=True)
class TrackedRelationship:
    """A relationship to `target`, joined by `mapping` (my column, its column)."""

    name: str
    kind: Literal["object", "array"]
    target: QualifiedName
    mapping: tuple[tuple[str, str], ...]
    nullable: bool
    follows_own_key: bool
    description: str | None = None


@dataclass(frozen=True)
class SelectGrant:
    """What a role may read of a table: `columns` by database name, None for all."""

    columns: frozenset[str] | None
    condition: Condition
    limit: int | None
    allow_aggregations: bool
    query_root_fields: frozenset[str] | None
    subscription_root_fields: frozenset[str] | None

    def sees(self, column: str) -> bool:
        """Whether the column may be read."""
        return self.columns is None or column in self.columns


ADMIN_GRANT = SelectGrant(
    None, TRUE, None, allow_aggregations=True, query_root_fields=None, subscription_root_fields=None
)


@dataclass(frozen=True)
class TrackedTable:
    """A tracked table with everything resolved."""

    name: QualifiedName
    graphql_name: str
    description: str | None
    relation: Relation
    columns: dict[str, TrackedColumn]
    primary_key: UniqueKey | None
    root_fields: CustomRootFields
    relationships: dict[str, TrackedRelationship] = field(default_factory=dict[str, TrackedRelationship])
    grants: dict[str, SelectGrant] = field(default_factory=dict[str, SelectGrant])

    def grant(self, role: str) -> SelectGrant | None:
        """What `role` may read here, None for nothing."""
        return ADMIN_GRANT if role == ADMIN else self.grants.get(role)


@dataclass(frozen=True)
class TrackedAction:
    """An action whose handler URL, headers and output type are resolved."""

    action: Action
    url: str
    headers: tuple[tuple[str, str], ...]
    output: ExpectedOutput

    def allows(self, role: str) -> bool:
        """Whether `role` may call it."""
        return role == ADMIN or any(permission.role == role for permission in self.action.permissions)


@dataclass(frozen=True)
class Tracked:
    """Everything the engine serves, and what it had to leave out."""

    tables: dict[QualifiedName, TrackedTable]
    actions: dict[str, TrackedAction]
    custom_types: CustomTypes
    inconsistent: tuple[InconsistentObject, ...]
