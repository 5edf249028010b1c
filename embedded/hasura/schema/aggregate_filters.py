"""Boolean expressions about aggregates of related rows: how many there are, whether all or any are true of a column."""

from collections.abc import Callable

from graphql import GraphQLInputObjectType

from embedded.hasura.catalogue.tree import BOOLEAN, INTEGER
from embedded.hasura.schema.meanings import BoundInput
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.select_columns import column_enum, select_column
from embedded.hasura.schema.tracked import TrackedTable
from embedded.hasura.schema.wrapping import many, required

BOOL_FUNCTIONS = ("bool_and", "bool_or")

BoolExp = Callable[[TypeRegistry, TrackedTable], GraphQLInputObjectType]


def aggregate_bool_exp(registry: TypeRegistry, table: TrackedTable, bool_exp: BoolExp) -> GraphQLInputObjectType:
    """`T_aggregate_bool_exp`; `bool_exp` makes the type of the filter of the rows that count."""
    name = f"{table.graphql_name}_aggregate_bool_exp"

    def members() -> dict[str, BoundInput]:
        made = {"count": BoundInput(_count(registry, table, bool_exp))}
        for function in BOOL_FUNCTIONS:
            test = _bool_test(registry, table, function, bool_exp)
            if test is not None:
                made[function] = BoundInput(test)
        return dict(sorted(made.items()))

    description = f'filter on aggregates of "{table.name.display}"'
    return registry.once(name, lambda: GraphQLInputObjectType(name, members, description=description))


def _count(registry: TypeRegistry, table: TrackedTable, bool_exp: BoolExp) -> GraphQLInputObjectType:
    name = f"{table.graphql_name}_aggregate_bool_exp_count"

    def members() -> dict[str, BoundInput]:
        columns = select_column(registry, table)
        made = {
            "distinct": BoundInput(registry.scalar("Boolean")),
            "filter": BoundInput(bool_exp(registry, table)),
            "predicate": BoundInput(required(registry.comparison(INTEGER))),
        }
        return ({"arguments": BoundInput(many(columns))} if columns is not None else {}) | made

    return registry.once(name, lambda: GraphQLInputObjectType(name, members))


def _bool_test(
    registry: TypeRegistry, table: TrackedTable, function: str, bool_exp: BoolExp
) -> GraphQLInputObjectType | None:
    name = f"{table.graphql_name}_aggregate_bool_exp_{function}"
    usual = f"{table.graphql_name}_select_column"
    fitting = [column for column in registry.view.columns(table) if column.type.name == "bool"]
    columns = column_enum(registry, f"{usual}_{name}_arguments_columns", table, fitting)
    if columns is None:
        return None

    def members() -> dict[str, BoundInput]:
        return {
            "arguments": BoundInput(required(columns)),
            "distinct": BoundInput(registry.scalar("Boolean")),
            "filter": BoundInput(bool_exp(registry, table)),
            "predicate": BoundInput(required(registry.comparison(BOOLEAN))),
        }

    return registry.once(name, lambda: GraphQLInputObjectType(name, members))
