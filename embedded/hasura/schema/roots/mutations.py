"""Root fields that change tables: inserts, updates, deletes."""

from collections.abc import Iterator

from graphql import GraphQLArgument, GraphQLObjectType

from embedded.hasura.schema.filter_types import bool_exp
from embedded.hasura.schema.insert_types import insert_arguments
from embedded.hasura.schema.meanings import Arguments, BoundField
from embedded.hasura.schema.names import is_graphql_name
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.roots.operation import OperationKind
from embedded.hasura.schema.table_types import table_object
from embedded.hasura.schema.tracked import TrackedTable
from embedded.hasura.schema.update_types import (
    key_columns,
    update_arguments,
    update_by_key_arguments,
    update_many_arguments,
)
from embedded.hasura.schema.wrapping import all_of, nullable_list, required
from embedded.hasura.schema.write_meanings import AffectedRows, DeleteRows, InsertRows, Returning, UpdateRows
from embedded.hasura.schema.write_view import delete_grant, insert_grant, update_grant

Named = Iterator[tuple[str, BoundField]]


def fields(registry: TypeRegistry, operation: OperationKind) -> dict[str, BoundField]:
    """What the role may change; only mutations change anything."""
    if operation != "mutation":
        return {}
    made: dict[str, BoundField] = {}
    for table in registry.view.tracked.tables.values():
        if is_graphql_name(table.graphql_name):
            for roots in (_inserts, _updates, _deletes):
                made.update(roots(registry, table))
    return made


def _inserts(registry: TypeRegistry, table: TrackedTable) -> Named:
    if insert_grant(registry.view, table) is None:
        return
    names, what = table.root_fields, f'"{table.name.display}"'
    yield (
        names.insert or f"insert_{table.graphql_name}",
        BoundField(
            _response(registry, table),
            InsertRows(table),
            insert_arguments(registry, table, one=False),
            f"insert data into the table: {what}",
        ),
    )
    if _reads(registry, table):
        yield (
            names.insert_one or f"insert_{table.graphql_name}_one",
            BoundField(
                table_object(registry, table),
                InsertRows(table, one=True),
                insert_arguments(registry, table, one=True),
                f"insert a single row into the table: {what}",
            ),
        )


def _updates(registry: TypeRegistry, table: TrackedTable) -> Named:
    if update_grant(registry.view, table) is None:
        return
    names, what = table.root_fields, f'"{table.name.display}"'
    response = _response(registry, table)
    yield (
        names.update or f"update_{table.graphql_name}",
        BoundField(
            response,
            UpdateRows(table, "where"),
            update_arguments(registry, table),
            f"update data of the table: {what}",
        ),
    )
    yield (
        names.update_many or f"update_{table.graphql_name}_many",
        BoundField(
            nullable_list(response),
            UpdateRows(table, "many"),
            update_many_arguments(registry, table),
            f"update multiples rows of table: {what}",
        ),
    )
    if registry.view.reads_key(table):
        yield (
            names.update_by_pk or f"update_{table.graphql_name}_by_pk",
            BoundField(
                table_object(registry, table),
                UpdateRows(table, "key"),
                update_by_key_arguments(registry, table),
                f"update single row of the table: {what}",
            ),
        )


def _deletes(registry: TypeRegistry, table: TrackedTable) -> Named:
    if delete_grant(registry.view, table) is None:
        return
    names, what = table.root_fields, f'"{table.name.display}"'
    picked = "filter the rows which have to be deleted"
    where: Arguments = {"where": GraphQLArgument(required(bool_exp(registry, table)), description=picked)}
    yield (
        names.delete or f"delete_{table.graphql_name}",
        BoundField(
            _response(registry, table), DeleteRows(table, "where"), where, f"delete data from the table: {what}"
        ),
    )
    if registry.view.reads_key(table):
        keys: Arguments = {
            column.field: GraphQLArgument(required(registry.column_input(column.type))) for column in key_columns(table)
        }
        yield (
            names.delete_by_pk or f"delete_{table.graphql_name}_by_pk",
            BoundField(
                table_object(registry, table),
                DeleteRows(table, "key"),
                keys,
                f"delete single row from the table: {what}",
            ),
        )


def _reads(registry: TypeRegistry, table: TrackedTable) -> bool:
    return table.grant(registry.view.role) is not None


def _response(registry: TypeRegistry, table: TrackedTable) -> GraphQLObjectType:
    """`T_mutation_response`."""
    name = f"{table.graphql_name}_mutation_response"

    def members() -> dict[str, BoundField]:
        count = required(registry.scalar("Int"))
        made = {
            "affected_rows": BoundField(count, AffectedRows(), description="number of rows affected by the mutation")
        }
        if _reads(registry, table):
            rows = all_of(table_object(registry, table))
            made["returning"] = BoundField(rows, Returning(), description="data from the rows affected by the mutation")
        return made

    description = f'response of any mutation on the table "{table.name.display}"'
    return registry.once(name, lambda: GraphQLObjectType(name, members, description=description))
