"""Enums of a table's columns."""

from graphql import GraphQLEnumType, GraphQLEnumValue

from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.tracked import TrackedColumn, TrackedTable


def select_column(registry: TypeRegistry, table: TrackedTable) -> GraphQLEnumType | None:
    """`T_select_column`, None if the role may read no column."""
    name = f"{table.graphql_name}_select_column"
    return column_enum(registry, name, table, registry.view.columns(table))


def column_enum(
    registry: TypeRegistry, name: str, table: TrackedTable, columns: list[TrackedColumn]
) -> GraphQLEnumType | None:
    """An enum of some of a table's columns, None without any."""
    if not columns:
        return None
    values = {c.field: GraphQLEnumValue(c.name, description="column name") for c in columns}
    description = f'select columns of table "{table.name.display}"'
    return registry.once(name, lambda: GraphQLEnumType(name, values, description=description))
