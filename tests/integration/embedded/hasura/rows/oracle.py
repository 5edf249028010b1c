"""What a role must be told: every answer worked out row by row, with no SQL anywhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from tests.integration.embedded.hasura.rows.logic import Truth, all_of, any_of, compared, negated, ordered
from tests.integration.embedded.hasura.rows.query import Applied, Arguments, Count, Read, Select, lifted_value
from tests.integration.embedded.hasura.rows.world import Column, Grant, Json, Row, Table, Value, World

_COLUMN_COMPARISONS = {
    "_ceq": "_eq", "_cneq": "_neq", "_cgt": "_gt", "_cgte": "_gte", "_clt": "_lt", "_clte": "_lte",
}  # fmt: skip


@dataclass(frozen=True)
class Oracle:
    """The answers for one role; `session` holds the values of session variables, typed as they are compared."""

    world: World
    role: str
    session: Mapping[str, Any]

    def answer(self, selects: Sequence[Select]) -> Json:
        """The `data` of a query."""
        answers: Json = {}
        for select in selects:
            table = self.world.tables[select.table]
            if select.id is not None:
                found = [row for row in self.visible(table) if self._cell(table, row, "id") == select.id]
                answers[select.key] = self._object(table, found[0], select) if found else None
            else:
                lowest = select.lowest if select.lowest is not None else -1
                rows = [row for row in self.visible(table) if lowest <= cast("int", row["id"])]
                answers[select.key] = self._several(table, rows, select)
        return answers

    def visible(self, table: Table, rows: Sequence[Row] | None = None) -> list[Row]:
        """The rows that the role's permission lets through."""
        return [row for row in (table.rows if rows is None else rows) if self._shown_by(table, row)]

    def _shown_by(self, table: Table, row: Row) -> list[Grant]:
        """The grants of the role, or of those it inherits from, that show the row."""
        grant = self._grant(table)
        return [one for one in grant.parents or (grant,) if self.permits(table, row, one.filter, (table, row))]

    def _cell(self, table: Table, row: Row, field_name: str) -> Value:
        """What the role is told of a field: nothing, if no grant that shows the row has the column."""
        column = table.by_field(field_name)
        assert column is not None
        seen = any(column.name in grant.columns for grant in self._shown_by(table, row))
        return row[column.name] if seen else None

    def permits(self, table: Table, row: Row, written: Json, root: tuple[Table, Row]) -> Truth:
        """What a filter in the language of permissions says of a row."""
        return all_of(self._clause(table, row, key, value, root) for key, value in written.items())

    def _clause(self, table: Table, row: Row, key: str, value: Any, root: tuple[Table, Row]) -> Truth:
        match key.replace("$", "_"):
            case "_and":
                return all_of(self.permits(table, row, item, root) for item in value)
            case "_or":
                return any_of(self.permits(table, row, item, root) for item in value)
            case "_not":
                return negated(self.permits(table, row, value, root))
            case "_exists":
                other = self.world.tables[value["_table"]["name"]]
                return any(self.permits(other, candidate, value["_where"], root) for candidate in other.rows)
            case _:
                pass
        column = next((column for column in table.columns if column.name == key), None)
        if column is None:
            relationship = table.relationship(key)
            target = self.world.tables[relationship.target]
            related = self.world.related(table, row, relationship)
            # Inside a permission the target's own permission does not count.
            return any(self.permits(target, candidate, value, root) for candidate in related)
        tests = value if isinstance(value, dict) else {"_eq": value}
        return all_of(self._test(column, row, operator, operand, root) for operator, operand in tests.items())

    def _test(self, column: Column, row: Row, operator: str, operand: Any, root: tuple[Table, Row]) -> Truth:
        name = operator.replace("$", "_").replace("_ne", "_neq") if operator in {"$ne", "_ne"} else operator
        name = name.replace("$", "_")
        if name in _COLUMN_COMPARISONS:
            other = root[1][operand[1]] if isinstance(operand, list) else row[operand]
            return compared(_COLUMN_COMPARISONS[name], row[column.name], other)
        return compared(name, row[column.name], self._typed(column, operand))

    def _typed(self, column: Column, operand: Any) -> Any:
        if isinstance(operand, str) and operand.lower().startswith("x-hasura-"):
            return self.session[operand.lower()]
        if column.type == "numeric" and isinstance(operand, float):
            return Decimal(str(operand))
        return operand

    def wanted(self, table: Table, row: Row, where: Json) -> Truth:
        """What a client's `where` says of a row; relationships show only what the role may see."""
        return all_of(self._client_clause(table, row, key, value) for key, value in where.items())

    def _client_clause(self, table: Table, row: Row, key: str, value: Any) -> Truth:
        value = lifted_value(value)
        match key:
            case "_and":
                return all_of(self.wanted(table, row, item) for item in value)
            case "_or":
                return any_of(self.wanted(table, row, item) for item in value)
            case "_not":
                return negated(self.wanted(table, row, value))
            case _:
                pass
        column = table.by_field(key)
        if column is not None:
            return all_of(
                compared(operator, self._cell(table, row, key), lifted_value(operand))
                for operator, operand in value.items()
            )
        relationship = table.relationship(key)
        target = self.world.tables[relationship.target]
        related = self.visible(target, self.world.related(table, row, relationship))
        return any(self.wanted(target, candidate, value) for candidate in related)

    def _several(self, table: Table, rows: Sequence[Row], select: Select) -> Any:
        arguments = select.arguments
        limit_max = self._grant(table).limit
        if select.kind == "list":
            return self._listed(table, self._picked(table, rows, arguments, limit_max), select)
        counted = self._picked(table, rows, arguments, None)
        answer: Json = {}
        if select.aggregates:
            answer["aggregate"] = {one.key: self._aggregated(table, counted, one) for one in select.aggregates}
        if select.fields:
            answer["nodes"] = self._listed(table, self._picked(table, rows, arguments, limit_max), select)
        return answer

    def _listed(self, table: Table, rows: Sequence[Row], select: Select) -> list[Any]:
        return [self._object(table, row, select) for row in rows]

    def _picked(self, table: Table, rows: Sequence[Row], arguments: Arguments, limit_max: int | None) -> list[Row]:
        where = lifted_value(arguments.where) or {}
        kept = [row for row in rows if self.wanted(table, row, where)]
        if arguments.order_by:
            keys = [[self._key(table, row, path) for path, _ in arguments.order_by] for row in kept]
            pairs = list(zip(keys, kept, strict=True))
            kept = ordered(pairs, [direction for _, direction in arguments.order_by])
        if arguments.distinct_on:
            kept = self._first_of_each(table, kept, arguments.distinct_on)
        kept = kept[arguments.offset or 0 :]
        limits = [limit for limit in (arguments.limit, limit_max) if limit is not None]
        return kept[: min(limits)] if limits else kept

    def _key(self, table: Table, row: Row, path: tuple[str, ...]) -> Value:
        first, *rest = path
        if table.by_field(first) is not None:
            return self._cell(table, row, first)
        relationship = table.relationship(first.removesuffix("_aggregate"))
        target = self.world.tables[relationship.target]
        related = self.visible(target, self.world.related(table, row, relationship))
        if relationship.kind == "object":
            return self._key(target, related[0], tuple(rest)) if related else None
        if rest == ["count"]:
            return len(related)
        function, field_name = rest
        return _applied(function, self._values(target, related, field_name))

    def _object(self, table: Table, row: Row, select: Select) -> Json:
        return {one.key: self._field(table, row, one) for one in select.fields}

    def _field(self, table: Table, row: Row, one: Read | Select) -> Any:
        if isinstance(one, Read):
            return self._cell(table, row, one.field)
        relationship = table.relationship(one.name.removesuffix("_aggregate"))
        target = self.world.tables[relationship.target]
        related = self.world.related(table, row, relationship)
        if one.kind == "one":
            found = self.visible(target, related)
            return self._object(target, found[0], one) if found else None
        return self._several(target, self.visible(target, related), one)

    def _grant(self, table: Table) -> Grant:
        return self.world.grants[self.role][table.name]

    def _first_of_each(self, table: Table, rows: Sequence[Row], fields: Sequence[str]) -> list[Row]:
        seen: set[tuple[Value, ...]] = set()
        kept: list[Row] = []
        for row in rows:
            key = tuple(self._cell(table, row, name) for name in fields)
            if key not in seen:
                seen.add(key)
                kept.append(row)
        return kept

    def _values(self, table: Table, rows: Sequence[Row], field_name: str) -> list[Value]:
        return [self._cell(table, row, field_name) for row in rows]

    def _aggregated(self, table: Table, rows: Sequence[Row], one: Count | Applied) -> Any:
        if isinstance(one, Applied):
            return {one.field: _applied(one.function, self._values(table, rows, one.field))}
        if not one.columns:
            return len(rows)
        tuples = list(zip(*(self._values(table, rows, name) for name in one.columns), strict=True))
        if len(one.columns) == 1:
            # A column's NULLs are not counted; a row of columns is there even if all of them are NULL.
            tuples = [only for only in tuples if only != (None,)]
        return len(set(tuples)) if one.distinct else len(tuples)


_FUNCTIONS: dict[str, Callable[[list[Any]], Any]] = {"sum": sum, "min": min, "max": max}


def _applied(function: str, values: Sequence[Value]) -> Value:
    kept = [value for value in values if value is not None]
    return _FUNCTIONS[function](kept) if kept else None
