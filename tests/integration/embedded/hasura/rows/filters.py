"""Random filters: in the language of permissions, and as a client's `where`."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.integration.embedded.hasura.rows.choice import Choice
from tests.integration.embedded.hasura.rows.query import Lifted
from tests.integration.embedded.hasura.rows.world import NUMBERS, SCALARS, VALUES, Column, Json, Table, World

_DEPTH_MAX = 3
_COMPARISONS = ("_eq", "_neq", "_gt", "_gte", "_lt", "_lte")
_COLUMN_COMPARISONS = ("_ceq", "_cneq", "_cgt", "_cgte", "_clt", "_clte", "$ceq")
_PATTERN_OPERATORS = ("_like", "_nlike", "_ilike", "_nilike")
_PATTERNS = ("%a%", "a_", "%", "A%", "")
_EXPRESSIONS = ("^a", "b$", "a|A")
_SPELLINGS = {"_eq": "$eq", "_neq": "_ne", "_and": "$and", "_or": "$or", "_not": "$not", "_in": "$in"}


class Permissions:
    """Filters about `root`, over all columns and relationships, with session variables and column comparisons."""

    def __init__(self, choice: Choice, world: World, root: Table) -> None:
        self._choice = choice
        self._world = world
        self._root = root

    def filter(self, table: Table | None = None, depth: int = 0) -> Json:
        """A filter; what it speaks of is `table`, the root without one."""
        about = table or self._root
        return dict(self._choice.times(lambda: self._member(about, depth), high=2))

    def _member(self, table: Table, depth: int) -> tuple[str, Any]:
        kinds: list[Callable[[Table, int], tuple[str, Any]]] = [self._column, self._column, self._other_column]
        if depth < _DEPTH_MAX:
            kinds += [self._junction, self._junction, self._negation, self._exists]
            kinds += [self._related] * bool(table.relationships)
        return self._choice.one(kinds)(table, depth)

    def _junction(self, table: Table, depth: int) -> tuple[str, Any]:
        name = self._spelled(self._choice.one(["_and", "_or"]))
        return name, self._choice.times(lambda: self.filter(table, depth + 1), high=2)

    def _negation(self, table: Table, depth: int) -> tuple[str, Any]:
        return self._spelled("_not"), self.filter(table, depth + 1)

    def _exists(self, _table: Table, depth: int) -> tuple[str, Any]:
        name = self._choice.one(sorted(self._world.tables))
        where = self.filter(self._world.tables[name], depth + 1)
        return "_exists", {"_table": {"schema": "public", "name": name}, "_where": where}

    def _related(self, table: Table, depth: int) -> tuple[str, Any]:
        relationship = self._choice.one(table.relationships)
        return relationship.name, self.filter(self._world.tables[relationship.target], depth + 1)

    def _column(self, table: Table, _depth: int) -> tuple[str, Any]:
        column = self._choice.one(table.columns)
        if not self._choice.often(4):
            return column.name, self._single(column)  # a bare value stands for _eq
        return column.name, dict(self._choice.times(lambda: self._test(column), low=1, high=2))

    def _test(self, column: Column) -> tuple[str, Any]:
        operators = [*_COMPARISONS, "_in", "_nin", "_is_null"]
        if column.type == "text":
            operators += [*_PATTERN_OPERATORS, "_regex", "_nregex"]
        operator = self._choice.one(operators)
        if operator in _PATTERN_OPERATORS:
            return operator, self._choice.one(_PATTERNS)
        match operator:
            case "_in" | "_nin":
                return self._spelled(operator), self._several(column)
            case "_is_null":
                return operator, self._choice.coin()
            case "_regex" | "_nregex":
                return operator, self._choice.one(_EXPRESSIONS)
            case _:
                return self._spelled(operator), self._single(column)

    def _single(self, column: Column) -> Any:
        name = _VARIABLES[column.type][0]
        return self._choice.one([*map(_plain, VALUES[column.type]), name, name.lower(), name.upper()])

    def _several(self, column: Column) -> Any:
        variables = _VARIABLES[column.type][1:]
        if variables and self._choice.coin():
            return variables[0]
        return self._choice.several(list(map(_plain, VALUES[column.type])), high=3)

    def _other_column(self, table: Table, _depth: int) -> tuple[str, Any]:
        column = self._choice.one(table.columns)
        mine = [one.name for one in table.columns if one.type == column.type]
        roots = [["$", one.name] for one in self._root.columns if one.type == column.type]
        return column.name, {self._choice.one(_COLUMN_COMPARISONS): self._choice.one([*mine, *roots])}

    def _spelled(self, name: str) -> str:
        return name if self._choice.coin() else _SPELLINGS.get(name, name)


# The variables to compare with; their names are written in any case.
_VARIABLES = {
    **dict.fromkeys(NUMBERS, ("X-Hasura-Number", "X-Hasura-Numbers")),
    "text": ("X-Hasura-Word", "X-Hasura-Words"),
    "boolean": ("X-Hasura-Flag",),
    "date": ("X-Hasura-Day",),
}


class Wheres:
    """What a role may write as `where`."""

    def __init__(self, choice: Choice, world: World, role: str) -> None:
        self._choice = choice
        self._world = world
        self._grants = world.grants[role]

    def where(self, table: Table, depth: int = 0) -> Json:
        """A `where` about the table."""
        return dict(self._choice.times(lambda: self._member(table, depth), high=2))

    def _member(self, table: Table, depth: int) -> tuple[str, Any]:
        reachable = [one for one in table.relationships if one.target in self._grants]
        kinds = ["column", "column"]
        if depth < _DEPTH_MAX:
            kinds += ["_and", "_or", "_not", *["related"] * bool(reachable)]
        match self._choice.one(kinds):
            case "column":
                return self._column(table)
            case "related":
                relationship = self._choice.one(reachable)
                return relationship.name, self.where(self._world.tables[relationship.target], depth + 1)
            case "_not":
                return "_not", self.where(table, depth + 1)
            case junction:
                return junction, self._choice.times(lambda: self.where(table, depth + 1), high=2)

    def _column(self, table: Table) -> tuple[str, Any]:
        seen = [column for column in table.columns if column.name in self._grants[table.name].columns]
        column = self._choice.one(seen)
        return column.field, dict(self._choice.times(lambda: self._test(column), high=2))

    def _test(self, column: Column) -> tuple[str, Any]:
        operators = [*_COMPARISONS, "_in", "_nin", "_is_null"]
        if column.type == "text":
            operators += _PATTERN_OPERATORS
        operator = self._choice.one(operators)
        values, scalar = VALUES[column.type], SCALARS[column.type]
        if operator in _PATTERN_OPERATORS:
            return operator, self._lifted(self._choice.one(_PATTERNS), "String!")
        match operator:
            case "_in" | "_nin":
                return operator, self._lifted(self._choice.several(values, high=3), f"[{scalar}!]!")
            case "_is_null":
                return operator, self._lifted(self._choice.coin(), "Boolean!")
            case _:
                return operator, self._lifted(self._choice.one(values), f"{scalar}!")

    def _lifted(self, value: Any, type_name: str) -> Any:
        return Lifted(value, type_name) if self._choice.coin() else value


def _plain(value: Any) -> Any:
    # Metadata is JSON, which knows no decimals.
    return float(value) if isinstance(value, Decimal) else value
