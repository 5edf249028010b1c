"""Input types of a table's rows: boolean expressions and orderings."""

from functools import partial

from graphql import GraphQLInputObjectType

from embedded.hasura.schema.aggregate_filters import aggregate_bool_exp
from embedded.hasura.schema.aggregates import AGGREGATES, columns_of
from embedded.hasura.schema.meanings import (
    BoundInput,
    Junction,
    OnAggregate,
    OnColumn,
    OnComputed,
    OnComputedRows,
    OnRelation,
)
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.tracked import TrackedTable
from embedded.hasura.schema.wrapping import many

Members = dict[str, BoundInput]


def bool_exp(registry: TypeRegistry, table: TrackedTable) -> GraphQLInputObjectType:
    """`T_bool_exp`."""
    name = f"{table.graphql_name}_bool_exp"
    description = f'Boolean expression to filter rows from the table "{table.name.display}". '
    description += "All fields are combined with a logical 'AND'."
    return registry.once(
        name, lambda: GraphQLInputObjectType(name, lambda: _bool_members(registry, table), description=description)
    )


def _bool_members(registry: TypeRegistry, table: TrackedTable) -> Members:
    own = bool_exp(registry, table)
    members: Members = {
        "_and": BoundInput(many(own), Junction("_and")),
        "_not": BoundInput(own, Junction("_not")),
        "_or": BoundInput(many(own), Junction("_or")),
    }
    for column in registry.view.columns(table):
        members[column.field] = BoundInput(registry.comparison(column.type), OnColumn(column))
    for relationship, target in registry.view.relationships(table):
        members[relationship.name] = BoundInput(bool_exp(registry, target), OnRelation(relationship, target))
        if relationship.kind == "array" and registry.view.grant(target).allow_aggregations:
            tests = aggregate_bool_exp(registry, target, bool_exp)
            members[f"{relationship.name}_aggregate"] = BoundInput(tests, OnAggregate(relationship, target))
    for computed in registry.view.computed_values(table):
        if not computed.takes_arguments:
            members[computed.name] = BoundInput(registry.comparison(computed.type), OnComputed(computed))
    for computed, target in registry.view.computed_rows(table):
        if not computed.takes_arguments:
            members[computed.name] = BoundInput(bool_exp(registry, target), OnComputedRows(computed, target))
    return dict(sorted(members.items()))


def order_by(registry: TypeRegistry, table: TrackedTable) -> GraphQLInputObjectType:
    """`T_order_by`."""
    name = f"{table.graphql_name}_order_by"
    description = f'Ordering options when selecting data from "{table.name.display}".'
    return registry.once(
        name, lambda: GraphQLInputObjectType(name, lambda: _order_members(registry, table), description=description)
    )


def _order_members(registry: TypeRegistry, table: TrackedTable) -> Members:
    members: Members = {}
    for column in registry.view.columns(table):
        members[column.field] = BoundInput(registry.ordering(), OnColumn(column))
    for relationship, target in registry.view.relationships(table):
        if relationship.kind == "object":
            members[relationship.name] = BoundInput(order_by(registry, target), OnRelation(relationship, target))
        elif registry.view.grant(target).allow_aggregations:
            ordering = aggregate_order_by(registry, target)
            members[f"{relationship.name}_aggregate"] = BoundInput(ordering, OnAggregate(relationship, target))
    for computed in registry.view.computed_values(table):
        if not computed.takes_arguments:
            members[computed.name] = BoundInput(registry.ordering(), OnComputed(computed))
    for computed, target in registry.view.computed_rows(table):
        if not computed.takes_arguments and registry.view.grant(target).allow_aggregations:
            ordering = aggregate_order_by(registry, target)
            members[f"{computed.name}_aggregate"] = BoundInput(ordering, OnComputedRows(computed, target))
    return dict(sorted(members.items()))


def orders_anything(registry: TypeRegistry, table: TrackedTable) -> bool:
    """Whether the role sees anything that rows of the table can be ordered by."""
    view = registry.view
    if view.columns(table) or any(not computed.takes_arguments for computed in view.computed_values(table)):
        return True
    return any(True for _ in view.relationships(table)) or any(True for _ in view.computed_rows(table))


def aggregate_order_by(registry: TypeRegistry, table: TrackedTable) -> GraphQLInputObjectType:
    """`T_aggregate_order_by`."""
    name = f"{table.graphql_name}_aggregate_order_by"
    description = f'order by aggregate values of table "{table.name.display}"'
    return registry.once(
        name,
        lambda: GraphQLInputObjectType(name, lambda: _aggregate_members(registry, table), description=description),
    )


def _aggregate_members(registry: TypeRegistry, table: TrackedTable) -> Members:
    members: Members = {"count": BoundInput(registry.ordering())}
    for function in AGGREGATES:
        columns = columns_of(function, registry.view.columns(table))
        if columns:
            name = f"{table.graphql_name}_{function}_order_by"
            inner = {c.field: BoundInput(registry.ordering(), OnColumn(c)) for c in columns}
            made = registry.once(name, partial(_function_order_by, name, function, inner))
            members[function] = BoundInput(made)
    return dict(sorted(members.items()))


def _function_order_by(name: str, function: str, members: Members) -> GraphQLInputObjectType:
    return GraphQLInputObjectType(name, members, description=f"order by {function}() on columns")
