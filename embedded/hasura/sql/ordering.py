"""Orderings as SQL: columns, columns of related rows, computed fields, aggregates of related rows."""

# ruff: noqa: S608  - writing SQL is this room's work; values are parameters, identifiers are quoted

from embedded.hasura.plan.tree import OrderByColumn, OrderByRelated, OrderByValue, Ordering, OrderKey
from embedded.hasura.sql.conditions import condition, matched, subject
from embedded.hasura.sql.writer import Writer, column

_DIRECTIONS = {
    "asc": "ASC NULLS LAST",
    "asc_nulls_first": "ASC NULLS FIRST",
    "asc_nulls_last": "ASC NULLS LAST",
    "desc": "DESC NULLS FIRST",
    "desc_nulls_first": "DESC NULLS FIRST",
    "desc_nulls_last": "DESC NULLS LAST",
}


def order_by(writer: Writer, ordering: tuple[Ordering, ...], row: str) -> str:
    """The ORDER BY clause, empty without steps."""
    steps = [f"{_key(writer, step.key, row)} {_DIRECTIONS[step.direction]}" for step in ordering]
    return f" ORDER BY {', '.join(steps)}" if steps else ""


def _key(writer: Writer, key: OrderKey, row: str) -> str:
    match key:
        case OrderByColumn(name):
            return column(row, name)
        case OrderByRelated(inner_key_table, mapping, where, key=inner):
            alias = writer.alias()
            tests = _tests([*matched(alias, row, mapping), condition(writer, where, alias, alias)])
            value = _key(writer, inner, alias)
            return f"(SELECT {value} FROM {inner_key_table.sql} AS {alias} WHERE {tests} LIMIT 1)"
        case OrderByValue(of):
            return subject(writer, of, row, row)


def _tests(tests: list[str]) -> str:
    return " AND ".join(f"({test})" for test in tests)
