"""The schema of one role: its root types for the compiler, and a full GraphQL schema when someone introspects."""

from functools import cached_property

from graphql import (
    DirectiveLocation,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLDirective,
    GraphQLInt,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    specified_directives,
)

from embedded.hasura.schema.action_types import ActionTypes
from embedded.hasura.schema.meanings import BoundField, Nothing, SelectAggregate, SelectByKey, SelectRows
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.table_types import aggregate_object, list_arguments, table_object
from embedded.hasura.schema.tracked import SelectGrant, Tracked, TrackedTable
from embedded.hasura.schema.view import RoleView
from embedded.hasura.schema.wrapping import all_of, required

Fields = dict[str, BoundField]

_CACHED = GraphQLDirective(
    "cached",
    [DirectiveLocation.QUERY],
    args={
        "ttl": GraphQLArgument(required(GraphQLInt), default_value=60),
        "refresh": GraphQLArgument(required(GraphQLBoolean), default_value=False),
    },
    description="whether this query should be cached (Hasura Cloud only)",
)


class RoleSchema:
    """What one role can ask for. Types are made when first needed and kept as long as the metadata stays."""

    def __init__(self, role: str, tracked: Tracked) -> None:
        self.role = role
        self.view = RoleView(role, tracked)
        self._registry = TypeRegistry(self.view)
        self._actions = ActionTypes(self._registry)

    @cached_property
    def query(self) -> GraphQLObjectType:
        """`query_root`, never without a field."""
        fields = self._table_fields("query") | self._action_fields("query")
        nothing = BoundField(
            required(GraphQLString), Nothing(), description="There are no queries available to the current role."
        )
        return GraphQLObjectType("query_root", _sorted(fields) or {"no_queries_available": nothing})

    @cached_property
    def mutation(self) -> GraphQLObjectType | None:
        """`mutation_root`, None if the role may change nothing."""
        fields = self._action_fields("mutation")
        return GraphQLObjectType("mutation_root", _sorted(fields), description="mutation root") if fields else None

    @cached_property
    def subscription(self) -> GraphQLObjectType | None:
        """`subscription_root`, None if there is nothing to watch."""
        fields = self._table_fields("subscription")
        return GraphQLObjectType("subscription_root", _sorted(fields)) if fields else None

    @cached_property
    def introspectable(self) -> GraphQLSchema:
        """The schema graphql-core answers introspection from."""
        directives = (*(d for d in specified_directives if d.name in {"include", "skip"}), _CACHED)
        return GraphQLSchema(self.query, self.mutation, self.subscription, directives=directives, assume_valid=True)

    def root(self, operation: str) -> GraphQLObjectType | None:
        """The root type of `query`, `mutation` or `subscription`."""
        return {
            "query": lambda: self.query,
            "mutation": lambda: self.mutation,
            "subscription": lambda: self.subscription,
        }[operation]()

    def _action_fields(self, kind: str) -> Fields:
        return {
            name: self._actions.field(action)
            for name, action in self.view.tracked.actions.items()
            if action.action.definition.type == kind and action.allows(self.role)
        }

    def _table_fields(self, operation: str) -> Fields:
        fields: Fields = {}
        for table, grant in self.view.tables():
            allowed = grant.query_root_fields if operation == "query" else grant.subscription_root_fields
            for kind, name, field in self._roots(table, grant):
                if allowed is None or kind in allowed:
                    fields[name] = field
        return fields

    def _roots(self, table: TrackedTable, grant: SelectGrant) -> list[tuple[str, str, BoundField]]:
        registry, names, usual = self._registry, table.root_fields, table.graphql_name
        row = table_object(registry, table)
        every = all_of(row)
        arguments = list_arguments(registry, table)
        what = f'"{table.name.display}"'
        rows = BoundField(every, SelectRows(table), arguments, f"fetch data from the table: {what}")
        roots = [("select", names.select or usual, rows)]
        if grant.allow_aggregations:
            counted = required(aggregate_object(registry, table))
            description = f"fetch aggregated fields from the table: {what}"
            field = BoundField(counted, SelectAggregate(table), list_arguments(registry, table), description)
            roots.append(("select_aggregate", names.select_aggregate or f"{usual}_aggregate", field))
        if table.primary_key is not None and self.view.reads_key(table):
            keys = {
                column.field: GraphQLArgument(required(registry.column_input(column.type)))
                for column in (table.columns[key] for key in table.primary_key.columns)
            }
            description = f"fetch data from the table: {what} using primary key columns"
            field = BoundField(row, SelectByKey(table), keys, description)
            roots.append(("select_by_pk", names.select_by_pk or f"{usual}_by_pk", field))
        return roots


def _sorted(fields: Fields) -> Fields:
    return dict(sorted(fields.items()))
