"""Types of streaming subscriptions: where a stream starts, and in which direction it goes."""

from graphql import GraphQLArgument, GraphQLEnumType, GraphQLEnumValue, GraphQLInputObjectType

from embedded.hasura.schema.filter_types import bool_exp
from embedded.hasura.schema.meanings import Arguments, BoundArgument, BoundInput, OnColumn
from embedded.hasura.schema.registry import LIMIT, TypeRegistry
from embedded.hasura.schema.tracked import TrackedTable
from embedded.hasura.schema.wrapping import maybe_each, required

ORDERING = "ordering"
INITIAL_VALUE = "initial_value"


def stream_arguments(registry: TypeRegistry, table: TrackedTable) -> Arguments:
    """The arguments of `T_stream`; the role must see a column of the table."""
    cursors = maybe_each(_cursor_input(registry, table))
    return {
        "batch_size": BoundArgument(
            required(registry.scalar("Int")), required(LIMIT), "maximum number of rows returned in a single batch"
        ),
        "cursor": GraphQLArgument(cursors, description="cursor to stream the results returned by the query"),
        "where": GraphQLArgument(bool_exp(registry, table), description="filter the rows returned"),
    }


def _cursor_input(registry: TypeRegistry, table: TrackedTable) -> GraphQLInputObjectType:
    name = f"{table.graphql_name}_stream_cursor_input"

    def members() -> dict[str, BoundInput]:
        values = required(_cursor_values(registry, table))
        return {
            INITIAL_VALUE: BoundInput(values, description="Stream column input with initial value"),
            ORDERING: BoundInput(_cursor_ordering(registry), description="cursor ordering"),
        }

    description = f'Streaming cursor of the table "{table.graphql_name}"'
    return registry.once(name, lambda: GraphQLInputObjectType(name, members, description=description))


def _cursor_values(registry: TypeRegistry, table: TrackedTable) -> GraphQLInputObjectType:
    name = f"{table.graphql_name}_stream_cursor_value_input"

    def members() -> dict[str, BoundInput]:
        return {
            column.field: BoundInput(registry.column_input(column.type), OnColumn(column), column.description)
            for column in sorted(registry.view.cursor_columns(table), key=lambda column: column.field)
        }

    description = "Initial value of the column from where the streaming should start"
    return registry.once(name, lambda: GraphQLInputObjectType(name, members, description=description))


def _cursor_ordering(registry: TypeRegistry) -> GraphQLEnumType:
    values = {
        "ASC": GraphQLEnumValue("asc", description="ascending ordering of the cursor"),
        "DESC": GraphQLEnumValue("desc", description="descending ordering of the cursor"),
    }
    name = "cursor_ordering"
    return registry.once(name, lambda: GraphQLEnumType(name, values, description="ordering argument of a cursor"))
