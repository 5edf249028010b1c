"""Input types of updates: new values for columns, and the keys that pick a row."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from graphql import GraphQLArgument, GraphQLInputObjectType

from embedded.hasura.catalogue.tree import SqlType
from embedded.hasura.schema.filter_types import bool_exp
from embedded.hasura.schema.meanings import Arguments, BoundInput, OnColumn
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.tracked import TrackedColumn, TrackedTable
from embedded.hasura.schema.wrapping import Input, many, required
from embedded.hasura.schema.write_view import update_grant, writable_columns

Members = dict[str, BoundInput]


def _any(sql_type: SqlType) -> bool:
    del sql_type
    return True


def _is_jsonb(sql_type: SqlType) -> bool:
    return sql_type.name == "jsonb"


@dataclass(frozen=True)
class ChangeOperator:
    """A way to change a column: the types it works on, and what it takes if that is not the column's own type."""

    applies: Callable[[SqlType], bool]
    description: str
    operand: str | None = None


OPERATORS = {
    "_set": ChangeOperator(_any, "sets the columns of the filtered rows to the given values"),
    "_inc": ChangeOperator(
        lambda sql_type: sql_type.numeric, "increments the numeric columns with given value of the filtered values"
    ),
    "_prepend": ChangeOperator(_is_jsonb, "prepend existing jsonb value of filtered columns with new jsonb value"),
    "_append": ChangeOperator(_is_jsonb, "append existing jsonb value of filtered columns with new jsonb value"),
    "_delete_key": ChangeOperator(
        _is_jsonb,
        "delete key/value pair or string element. key/value pairs are matched based on their key value",
        "String",
    ),
    "_delete_elem": ChangeOperator(
        _is_jsonb,
        "delete the array element with specified index (negative integers count from the end). "
        "throws an error if top level container is not an array",
        "Int",
    ),
    "_delete_at_path": ChangeOperator(
        _is_jsonb,
        "delete the field or element with specified path (for JSON arrays, negative integers count from the end)",
        "[String!]",
    ),
}
"""By name, in the order in which errors list them."""


def change_arguments(registry: TypeRegistry, table: TrackedTable) -> dict[str, tuple[GraphQLInputObjectType, str]]:
    """The operators a role may use on a table, each with its input type and description."""
    made: dict[str, tuple[GraphQLInputObjectType, str]] = {}
    columns = writable_columns(table, update_grant(registry.view, table))
    for operator, how in OPERATORS.items():
        usable = [column for column in columns if how.applies(column.type)]
        if usable:
            made[operator] = (_change_input(registry, table, operator, usable), how.description)
    return made


def _change_input(
    registry: TypeRegistry, table: TrackedTable, operator: str, columns: list[TrackedColumn]
) -> GraphQLInputObjectType:
    """`T_set_input`, `T_inc_input` and so on."""
    name = f"{table.graphql_name}{operator}_input"
    how = OPERATORS[operator]
    members = {
        column.field: BoundInput(_operand(registry, column, how.operand), OnColumn(column), column.description)
        for column in sorted(columns, key=lambda one: one.field)
    }
    shown = {
        "_set": f'input type for updating data in table "{table.name.display}"',
        "_inc": f'input type for incrementing numeric columns in table "{table.name.display}"',
    }
    return registry.once(name, partial(_input_object, name, members, shown.get(operator, how.description)))


def _input_object(name: str, members: Members, description: str | None) -> GraphQLInputObjectType:
    return GraphQLInputObjectType(name, members, description=description)


def _operand(registry: TypeRegistry, column: TrackedColumn, operand: str | None) -> Input:
    match operand:
        case None:
            return registry.column_input(column.type)
        case "[String!]":
            return many(registry.scalar("String"))
        case scalar:
            return registry.scalar(scalar)


def update_arguments(registry: TypeRegistry, table: TrackedTable) -> Arguments:
    """The arguments of `update_T`."""
    where = GraphQLArgument(required(bool_exp(registry, table)), description="filter the rows which have to be updated")
    return {**_changes(registry, table), "where": where}


def update_by_key_arguments(registry: TypeRegistry, table: TrackedTable) -> Arguments:
    """The arguments of `update_T_by_pk`."""
    return {**_changes(registry, table), "pk_columns": GraphQLArgument(required(_key_input(registry, table)))}


def update_many_arguments(registry: TypeRegistry, table: TrackedTable) -> Arguments:
    """The arguments of `update_T_many`."""
    updates = required(many(_updates(registry, table)))
    return {"updates": GraphQLArgument(updates, description="updates to execute, in order")}


def _changes(registry: TypeRegistry, table: TrackedTable) -> Arguments:
    return {
        operator: GraphQLArgument(made, description=description)
        for operator, (made, description) in sorted(change_arguments(registry, table).items())
    }


def _updates(registry: TypeRegistry, table: TrackedTable) -> GraphQLInputObjectType:
    """`T_updates`."""
    name = f"{table.graphql_name}_updates"

    def members() -> Members:
        made = {
            operator: BoundInput(kind, description=description)
            for operator, (kind, description) in sorted(change_arguments(registry, table).items())
        }
        where = BoundInput(required(bool_exp(registry, table)), description="filter the rows which have to be updated")
        return {**made, "where": where}

    return registry.once(name, lambda: GraphQLInputObjectType(name, members))


def _key_input(registry: TypeRegistry, table: TrackedTable) -> GraphQLInputObjectType:
    """`T_pk_columns_input`."""
    name = f"{table.graphql_name}_pk_columns_input"
    members = {
        column.field: BoundInput(required(registry.column_input(column.type)), OnColumn(column))
        for column in key_columns(table)
    }
    description = f"primary key columns input for table: {table.graphql_name}"
    return registry.once(name, lambda: GraphQLInputObjectType(name, members, description=description))


def key_columns(table: TrackedTable) -> list[TrackedColumn]:
    """The columns of the primary key, none without one."""
    return [] if table.primary_key is None else [table.columns[name] for name in table.primary_key.columns]
