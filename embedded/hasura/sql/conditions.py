"""Conditions as SQL."""

# ruff: noqa: S608  - writing SQL is this room's work; values are parameters, identifiers are quoted

from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.schema.conditions import All, AnyOf, ColumnOf, Compare, Condition, Exists, IsNull, Not, Parameter
from embedded.hasura.sql.writer import Writer, column

_INFIX = {
    "_eq": "=", "_neq": "<>", "_gt": ">", "_gte": ">=", "_lt": "<", "_lte": "<=",
    "_like": "LIKE", "_nlike": "NOT LIKE", "_ilike": "ILIKE", "_nilike": "NOT ILIKE",
    "_similar": "SIMILAR TO", "_nsimilar": "NOT SIMILAR TO",
    "_regex": "~", "_iregex": "~*", "_nregex": "!~", "_niregex": "!~*",
    "_contains": "@>", "_contained_in": "<@", "_has_key": "?", "_has_keys_any": "?|", "_has_keys_all": "?&",
    "_ancestor": "@>", "_descendant": "<@", "_ancestor_any": "@>", "_descendant_any": "<@",
    "_matches": "~", "_matches_any": "?", "_matches_fulltext": "@",
}  # fmt: skip


def condition(writer: Writer, tree: Condition, row: str, root: str) -> str:
    """The condition as an expression about the row `row`; `root` is the row the whole condition started from."""
    match tree:
        case All(items):
            return _joined(writer, items, row, root, "AND") if items else "TRUE"
        case AnyOf(items):
            return _joined(writer, items, row, root, "OR") if items else "FALSE"
        case Not(item):
            return f"NOT ({condition(writer, item, row, root)})"
        case IsNull(of, wanted):
            return f"{_operand(writer, of, row, root)} IS {'NULL' if wanted else 'NOT NULL'}"
        case Exists(table, mapping, where):
            return _exists(writer, table, mapping, where, (row, root))
        case Compare():
            return _compare(writer, tree, row, root)


def matched(row: str, outer: str, mapping: tuple[tuple[str, str], ...]) -> list[str]:
    """The equalities that join `row` to the outer row."""
    return [f"{column(row, theirs)} = {column(outer, mine)}" for mine, theirs in mapping]


def _joined(writer: Writer, items: tuple[Condition, ...], row: str, root: str, word: str) -> str:
    return f" {word} ".join(f"({condition(writer, item, row, root)})" for item in items)


def _exists(
    writer: Writer,
    table: QualifiedName,
    mapping: tuple[tuple[str, str], ...],
    where: Condition,
    around: tuple[str, str],
) -> str:
    row, root = around
    inner = writer.alias()
    tests = [*matched(inner, row, mapping), condition(writer, where, inner, root)]
    return f"EXISTS (SELECT 1 FROM {table.sql} AS {inner} WHERE {' AND '.join(f'({test})' for test in tests)})"


def _compare(writer: Writer, tree: Compare, row: str, root: str) -> str:
    left = _operand(writer, tree.left, row, root)
    right = _operand(writer, tree.right, row, root)
    match tree.operator:
        case "_in":
            return f"{left} = ANY ({right})"
        case "_nin":
            return f"{left} <> ALL ({right})"
        case "_is_null":
            return f"({left} IS NULL) = {right}"
        case operator:
            return f"{left} {_INFIX[operator]} {right}"


def _operand(writer: Writer, operand: ColumnOf | Parameter, row: str, root: str) -> str:
    match operand:
        case ColumnOf(name, "root"):
            return column(root, name)
        case ColumnOf(name):
            return column(row, name)
        case _:
            return writer.bound(operand)
