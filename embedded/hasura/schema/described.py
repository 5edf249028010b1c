"""`__schema` and `__type` as root fields with meanings like all others.

What lies below them are graphql-core's own types: their fields are validated in Hasura's words like a table's, and
`introspection` reads the answers through the functions they carry.
"""

from typing import cast

from graphql import GraphQLArgument, GraphQLObjectType, GraphQLString, introspection_types

from embedded.hasura.schema.meanings import BoundField, Introspection
from embedded.hasura.schema.wrapping import required

_SCHEMA = cast("GraphQLObjectType", introspection_types["__Schema"])
_TYPE = cast("GraphQLObjectType", introspection_types["__Type"])

ROOTS = {
    "__schema": BoundField(required(_SCHEMA), Introspection()),
    "__type": BoundField(_TYPE, Introspection(), {"name": GraphQLArgument(required(GraphQLString))}),
}
