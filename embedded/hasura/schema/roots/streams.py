"""Root fields that stream the new rows of a table; only subscriptions have them."""

from embedded.hasura.schema.meanings import BoundField, StreamRows
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.roots.operation import OperationKind
from embedded.hasura.schema.stream_types import stream_arguments
from embedded.hasura.schema.table_types import table_object
from embedded.hasura.schema.wrapping import all_of


def fields(registry: TypeRegistry, operation: OperationKind) -> dict[str, BoundField]:
    """The tables the role may stream: those of which it may read a column to go by."""
    if operation != "subscription":
        return {}
    made: dict[str, BoundField] = {}
    for table, grant in registry.view.tables():
        allowed = grant.subscription_root_fields
        if not registry.view.cursor_columns(table) or (allowed is not None and "select_stream" not in allowed):
            continue
        name = table.root_fields.select_stream or f"{table.graphql_name}_stream"
        description = f'fetch data from the table in a streaming manner: "{table.name.display}"'
        arguments = stream_arguments(registry, table)
        made[name] = BoundField(all_of(table_object(registry, table)), StreamRows(table), arguments, description)
    return made
