"""Random queries that a role may ask, every answer of which is decided: what is cut is ordered by the key first."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.integration.embedded.hasura.rows.choice import Choice
from tests.integration.embedded.hasura.rows.filters import Wheres
from tests.integration.embedded.hasura.rows.query import Applied, Arguments, Count, Lifted, Read, Select, Step
from tests.integration.embedded.hasura.rows.world import NUMBERS, Column, Relationship, Table, World, since

_DEPTH_MAX = 2
_DIRECTIONS = ("asc", "desc", "asc_nulls_first", "asc_nulls_last", "desc_nulls_first", "desc_nulls_last")


@st.composite
def queries(draw: st.DrawFn, world: World, role: str) -> list[Select]:
    """One to three root fields."""
    return _Queries(Choice(draw), world, role).query()


class _Queries:
    def __init__(self, choice: Choice, world: World, role: str) -> None:
        self._choice = choice
        self._world = world
        self._grants = world.grants[role]
        self._wheres = Wheres(choice, world, role)

    def query(self) -> list[Select]:
        names = sorted(self._grants)
        return [
            self._root(self._world.tables[self._choice.one(names)], f"r{number}")
            for number in range(self._choice.number(1, 3))
        ]

    def _root(self, table: Table, key: str) -> Select:
        grant = self._grants[table.name]
        kinds = ["list", "list", *["aggregate"] * grant.aggregations, *["one"] * ("id" in grant.columns)]
        kind = self._choice.one(kinds)
        if kind == "one":
            found = Select(key, f"{table.name}_by_pk", "one", table.name, id=self._choice.number(0, 6))
            return replace(found, fields=self._fields(table, 0))
        lowest = self._choice.one([None, None, 0, 2])
        name = table.name if lowest is None else since(table)
        whole = name if kind == "list" else f"{name}_aggregate"
        return self._several(Select(key, whole, kind, table.name, lowest=lowest), table, 0)

    def _several(self, select: Select, table: Table, depth: int) -> Select:
        whole = replace(select, arguments=self._arguments(table), fields=self._fields(table, depth))
        if select.kind == "list":
            return whole
        aggregates = self._aggregates(table)
        return replace(whole, aggregates=aggregates, fields=whole.fields if self._choice.coin() else ())

    def _fields(self, table: Table, depth: int) -> "tuple[Read | Select, ...]":
        chosen = self._choice.several(self._columns(table), low=1, high=3)
        fields: list[Read | Select] = [Read(f"k{number}", one.field) for number, one in enumerate(chosen)]
        reachable = [one for one in table.relationships if one.target in self._grants]
        if depth < _DEPTH_MAX and reachable:
            related = self._choice.times(lambda: self._choice.one(reachable), high=2)
            fields += [self._related(one, f"n{number}", depth + 1) for number, one in enumerate(related)]
        return tuple(fields)

    def _related(self, relationship: Relationship, key: str, depth: int) -> Select:
        target = self._world.tables[relationship.target]
        if relationship.kind == "object":
            return Select(key, relationship.name, "one", target.name, fields=self._fields(target, depth))
        found = Select(key, relationship.name, "list", target.name)
        if self._grants[target.name].aggregations and self._choice.coin():
            found = Select(key, f"{relationship.name}_aggregate", "aggregate", target.name)
        return self._several(found, target, depth)

    def _arguments(self, table: Table) -> Arguments:
        grant = self._grants[table.name]
        arguments = Arguments(where=self._where(table))
        if not grant.orders_all or (grant.limit is None and self._choice.coin()):
            return arguments
        fields = [column.field for column in self._columns(table)]
        distinct = self._choice.several(fields, high=2) if self._choice.coin() else []
        steps: list[Step] = [((name,), self._choice.one(_DIRECTIONS)) for name in distinct]
        steps += self._choice.times(lambda: self._step(table, 0), high=2)
        return replace(
            arguments,
            order_by=(*steps, (("id",), self._choice.one(["asc", "desc"]))),
            distinct_on=tuple(distinct),
            limit=self._choice.one([None, 0, 1, 2, 5]),
            offset=self._choice.one([None, None, 0, 1, 2]),
        )

    def _where(self, table: Table) -> Any:
        if not self._choice.often(4):
            return None
        asked = self._wheres.where(table)
        return asked if self._choice.often(4) else Lifted(_unlifted(asked), f"{table.name}_bool_exp")

    def _step(self, table: Table, depth: int) -> Step:
        paths = [(column.field,) for column in self._columns(table)]
        inner = [one for one in table.relationships if one.target in self._grants] if depth < _DEPTH_MAX else []
        objects = [one for one in inner if one.kind == "object"]
        counted = [one for one in inner if one.kind == "array" and self._grants[one.target].aggregations]
        match self._choice.one(["own", "own", *["object"] * bool(objects), *["array"] * bool(counted)]):
            case "object":
                one = self._choice.one(objects)
                path, direction = self._step(self._world.tables[one.target], depth + 1)
                return (one.name, *path), direction
            case "array":
                one = self._choice.one(counted)
                return self._counted(one), self._choice.one(_DIRECTIONS)
            case _:
                return self._choice.one(paths), self._choice.one(_DIRECTIONS)

    def _counted(self, relationship: Relationship) -> tuple[str, ...]:
        name = f"{relationship.name}_aggregate"
        function = self._choice.one(["count", "min", "max", "sum"])
        usable = _usable(function, self._columns(self._world.tables[relationship.target]))
        if function == "count" or not usable:
            return name, "count"
        return name, function, self._choice.one(usable).field

    def _aggregates(self, table: Table) -> tuple[Count | Applied, ...]:
        columns = self._columns(table)
        names = [column.field for column in self._choice.several(columns, high=2)]
        found: list[Count | Applied] = [Count("count", (), distinct=False)]
        found.append(Count("some", tuple(names), distinct=bool(names) and self._choice.coin()))
        for function in ("sum", "min", "max"):
            usable = _usable(function, columns)
            if usable:
                found.append(Applied(function, function, self._choice.one(usable).field))
        return tuple(found)

    def _columns(self, table: Table) -> list[Column]:
        grant = self._grants[table.name]
        return [column for column in table.columns if column.name in grant.columns]


def _usable(function: str, columns: list[Column]) -> list[Column]:
    if function == "sum":
        return [column for column in columns if column.type in NUMBERS]
    return [column for column in columns if column.type != "boolean"]


def _unlifted(value: Any) -> Any:
    """The value with plain JSON inside, to travel as one variable."""
    match value:
        case Lifted(inner, _):
            return _unlifted(inner)
        case dict():
            return {key: _unlifted(item) for key, item in value.items()}
        case list():
            return [_unlifted(item) for item in value]
        case _:
            return value
