"""Output types of a table: its object type, its aggregates, and the arguments of lists."""

from graphql import GraphQLArgument, GraphQLObjectType

from embedded.hasura.catalogue.tree import SqlType
from embedded.hasura.schema.aggregates import AGGREGATES, answers_float, columns_of
from embedded.hasura.schema.conditions import TRUE
from embedded.hasura.schema.filter_types import bool_exp, order_by, orders_anything
from embedded.hasura.schema.function_types import arguments_of
from embedded.hasura.schema.meanings import (
    AggregateFunction,
    AggregatePart,
    Arguments,
    BoundArgument,
    BoundField,
    ComputedAggregate,
    ComputedRows,
    Count,
    ReadColumn,
    ReadComputed,
    Related,
    RelatedAggregate,
)
from embedded.hasura.schema.registry import LIMIT, OFFSET, TypeRegistry
from embedded.hasura.schema.select_columns import select_column
from embedded.hasura.schema.tracked import TrackedColumn, TrackedRelationship, TrackedTable
from embedded.hasura.schema.wrapping import Output, all_of, many, required

Fields = dict[str, BoundField]


def table_object(registry: TypeRegistry, table: TrackedTable) -> GraphQLObjectType:
    """The object type of a table's rows."""
    name = table.graphql_name
    description = table.description or f'columns and relationships of "{table.name.display}"'
    return registry.once(
        name, lambda: GraphQLObjectType(name, lambda: _fields(registry, table), description=description)
    )


def _fields(registry: TypeRegistry, table: TrackedTable) -> Fields:
    fields: Fields = {}
    for column in registry.view.columns(table):
        fields[column.field] = column_field(registry, column)
    for relationship, target in registry.view.relationships(table):
        fields.update(related_fields(registry, relationship, target))
    fields.update(_computed_fields(registry, table))
    return dict(sorted(fields.items()))


def _computed_fields(registry: TypeRegistry, table: TrackedTable) -> Fields:
    fields: Fields = {}
    for computed in registry.view.computed_values(table):
        arguments = {**arguments_of(registry, computed, table), **_path_argument(registry, computed.type)}
        output = registry.column_output(computed.type)
        fields[computed.name] = BoundField(output, ReadComputed(computed), arguments, computed.description)
    for computed, target in registry.view.computed_rows(table):
        own = arguments_of(registry, computed, table)
        arguments = {**own, **list_arguments(registry, target)}
        row = many(table_object(registry, target))
        fields[computed.name] = BoundField(row, ComputedRows(computed, target), arguments, computed.description)
        if registry.view.grant(target).allow_aggregations:
            aggregate = required(aggregate_object(registry, target))
            arguments = {**own, **list_arguments(registry, target)}
            meaning = ComputedAggregate(computed, target)
            name = f"{computed.name}_aggregate"
            fields[name] = BoundField(aggregate, meaning, arguments, computed.description)
    return fields


def column_field(registry: TypeRegistry, column: TrackedColumn) -> BoundField:
    """The field that reads one column."""
    output = registry.column_output(column.type)
    nullable = column.nullable or not registry.view.always_seen(column)
    arguments = _path_argument(registry, column.type)
    return BoundField(output if nullable else required(output), ReadColumn(column), arguments, column.description)


def _path_argument(registry: TypeRegistry, sql_type: SqlType) -> Arguments:
    if not sql_type.is_json:
        return {}
    return {"path": GraphQLArgument(registry.scalar("String"), description="JSON select path")}


def related_fields(registry: TypeRegistry, relationship: TrackedRelationship, target: TrackedTable) -> Fields:
    """The field of a relationship, and its aggregate if the role may have one."""
    row = table_object(registry, target)
    meaning = Related(relationship, target)
    if relationship.kind == "object":
        grant = registry.view.grant(target)
        never_null = relationship.follows_own_key and not relationship.nullable and grant.condition == TRUE
        description = relationship.description or "An object relationship"
        return {relationship.name: BoundField(required(row) if never_null else row, meaning, description=description)}
    arguments = list_arguments(registry, target)
    description = relationship.description or "An array relationship"
    fields = {relationship.name: BoundField(all_of(row), meaning, arguments, description)}
    if registry.view.grant(target).allow_aggregations:
        aggregate = required(aggregate_object(registry, target))
        name = f"{relationship.name}_aggregate"
        fields[name] = BoundField(
            aggregate,
            RelatedAggregate(relationship, target),
            list_arguments(registry, target),
            "An aggregate relationship",
        )
    return fields


