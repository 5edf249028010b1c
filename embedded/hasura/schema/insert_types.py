"""Input types of inserts: rows with related rows inside, and what to do when a row is there already."""

from typing import Any

from graphql import GraphQLArgument, GraphQLEnumType, GraphQLEnumValue, GraphQLInputObjectType

from embedded.hasura.schema.filter_types import bool_exp
from embedded.hasura.schema.meanings import Arguments, BoundInput, OnColumn, OnRelation
from embedded.hasura.schema.names import is_graphql_name
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.tracked import TrackedTable
from embedded.hasura.schema.wrapping import all_of, required
from embedded.hasura.schema.write_view import insert_grant, update_grant, writable_columns

# The one value of an enum of columns that has none; whoever uses it is refused.
PLACEHOLDER = "_PLACEHOLDER"

Members = dict[str, BoundInput]


def insert_input(registry: TypeRegistry, table: TrackedTable) -> GraphQLInputObjectType:
    """`T_insert_input`."""
    name = f"{table.graphql_name}_insert_input"
    description = f'input type for inserting data into table "{table.name.display}"'
    return registry.once(
        name, lambda: GraphQLInputObjectType(name, lambda: _row_members(registry, table), description=description)
    )


def _row_members(registry: TypeRegistry, table: TrackedTable) -> Members:
    view = registry.view
    members: Members = {}
    for column in writable_columns(table, insert_grant(view, table)):
        members[column.field] = BoundInput(registry.column_input(column.type), OnColumn(column), column.description)
    for relationship in table.relationships.values():
        target = view.tracked.tables[relationship.target]
        if insert_grant(view, target) is not None and is_graphql_name(target.graphql_name):
            kind = _nested_input(registry, target, relationship.kind)
            members[relationship.name] = BoundInput(kind, OnRelation(relationship, target))
    return dict(sorted(members.items()))


def _nested_input(registry: TypeRegistry, target: TrackedTable, kind: str) -> GraphQLInputObjectType:
    """`T_obj_rel_insert_input` or `T_arr_rel_insert_input`."""
    short = "obj" if kind == "object" else "arr"
    name = f"{target.graphql_name}_{short}_rel_insert_input"
    description = f'input type for inserting {kind} relation for remote table "{target.name.display}"'

    def members() -> Members:
        row = insert_input(registry, target)
        made: Members = {"data": BoundInput(required(row) if kind == "object" else all_of(row))}
        conflict = on_conflict(registry, target)
        if conflict is not None:
            made["on_conflict"] = BoundInput(conflict, description="upsert condition")
        return made

    return registry.once(name, lambda: GraphQLInputObjectType(name, members, description=description))


def insert_arguments(registry: TypeRegistry, table: TrackedTable, *, one: bool) -> Arguments:
    """The arguments of a field that inserts."""
    row = insert_input(registry, table)
    arguments: Arguments = (
        {"object": GraphQLArgument(required(row), description="the row to be inserted")}
        if one
        else {"objects": GraphQLArgument(all_of(row), description="the rows to be inserted")}
    )
    conflict = on_conflict(registry, table)
    if conflict is not None:
        arguments["on_conflict"] = GraphQLArgument(conflict, description="upsert condition")
    return arguments


def on_conflict(registry: TypeRegistry, table: TrackedTable) -> GraphQLInputObjectType | None:
    """`T_on_conflict`, None for a table that nothing can conflict in."""
    constraints = _constraints(registry, table)
    if constraints is None:
        return None
    name = f"{table.graphql_name}_on_conflict"
    description = f'on_conflict condition type for table "{table.name.display}"'

    def members() -> Members:
        columns: Any = all_of(_update_columns(registry, table))
        return {
            "constraint": BoundInput(required(constraints)),
            "update_columns": BoundInput(columns, default=[]),
            "where": BoundInput(bool_exp(registry, table)),
        }

    return registry.once(name, lambda: GraphQLInputObjectType(name, members, description=description))


def _constraints(registry: TypeRegistry, table: TrackedTable) -> GraphQLEnumType | None:
    """`T_constraint`."""
    primary = () if table.primary_key is None else (table.primary_key,)
    keys = [key for key in (*primary, *table.relation.unique_keys) if is_graphql_name(key.name)]
    if not keys:
        return None
    name = f"{table.graphql_name}_constraint"
    values: dict[str, GraphQLEnumValue] = {}
    for key in sorted(keys, key=lambda one: one.name):
        columns = ", ".join(f'"{column}"' for column in key.columns)
        text = f"unique or primary key constraint on columns {columns}"
        values[key.name] = GraphQLEnumValue(key.name, description=text)
    description = f'unique or primary key constraints on table "{table.name.display}"'
    return registry.once(name, lambda: GraphQLEnumType(name, values, description=description))


def _update_columns(registry: TypeRegistry, table: TrackedTable) -> GraphQLEnumType:
    """`T_update_column`; it stays, with nothing to choose, for roles that may only skip rows that are there."""
    name = f"{table.graphql_name}_update_column"
    columns = writable_columns(table, update_grant(registry.view, table))
    values = {c.field: GraphQLEnumValue(c.name, description="column name") for c in columns}
    values = values or {PLACEHOLDER: GraphQLEnumValue(PLACEHOLDER, description="placeholder (do not use)")}
    description = f'update columns of table "{table.name.display}"'
    return registry.once(name, lambda: GraphQLEnumType(name, values, description=description))
