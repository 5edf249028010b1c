"""What a field, argument or enum value of a role's schema means: the link from GraphQL names to tracked things.

The planner reads meanings and never a name, so custom names cost nothing after this stage.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from graphql import GraphQLArgument, GraphQLField, GraphQLInputField, Undefined

from embedded.hasura.catalogue.tree import SqlType
from embedded.hasura.schema.operators import Operand
from embedded.hasura.schema.tracked import (
    TrackedAction,
    TrackedArgument,
    TrackedColumn,
    TrackedComputed,
    TrackedFunction,
    TrackedRelationship,
    TrackedTable,
)
from embedded.hasura.schema.wrapping import Input, Output
from embedded.hasura.schema.write_meanings import ResponseMeaning, WriteMeaning


@dataclass(frozen=True)
class TypeName:
    """`__typename`."""


@dataclass(frozen=True)
class Introspection:
    """`__schema` or `__type`, answered from the role's types."""


@dataclass(frozen=True)
class Described:
    """Something about a schema; `read` takes it from what it belongs to."""

    read: Callable[..., Any]


@dataclass(frozen=True)
class Nothing:
    """The dummy field of a role that may read nothing."""


@dataclass(frozen=True)
class SelectRows:
    """A list of rows of a table."""

    table: TrackedTable


@dataclass(frozen=True)
class SelectByKey:
    """One row of a table by its primary key."""

    table: TrackedTable


@dataclass(frozen=True)
class SelectAggregate:
    """Aggregates over the rows of a table."""

    table: TrackedTable


@dataclass(frozen=True)
class StreamRows:
    """New rows of a table, batch by batch."""

    table: TrackedTable


@dataclass(frozen=True)
class CallFunction:
    """The rows a function returns, all of them or (if it returns one) that one."""

    function: TrackedFunction
    table: TrackedTable


@dataclass(frozen=True)
class CallFunctionAggregate:
    """Aggregates over the rows a function returns."""

    function: TrackedFunction
    table: TrackedTable


@dataclass(frozen=True)
class CallAction:
    """A call of an action's handler."""

    action: TrackedAction


@dataclass(frozen=True)
class QueueAction:
    """A call of an asynchronous action: it is only noted, and answered by the note's id."""

    action: TrackedAction


@dataclass(frozen=True)
class ReadActionLog:
    """What became of a call of an asynchronous action."""

    action: TrackedAction


@dataclass(frozen=True)
class ActionLogField:
    """A member of what became of a call."""

    name: Literal["id", "created_at", "errors", "output"]


@dataclass(frozen=True)
class ActionField:
    """A member of an action's answer."""

    name: str


@dataclass(frozen=True)
class ReadColumn:
    """A column of the row."""

    column: TrackedColumn


@dataclass(frozen=True)
class ReadComputed:
    """The value of a computed field."""

    computed: TrackedComputed


@dataclass(frozen=True)
class ComputedRows:
    """The rows a computed field consists of."""

    computed: TrackedComputed
    target: TrackedTable


@dataclass(frozen=True)
class ComputedAggregate:
    """Aggregates over the rows a computed field consists of."""

    computed: TrackedComputed
    target: TrackedTable


@dataclass(frozen=True)
class Related:
    """The row or rows a relationship leads to."""

    relationship: TrackedRelationship
    target: TrackedTable


@dataclass(frozen=True)
class RelatedAggregate:
    """Aggregates over the rows a relationship leads to."""

    relationship: TrackedRelationship
    target: TrackedTable


@dataclass(frozen=True)
class AggregatePart:
    """`aggregate` or `nodes` of an aggregate."""

    part: Literal["aggregate", "nodes"]


@dataclass(frozen=True)
class Count:
    """The number of rows."""


@dataclass(frozen=True)
class AggregateFunction:
    """A function such as `sum`, applied to the columns selected in it."""

    name: str


FieldMeaning = (
    TypeName | Introspection | Described | Nothing | SelectRows | SelectByKey | SelectAggregate | StreamRows
    | CallFunction | CallFunctionAggregate | ReadComputed | ComputedRows | ComputedAggregate
    | CallAction | QueueAction | ReadActionLog | ActionLogField | ActionField
    | ReadColumn | Related | RelatedAggregate | AggregatePart | Count | AggregateFunction
    | WriteMeaning | ResponseMeaning
)  # fmt: skip


@dataclass(frozen=True)
class Plain:
    """An argument or input field that its owner reads by name."""


@dataclass(frozen=True)
class Junction:
    """`_and`, `_or` or `_not` of a boolean expression."""

    kind: Literal["_and", "_or", "_not"]


@dataclass(frozen=True)
class OnColumn:
    """A member of a boolean expression or ordering that is about a column."""

    column: TrackedColumn


@dataclass(frozen=True)
class OnRelation:
    """A member of a boolean expression or ordering that is about related rows."""

    relationship: TrackedRelationship
    target: TrackedTable


@dataclass(frozen=True)
class OnAggregate:
    """A member of an ordering or boolean expression that is about an aggregate of related rows."""

    relationship: TrackedRelationship
    target: TrackedTable


@dataclass(frozen=True)
class OnComputed:
    """A member of a boolean expression or ordering that is about the value of a computed field."""

    computed: TrackedComputed


@dataclass(frozen=True)
class OnComputedRows:
    """A member of a boolean expression that is about the rows of a computed field, or of an ordering: aggregates."""

    computed: TrackedComputed
    target: TrackedTable


@dataclass(frozen=True)
class PassArgument:
    """A member of a function's `args`."""

    argument: TrackedArgument


@dataclass(frozen=True)
class CastTo:
    """Comparisons of a value read as another type."""

    type: SqlType


@dataclass(frozen=True)
class Operator:
    """A comparison with an operand."""

    name: str
    operand: Operand


InputMeaning = (
    Plain | Junction | OnColumn | OnRelation | OnAggregate | OnComputed | OnComputedRows | PassArgument | CastTo
    | Operator
)  # fmt: skip

PLAIN = Plain()


class BoundField(GraphQLField):
    """A field with its meaning."""

    def __init__(
        self,
        type_: Output,
        meaning: FieldMeaning,
        args: dict[str, GraphQLArgument] | None = None,
        description: str | None = None,
    ) -> None:
        super().__init__(type_, args, description=description)
        self.meaning = meaning


class BoundArgument(GraphQLArgument):
    """An argument whose values are read as another type than the schema shows."""

    def __init__(self, type_: Input, read_as: Input, description: str | None = None) -> None:
        super().__init__(type_, description=description)
        self.read_as = read_as


class BoundInput(GraphQLInputField):
    """An input field with its meaning; one with a default may be left out even where null is refused."""

    def __init__(
        self,
        type_: Input,
        meaning: InputMeaning = PLAIN,
        description: str | None = None,
        default: list[str] | None = None,
    ) -> None:
        super().__init__(type_, Undefined if default is None else default, description=description)
        self.meaning = meaning


Arguments = dict[str, GraphQLArgument]