def list_arguments(registry: TypeRegistry, table: TrackedTable) -> Arguments:
    """The arguments of every list of a table's rows."""
    arguments: Arguments = {}
    columns = select_column(registry, table)
    if columns is not None:
        arguments["distinct_on"] = GraphQLArgument(many(columns), description="distinct select on columns")
    integer = registry.scalar("Int")
    arguments["limit"] = BoundArgument(integer, LIMIT, description="limit the number of rows returned")
    arguments["offset"] = BoundArgument(integer, OFFSET, description="skip the first n rows. Use only with order_by")
    if orders_anything(registry, table):
        ordering = many(order_by(registry, table))
        arguments["order_by"] = GraphQLArgument(ordering, description="sort the rows by one or more columns")
    arguments["where"] = GraphQLArgument(bool_exp(registry, table), description="filter the rows returned")
    return arguments


def aggregate_object(registry: TypeRegistry, table: TrackedTable) -> GraphQLObjectType:
    """`T_aggregate`."""
    name = f"{table.graphql_name}_aggregate"

    def fields() -> Fields:
        return {
            "aggregate": BoundField(_aggregate_fields(registry, table), AggregatePart("aggregate")),
            "nodes": BoundField(all_of(table_object(registry, table)), AggregatePart("nodes")),
        }

    description = f'aggregated selection of "{table.name.display}"'
    return registry.once(name, lambda: GraphQLObjectType(name, fields, description=description))


def _aggregate_fields(registry: TypeRegistry, table: TrackedTable) -> GraphQLObjectType:
    name = f"{table.graphql_name}_aggregate_fields"
    description = f'aggregate fields of "{table.name.display}"'
    return registry.once(
        name, lambda: GraphQLObjectType(name, lambda: _functions(registry, table), description=description)
    )


def _functions(registry: TypeRegistry, table: TrackedTable) -> Fields:
    arguments: Arguments = {}
    columns = select_column(registry, table)
    if columns is not None:
        arguments["columns"] = GraphQLArgument(many(columns))
    arguments["distinct"] = GraphQLArgument(registry.scalar("Boolean"))
    fields: Fields = {"count": BoundField(required(registry.scalar("Int")), Count(), arguments)}
    for function in AGGREGATES:
        members = {
            **_aggregated_columns(registry, table, function),
            **_aggregated_computed(registry, table, function),
        }
        if members:
            made = _function_object(registry, table, function, members)
            fields[function] = BoundField(made, AggregateFunction(function))
    return dict(sorted(fields.items()))


def _function_object(registry: TypeRegistry, table: TrackedTable, function: str, members: Fields) -> GraphQLObjectType:
    name = f"{table.graphql_name}_{function}_fields"
    description = f"aggregate {function} on columns"
    return registry.once(name, lambda: GraphQLObjectType(name, dict(sorted(members.items())), description=description))


def _aggregated_columns(registry: TypeRegistry, table: TrackedTable, function: str) -> Fields:
    def output(column: TrackedColumn) -> Output:
        return registry.scalar("Float") if answers_float(function) else registry.column_output(column.type)

    columns = columns_of(function, registry.view.columns(table))
    return {column.field: BoundField(output(column), ReadColumn(column)) for column in columns}


def _aggregated_computed(registry: TypeRegistry, table: TrackedTable, function: str) -> Fields:
    """Computed fields keep their type even where the function answers a Float, as in Hasura."""
    fields: Fields = {}
    for one in columns_of(function, registry.view.computed_values(table)):
        output, arguments = registry.column_output(one.type), arguments_of(registry, one, table)
        fields[one.name] = BoundField(output, ReadComputed(one), arguments, one.description)
    return fields
