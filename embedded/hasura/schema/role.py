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

from embedded.hasura.schema.meanings import BoundField, Nothing
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.roots import root_fields
from embedded.hasura.schema.tracked import Tracked
from embedded.hasura.schema.view import RoleView
from embedded.hasura.schema.wrapping import required

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
    """What one role can ask for, with or without what only servers may (`backend`).

    Types are made when first needed and kept as long as the metadata stays.
    """

    def __init__(self, role: str, tracked: Tracked, *, backend: bool = False) -> None:
        self.role = role
        self.view = RoleView(role, tracked, backend=backend)
        self._registry = TypeRegistry(self.view)

    def anew(self) -> "RoleSchema":
        """The same with types of its own."""
        return RoleSchema(self.role, self.view.tracked, backend=self.view.backend)

    @cached_property
    def query(self) -> GraphQLObjectType:
        """`query_root`, never without a field."""
        nothing = BoundField(
            required(GraphQLString), Nothing(), description="There are no queries available to the current role."
        )
        fields = root_fields(self._registry, "query")
        return GraphQLObjectType("query_root", fields or {"no_queries_available": nothing})

    @cached_property
    def mutation(self) -> GraphQLObjectType | None:
        """`mutation_root`, None if the role may change nothing."""
        fields = root_fields(self._registry, "mutation")
        return GraphQLObjectType("mutation_root", fields, description="mutation root") if fields else None

    @cached_property
    def subscription(self) -> GraphQLObjectType | None:
        """`subscription_root`, None if there is nothing to watch."""
        fields = root_fields(self._registry, "subscription")
        return GraphQLObjectType("subscription_root", fields) if fields else None

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
