"""Commands about the metadata as a whole."""

from embedded.hasura.metadata.changes.change import Arguments, Command, read
from embedded.hasura.metadata.tree import IntrospectionOptions, Metadata


def set_introspection_options(metadata: Metadata, arguments: Arguments) -> None:
    """Say for whom introspection is off."""
    metadata.graphql_schema_introspection = read(IntrospectionOptions, arguments)


COMMANDS: dict[str, Command] = {"set_graphql_schema_introspection_options": set_introspection_options}
