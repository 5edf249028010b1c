"""The metadata as a whole: sources, actions, custom types, and what is only kept and given back."""

from typing import Any

from pydantic import ConfigDict, Field

from embedded.hasura.metadata.actions import Action, CustomTypes
from embedded.hasura.metadata.names import Qualified, QualifiedName, Text
from embedded.hasura.metadata.tables import Node, Table


class FunctionConfig(Node):
    """How a tracked function appears in GraphQL."""

    custom_name: str | None = None
    custom_root_fields: dict[str, Any] = Field(default_factory=dict[str, Any])
    session_argument: str | None = None
    exposed_as: str | None = None
    response: Any = None


class FunctionPermission(Node):
    """A role that may call a function."""

    role: Text


class Function(Node):
    """One tracked function."""

    function: Qualified
    configuration: FunctionConfig = Field(default_factory=FunctionConfig)
    permissions: list[FunctionPermission] = Field(default_factory=list[FunctionPermission])
    comment: str | None = None


class Source(Node):
    """One database with what is tracked in it."""

    name: str
    kind: str = "postgres"
    tables: list[Table] = Field(default_factory=list[Table])
    functions: list[Function] = Field(default_factory=list[Function])
    configuration: dict[str, Any] = Field(default_factory=dict[str, Any])
    customization: dict[str, Any] | None = None

    def table(self, name: QualifiedName) -> Table | None:
        """The tracked table of that name, None if it is not tracked."""
        return next((table for table in self.tables if table.table == name), None)


class IntrospectionOptions(Node):
    """For whom introspection is off."""

    disabled_for_roles: list[str] = Field(default_factory=list[str])


class Metadata(Node):
    """Everything the engine is told; parts without a type here are kept and exported untouched."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    version: int = 3
    sources: list[Source] = Field(default_factory=list[Source])
    query_collections: list[dict[str, Any]] = Field(default_factory=list[dict[str, Any]])
    allowlist: list[dict[str, Any]] = Field(default_factory=list[dict[str, Any]])
    actions: list[Action] = Field(default_factory=list[Action])
    custom_types: CustomTypes = Field(default_factory=CustomTypes)
    inherited_roles: list[dict[str, Any]] = Field(default_factory=list[dict[str, Any]])
    graphql_schema_introspection: IntrospectionOptions = Field(default_factory=IntrospectionOptions)

    def source(self, name: str = "default") -> Source | None:
        """The source of that name, None if there is none."""
        return next((source for source in self.sources if source.name == name), None)

    def action(self, name: str) -> Action | None:
        """The action of that name, None if there is none."""
        return next((action for action in self.actions if action.name == name), None)


def empty_metadata() -> Metadata:
    """Metadata with one empty source, the database the engine was started with."""
    return with_default_source(Metadata())


def with_default_source(metadata: Metadata) -> Metadata:
    """The metadata as it is; if it has no source, with an empty source `default`."""
    if metadata.sources:
        return metadata
    configuration = {"connection_info": {"database_url": {"from_env": "HASURA_GRAPHQL_DATABASE_URL"}}}
    return metadata.model_copy(update={"sources": [Source(name="default", configuration=configuration)]})
