"""Lists and exclamation marks around types, for inputs and outputs alike.

graphql-core's own aliases are recursive and lose their parameters under a strict type checker; these do not.
"""

from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
)

Output = (
    GraphQLScalarType | GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType | GraphQLEnumType
    | GraphQLList[Any] | GraphQLNonNull[Any]
)  # fmt: skip
Input = GraphQLScalarType | GraphQLEnumType | GraphQLInputObjectType | GraphQLList[Any] | GraphQLNonNull[Any]


def required(inner: Output | Input) -> GraphQLNonNull[Any]:
    """`inner!`."""
    return GraphQLNonNull[Any](inner)


def many(inner: Output | Input) -> GraphQLList[Any]:
    """`[inner!]`."""
    return GraphQLList[Any](required(inner))


def maybe_each(inner: Input) -> GraphQLNonNull[Any]:
    """`[inner]!`."""
    return required(GraphQLList[Any](inner))


def all_of(inner: Output | Input) -> GraphQLNonNull[Any]:
    """`[inner!]!`."""
    return required(many(inner))


def nullable_list(inner: Output) -> GraphQLList[Any]:
    """`[inner]`."""
    return GraphQLList[Any](inner)
