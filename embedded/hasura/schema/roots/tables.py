"""Root fields that read tables: lists, single rows by primary key, aggregates."""

from graphql import GraphQLArgument

from embedded.hasura.schema.meanings import BoundField, SelectAggregate, SelectByKey, SelectRows
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.roots.operation import OperationKind
from embedded.hasura.schema.table_types import aggregate_object, list_arguments, table_object
from embedded.hasura.schema.tracked import SelectGrant, TrackedTable
from embedded.hasura.schema.wrapping import all_of, required


def fields(registry: TypeRegistry, operation: OperationKind) -> dict[str, BoundField]:
    """What the role may read with such an operation; mutations read nothing."""
    if operation == "mutation":
        return {}
    made: dict[str, BoundField] = {}
    for table, grant in registry.view.tables():
        allowed = grant.query_root_fields if operation == "query" else grant.subscription_root_fields
        roots = _roots(registry, table, grant)
        made.update({name: field for kind, name, field in roots if allowed is None or kind in allowed})
    return made


def _roots(registry: TypeRegistry, table: TrackedTable, grant: SelectGrant) -> list[tuple[str, str, BoundField]]:
    names, usual = table.root_fields, table.graphql_name
    row = table_object(registry, table)
    what = f'"{table.name.display}"'
    rows = BoundField(
        all_of(row), SelectRows(table), list_arguments(registry, table), f"fetch data from the table: {what}"
    )
    roots = [("select", names.select or usual, rows)]
    if grant.allow_aggregations:
        counted = required(aggregate_object(registry, table))
        description = f"fetch aggregated fields from the table: {what}"
        field = BoundField(counted, SelectAggregate(table), list_arguments(registry, table), description)
        roots.append(("select_aggregate", names.select_aggregate or f"{usual}_aggregate", field))
    if table.primary_key is not None and registry.view.reads_key(table):
        keys = {
            column.field: GraphQLArgument(required(registry.column_input(column.type)))
            for column in (table.columns[key] for key in table.primary_key.columns)
        }
        description = f"fetch data from the table: {what} using primary key columns"
        field = BoundField(row, SelectByKey(table), keys, description)
        roots.append(("select_by_pk", names.select_by_pk or f"{usual}_by_pk", field))
    return roots
