"""What metadata says of one table: its names, relationships and permissions."""

from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from embedded.hasura.metadata.names import Qualified, Text

Json = Any


class Node(BaseModel):
    """A metadata object; a key it does not know is kept and given back."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)


def _root_field(written: object) -> object:
    # Newer releases write {name, comment}; what counts for the schema is the name.
    return cast("dict[str, object]", written).get("name") if isinstance(written, dict) else written


RootFieldName = Annotated[str | None, BeforeValidator(_root_field)]


class CustomRootFields(Node):
    """Other names for the root fields of a table; None keeps the usual name."""

    select: RootFieldName = None
    select_by_pk: RootFieldName = None
    select_aggregate: RootFieldName = None
    select_stream: RootFieldName = None
    insert: RootFieldName = None
    insert_one: RootFieldName = None
    update: RootFieldName = None
    update_by_pk: RootFieldName = None
    update_many: RootFieldName = None
    delete: RootFieldName = None
    delete_by_pk: RootFieldName = None


class ColumnConfig(Node):
    """Another name or a comment for one column."""

    custom_name: str | None = None
    comment: str | None = None


class TableConfig(Node):
    """How a table appears in GraphQL."""

    custom_name: str | None = None
    comment: str | None = None
    custom_root_fields: CustomRootFields = Field(default_factory=CustomRootFields)
    column_config: dict[str, ColumnConfig] = Field(default_factory=dict[str, ColumnConfig])
    custom_column_names: dict[str, str] = Field(default_factory=dict[str, str])

    def column_name(self, column: str) -> str:
        """The GraphQL name of a column."""
        config = self.column_config.get(column)
        if config is not None and config.custom_name:
            return config.custom_name
        return self.custom_column_names.get(column, column)


def _one_or_more(written: object) -> object:
    return [written] if isinstance(written, str) else written


class RemoteKey(Node):
    """A foreign key of the other table."""

    table: Qualified
    column: str | None = None
    columns: Annotated[list[str] | None, BeforeValidator(_one_or_more)] = None

    @property
    def all_columns(self) -> list[str]:
        """The key's columns, whichever way they are written."""
        return self.columns if self.columns is not None else [self.column or ""]


class ManualMapping(Node):
    """A relationship spelled out column by column."""

    remote_table: Qualified
    column_mapping: dict[str, str]
    insertion_order: Literal["before_parent", "after_parent"] | None = None
    source: str | None = None


class RelationshipUsing(Node):
    """What a relationship follows: exactly one of the two."""

    foreign_key_constraint_on: str | list[str] | RemoteKey | None = None
    manual_configuration: ManualMapping | None = None


class Relationship(Node):
    """An object or array relationship; the list it stands in says which."""

    name: Text
    using: RelationshipUsing
    comment: str | None = None


class SelectPermission(Node):
    """Which rows and columns a role may read."""

    columns: list[str] | Literal["*"]
    filter: dict[str, Json]
    limit: Annotated[int, Field(ge=0)] | None = None
    allow_aggregations: bool = False
    computed_fields: list[str] = Field(default_factory=list[str])
    query_root_fields: list[str] | None = None
    subscription_root_fields: list[str] | None = None


class InsertPermission(Node):
    """Which rows a role may insert."""

    check: dict[str, Json]
    set: dict[str, Json] = Field(default_factory=dict[str, Json])
    columns: list[str] | Literal["*"] | None = None
    backend_only: bool = False
    validate_input: Json = None


class UpdatePermission(Node):
    """Which rows and columns a role may update."""

    columns: list[str] | Literal["*"]
    filter: dict[str, Json]
    check: dict[str, Json] | None = None
    set: dict[str, Json] = Field(default_factory=dict[str, Json])
    backend_only: bool = False
    validate_input: Json = None


class DeletePermission(Node):
    """Which rows a role may delete."""

    filter: dict[str, Json]
    backend_only: bool = False
    validate_input: Json = None


class SelectGrant(Node):
    """A select permission and whom it is for."""

    role: Text
    permission: SelectPermission
    comment: str | None = None


class InsertGrant(Node):
    """An insert permission and whom it is for."""

    role: Text
    permission: InsertPermission
    comment: str | None = None


class UpdateGrant(Node):
    """An update permission and whom it is for."""

    role: Text
    permission: UpdatePermission
    comment: str | None = None


class DeleteGrant(Node):
    """A delete permission and whom it is for."""

    role: Text
    permission: DeletePermission
    comment: str | None = None


class ComputedFieldDefinition(Node):
    """The function behind a computed field."""

    function: Qualified
    table_argument: str | None = None
    session_argument: str | None = None


class ComputedField(Node):
    """A field computed by a function of the row."""

    name: Text
    definition: ComputedFieldDefinition
    comment: str | None = None


class Table(Node):
    """One tracked table; like Hasura, and unlike with other objects, it has no keys but these."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    table: Qualified
    is_enum: bool = False
    configuration: TableConfig = Field(default_factory=TableConfig)
    object_relationships: list[Relationship] = Field(default_factory=list[Relationship])
    array_relationships: list[Relationship] = Field(default_factory=list[Relationship])
    computed_fields: list[ComputedField] = Field(default_factory=list[ComputedField])
    remote_relationships: list[Json] = Field(default_factory=list[Json])
    insert_permissions: list[InsertGrant] = Field(default_factory=list[InsertGrant])
    select_permissions: list[SelectGrant] = Field(default_factory=list[SelectGrant])
    update_permissions: list[UpdateGrant] = Field(default_factory=list[UpdateGrant])
    delete_permissions: list[DeleteGrant] = Field(default_factory=list[DeleteGrant])
    event_triggers: list[Json] = Field(default_factory=list[Json])
    apollo_federation_config: Json = None
    logical_model: Json = None
