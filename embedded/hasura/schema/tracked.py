"""Metadata joined with the catalogue: what is tracked and consistent, the same for every role."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from embedded.hasura.catalogue.tree import EnumType, Relation, SqlType, UniqueKey
from embedded.hasura.metadata.actions import Action, CustomTypes
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.metadata.tables import CustomRootFields
from embedded.hasura.metadata.transforms import RequestTransform, ResponseTransform
from embedded.hasura.schema.action_output import ExpectedOutput
from embedded.hasura.schema.conditions import TRUE, Condition
from embedded.hasura.schema.write_grants import WriteGrants

ADMIN = "admin"

_SAID = "Inconsistent object: "


class Inconsistency(Exception):  # noqa: N818  - it is reported, not raised to callers
    """Why one object of the metadata cannot be used."""


@dataclass(frozen=True)
class InconsistentObject:
    """An object of the metadata that was left out, as `get_inconsistent_metadata` shows it."""

    kind: str
    name: str
    reason: str
    definition: Any

    @property
    def said(self) -> str:
        """The reason as answers and lists give it."""
        return self.reason if self.reason.startswith(_SAID) else _SAID + self.reason

    def as_json(self) -> dict[str, Any]:
        """The entry of the list of inconsistent objects."""
        return {"type": self.kind, "name": self.name, "reason": self.said, "definition": self.definition}


@dataclass(frozen=True)
class TrackedColumn:
    """A column of `table`: `name` in the database, `field` in GraphQL."""

    name: str
    field: str
    type: SqlType
    nullable: bool
    description: str | None
    table: QualifiedName


@dataclass(frozen=True)
class TrackedRelationship:
    """A relationship to `target`, joined by `mapping` (my column, its column).

    `inserted_after` says that a row inserted along with mine needs mine to be there first.
    """

    name: str
    kind: Literal["object", "array"]
    target: QualifiedName
    mapping: tuple[tuple[str, str], ...]
    nullable: bool
    follows_own_key: bool
    description: str | None = None
    inserted_after: bool = False


@dataclass(frozen=True)
class TrackedArgument:
    """An argument of a function: `field` in GraphQL; `name` is None if it can only be passed by its position.

    `use` says who fills it: the client, the session's variables, or the row that a computed field is about.
    """

    field: str
    name: str | None
    type: SqlType
    has_default: bool
    use: Literal["client", "session", "row"] = "client"


@dataclass(frozen=True)
class TrackedFunction:
    """A function with root fields of its own, returning rows of `table`; `roles` may call it whatever they read."""

    name: QualifiedName
    graphql_name: str
    field: str
    aggregate_field: str
    arguments: tuple[TrackedArgument, ...]
    table: QualifiedName
    returns_set: bool
    exposed_as: Literal["query", "mutation"]
    roles: frozenset[str]
    permissions_inferred: bool
    description: str | None


@dataclass(frozen=True)
class TrackedComputed:
    """A field that a function of the row computes: a value of `type`, or (if `returns` is a table) rows.

    `table` is the table it belongs to.
    """

    name: str
    table: QualifiedName
    columns: tuple[str, ...]
    function: QualifiedName
    arguments: tuple[TrackedArgument, ...]
    type: SqlType
    returns: QualifiedName | None
    description: str | None

    @property
    def takes_arguments(self) -> bool:
        """Whether a client has to pass anything."""
        return any(argument.use == "client" for argument in self.arguments)


@dataclass(frozen=True)
class SelectGrant:
    """What a role may read of a table: `columns` by database name, None for all; `computed` the same for fields.

    `cells` is for roles that inherit: a column (or computed field) in it is seen only in rows that meet the condition.
    """

    columns: frozenset[str] | None
    condition: Condition
    limit: int | None
    allow_aggregations: bool
    query_root_fields: frozenset[str] | None
    subscription_root_fields: frozenset[str] | None
    computed: frozenset[str] | None = frozenset()
    cells: Mapping[str, Condition] = field(default_factory=dict[str, Condition])

    def sees(self, column: str) -> bool:
        """Whether the column may be read, at least in some rows."""
        return self.columns is None or column in self.columns

    def sees_computed(self, name: str) -> bool:
        """Whether the value of a computed field may be read, at least in some rows."""
        return self.computed is None or name in self.computed


ADMIN_GRANT = SelectGrant(
    None, TRUE, None, allow_aggregations=True, query_root_fields=None, subscription_root_fields=None, computed=None
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
    enum: EnumType | None = None
    relationships: dict[str, TrackedRelationship] = field(default_factory=dict[str, TrackedRelationship])
    computed: dict[str, TrackedComputed] = field(default_factory=dict[str, TrackedComputed])
    grants: dict[str, SelectGrant] = field(default_factory=dict[str, SelectGrant])
    writes: WriteGrants = field(default_factory=WriteGrants)

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
    request_transform: RequestTransform | None = None
    response_transform: ResponseTransform | None = None

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
    functions: dict[QualifiedName, TrackedFunction] = field(default_factory=dict[QualifiedName, TrackedFunction])
    parents: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
