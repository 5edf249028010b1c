"""The GraphQL types of one role, each made once and only when something asks for it."""

from collections.abc import Callable
from typing import TypeVar, cast

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLNamedType,
    GraphQLScalarType,
    GraphQLString,
)

from embedded.hasura.catalogue.tree import TEXT, EnumType, SqlType
from embedded.hasura.schema.meanings import BoundInput, CastTo, Operator
from embedded.hasura.schema.names import scalar_name
from embedded.hasura.schema.operators import operators_of
from embedded.hasura.schema.view import RoleView
from embedded.hasura.schema.wrapping import Input, Output, many

Made = TypeVar("Made", bound=GraphQLNamedType)

BOOLEAN, INTEGER = GraphQLBoolean, GraphQLInt


class RowCount(GraphQLScalarType):
    """`Int` as `limit` and `offset` take it: not negative, and for an offset also as a string of digits.

    It is read in place of `Int` and never stands in a schema, so its name may be one that GraphQL reserves.
    """

    def __str__(self) -> str:
        """The name that people know."""
        return "Int"


LIMIT = RowCount("__limit")
OFFSET = RowCount("__offset")

_BUILT_IN = {t.name: t for t in (GraphQLBoolean, GraphQLFloat, GraphQLInt, GraphQLString, GraphQLID)}

ORDERINGS = {
    "asc": "in ascending order, nulls last",
    "asc_nulls_first": "in ascending order, nulls first",
    "asc_nulls_last": "in ascending order, nulls last",
    "desc": "in descending order, nulls first",
    "desc_nulls_first": "in descending order, nulls first",
    "desc_nulls_last": "in descending order, nulls last",
}


class TypeRegistry:
    """Types by name; asking twice gives the same object, as GraphQL demands."""

    def __init__(self, view: RoleView) -> None:
        self.view = view
        self._types: dict[str, GraphQLNamedType] = dict(_BUILT_IN)

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """The type of that name, made by `make` the first time."""
        if name not in self._types:
            self._types[name] = make()
        return cast("Made", self._types[name])

    def scalar(self, name: str) -> GraphQLScalarType:
        """The scalar of that name."""
        return self.once(name, lambda: GraphQLScalarType(name))

    def column_output(self, sql_type: SqlType) -> Output:
        """The nullable output type of a column's type."""
        if sql_type.enum is not None:
            return self.enum(sql_type.enum)
        if sql_type.element is not None:
            return many(self.scalar(scalar_name(sql_type.element)))
        return self.scalar(scalar_name(sql_type))

    def column_input(self, sql_type: SqlType) -> Input:
        """The nullable input type of a column's type."""
        if sql_type.enum is not None:
            return self.enum(sql_type.enum)
        if sql_type.element is not None:
            return many(self.scalar(scalar_name(sql_type.element)))
        return self.scalar(scalar_name(sql_type))

    def enum(self, enum: EnumType) -> GraphQLEnumType:
        """The type of an enum table's values."""
        values = {value.name: GraphQLEnumValue(value.name, description=value.comment) for value in enum.values}
        return self.once(enum.name, lambda: GraphQLEnumType(enum.name, values))

    def comparison(self, sql_type: SqlType) -> GraphQLInputObjectType:
        """The comparison input of a column's type."""
        if sql_type.enum is not None:
            name = f"{sql_type.enum.name}_comparison_exp"
        elif sql_type.element is not None:
            name = f"{scalar_name(sql_type.element)}_array_comparison_exp"
        else:
            name = f"{scalar_name(sql_type)}_comparison_exp"
        return self.once(name, lambda: self._comparison(name, sql_type))

    def _comparison(self, name: str, sql_type: SqlType) -> GraphQLInputObjectType:
        own = self.column_input(sql_type)
        text = self.scalar("String")
        operands: dict[str, Input] = {
            "same": own,
            "list": many(own),
            "boolean": self.scalar("Boolean"),
            "text": text,
            "texts": many(text),
            "json": own,
        }
        description = f'Boolean expression to compare columns of type "{name.removesuffix("_comparison_exp")}". '
        description += "All fields are combined with logical 'AND'."
        members = {
            operator: BoundInput(operands[operand], Operator(operator, operand))
            for operator, operand in operators_of(sql_type).items()
        }
        if sql_type.name == "jsonb":
            members["_cast"] = BoundInput(self._jsonb_cast(), CastTo(TEXT))
        return GraphQLInputObjectType(name, dict(sorted(members.items())), description=description)

    def _jsonb_cast(self) -> GraphQLInputObjectType:
        name = "jsonb_cast_exp"
        members = {"String": BoundInput(self.comparison(TEXT))}
        return self.once(name, lambda: GraphQLInputObjectType(name, members))

    def ordering(self) -> GraphQLEnumType:
        """The enum `order_by`."""
        values = {name: GraphQLEnumValue(name, description=text) for name, text in ORDERINGS.items()}
        return self.once("order_by", lambda: GraphQLEnumType("order_by", values, description="column ordering options"))
