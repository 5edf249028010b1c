"""Queries as trees that both the engine (as text) and the oracle (as they are) can read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.integration.embedded.hasura.rows.world import SCALARS, Json, Table, World

# One step of an ordering: names of object relationships, then a field; or an aggregate of an array relationship.
Step = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class Lifted:
    """A value that travels as a variable."""

    value: Any
    type: str


@dataclass(frozen=True)
class Arguments:
    """What may stand between the parentheses of a list field; None is not given."""

    where: Json | None = None
    order_by: tuple[Step, ...] = ()
    distinct_on: tuple[str, ...] = ()
    limit: int | None = None
    offset: int | None = None


@dataclass(frozen=True)
class Read:
    """A column's field."""

    key: str
    field: str


@dataclass(frozen=True)
class Count:
    """`count`, of rows or of columns."""

    key: str
    columns: tuple[str, ...]
    distinct: bool


@dataclass(frozen=True)
class Applied:
    """`sum`, `min` or `max` of one column."""

    key: str
    function: str
    field: str


@dataclass(frozen=True)
class Select:
    """A root field or a relationship: `kind` is list, one (by key or an object relationship) or aggregate."""

    key: str
    name: str
    kind: str
    table: str
    arguments: Arguments = field(default_factory=Arguments)
    fields: "tuple[Read | Select, ...]" = ()
    aggregates: tuple[Count | Applied, ...] = ()
    id: int | None = None
    lowest: int | None = None


class Writer:
    """Writes a query's text and gathers its variables."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.variables: Json = {}
        self._declared: list[str] = []

    def text(self, selects: Sequence[Select]) -> str:
        body = " ".join(self._select(select) for select in selects)
        declared = f"query ({', '.join(self._declared)}) " if self._declared else ""
        return f"{declared}{{ {body} }}"

    def _select(self, select: Select) -> str:
        arguments = self._arguments(select)
        fields = " ".join(self._field(one) for one in select.fields)
        if select.kind == "aggregate":
            parts = [f"aggregate {{ {' '.join(map(_aggregate, select.aggregates))} }}"] if select.aggregates else []
            parts += [f"nodes {{ {fields} }}"] if fields else []
            fields = " ".join(parts)
        return f"{select.key}: {select.name}{arguments} {{ {fields} }}"

    def _field(self, one: Read | Select) -> str:
        return self._select(one) if isinstance(one, Select) else f"{one.key}: {one.field}"

    def _arguments(self, select: Select) -> str:
        given = select.arguments
        parts: list[str] = []
        if select.id is not None:
            parts.append(f"id: {self._value(Lifted(select.id, 'Int!') if select.id % 2 else select.id)}")
        if select.lowest is not None:
            parts.append(f"args: {{lowest: {self._value(Lifted(select.lowest, 'Int'))}}}")
        if given.where is not None:
            parts.append(f"where: {self._value(given.where)}")
        if given.order_by:
            parts.append(f"order_by: [{', '.join(map(_step, given.order_by))}]")
        if given.distinct_on:
            parts.append(f"distinct_on: [{', '.join(given.distinct_on)}]")
        if given.limit is not None:
            parts.append(f"limit: {self._value(Lifted(given.limit, 'Int') if given.limit % 2 else given.limit)}")
        if given.offset is not None:
            parts.append(f"offset: {given.offset}")
        return f"({', '.join(parts)})" if parts else ""

    def _value(self, value: Any) -> str:
        match value:
            case Lifted(inner, type_name):
                name = f"v{len(self.variables)}"
                self._declared.append(f"${name}: {type_name}")
                self.variables[name] = inner
                return f"${name}"
            case dict():
                return "{" + ", ".join(f"{key}: {self._value(item)}" for key, item in value.items()) + "}"
            case list():
                return "[" + ", ".join(self._value(item) for item in value) + "]"
            case Decimal():
                return str(value)
            case _:
                return json.dumps(value)


def lifted_value(value: Any) -> Any:
    """The value itself, whether it travels as a variable or not."""
    return value.value if isinstance(value, Lifted) else value


def scalar_of(table: Table, field_name: str) -> str:
    """The GraphQL type of a field."""
    column = table.by_field(field_name)
    assert column is not None
    return SCALARS[column.type]


def _step(step: Step) -> str:
    path, direction = step
    written = direction
    for name in reversed(path):
        written = f"{{{name}: {written}}}"
    return written


def _aggregate(aggregate: Count | Applied) -> str:
    if isinstance(aggregate, Applied):
        return f"{aggregate.key}: {aggregate.function} {{ {aggregate.field} }}"
    parts = [f"columns: [{', '.join(aggregate.columns)}]"] if aggregate.columns else []
    parts += ["distinct: true"] if aggregate.distinct else []
    return f"{aggregate.key}: count" + (f"({', '.join(parts)})" if parts else "")
