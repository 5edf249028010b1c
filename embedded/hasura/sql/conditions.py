"""Conditions as SQL, and the things about a row that they compare."""

# ruff: noqa: S608  - writing SQL is this room's work; values are parameters, identifiers are quoted

from embedded.hasura.metadata.names import QualifiedName, quoted
from embedded.hasura.schema.conditions import (
    AggregateOf,
    All,
    AnyOf,
    Call,
    CallArgument,
    Cast,
    ColumnOf,
    Compare,
    Condition,
    Exists,
    Guarded,
    IsNull,
    Not,
    Parameter,
    Rooted,
    Source,
    Subject,
)
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

Mapping = tuple[tuple[str, str], ...]


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
            return f"{subject(writer, of, row, root)} IS {'NULL' if wanted else 'NOT NULL'}"
        case Exists(table, mapping, where):
            return f"EXISTS (SELECT 1 FROM {_related(writer, table, mapping, where, (row, root))[0]})"
        case Rooted(item):
            return condition(writer, item, row, row)
        case Compare():
            return _compare(writer, tree, row, root)


def subject(writer: Writer, tree: Subject, row: str, root: str) -> str:
    """What the row `row` says of itself, as an expression."""
    match tree:
        case ColumnOf(name, "root"):
            return column(root, name)
        case ColumnOf(name):
            return column(row, name)
        case Call():
            return source(writer, tree, row)
        case Cast(of, wanted):
            return f"({subject(writer, of, row, root)})::{wanted.sql}"
        case Guarded(of, seen):
            # Written once: DISTINCT ON wants to find its expression in ORDER BY again, down to the last alias.
            return writer.once((tree, row, root), lambda: _guarded(writer, of, seen, row, root))
        case AggregateOf():
            return _aggregate(writer, tree, row, root)


def _guarded(writer: Writer, of: Subject, seen: Condition, row: str, root: str) -> str:
    # A cell belongs to the row it is in, whatever row the condition around it started from.
    return f"CASE WHEN {condition(writer, seen, row, row)} THEN {subject(writer, of, row, root)} END"


def source(writer: Writer, tree: Source, row: str) -> str:
    """Where rows come from, to stand in FROM; `row` is the row that a function may be given."""
    if isinstance(tree, QualifiedName):
        return tree.sql
    return f"{tree.function.sql}({', '.join(_argument(writer, argument, row) for argument in tree.arguments)})"


def applied(writer: Writer, function: str, columns: tuple[Subject, ...], row: str, *, distinct: bool) -> str:
    """An aggregate function over columns of the rows `row`; without columns it counts rows."""
    read = [subject(writer, one, row, row) for one in columns]
    if not read:
        return f"{function}(*)"
    items = read[0] if len(read) == 1 else f"({', '.join(read)})"
    return f"{function}({'DISTINCT ' if distinct else ''}{items})"


def matched(row: str, outer: str, mapping: Mapping) -> list[str]:
    """The equalities that join `row` to the outer row."""
    return [f"{column(row, theirs)} = {column(outer, mine)}" for mine, theirs in mapping]


def _argument(writer: Writer, argument: CallArgument, row: str) -> str:
    if isinstance(argument.value, Parameter):
        value = writer.bound(argument.value)
    else:
        # Spelled out, because an alias stands for the table's row type only where it names the table itself.
        columns = ", ".join(column(row, name) for name in argument.value.columns)
        value = f"ROW({columns})::{argument.value.table.sql}"
    return value if argument.name is None else f"{quoted(argument.name)} => {value}"


def _joined(writer: Writer, items: tuple[Condition, ...], row: str, root: str, word: str) -> str:
    return f" {word} ".join(f"({condition(writer, item, row, root)})" for item in items)


def _related(
    writer: Writer, table: Source, mapping: Mapping, where: Condition, around: tuple[str, str]
) -> tuple[str, str]:
    """FROM and WHERE of the rows joined to the one around, and their alias."""
    row, root = around
    inner = writer.alias()
    rows = source(writer, table, row)
    tests = [*matched(inner, row, mapping), condition(writer, where, inner, root)]
    return f"{rows} AS {inner} WHERE {' AND '.join(f'({test})' for test in tests)}", inner


def _aggregate(writer: Writer, tree: AggregateOf, row: str, root: str) -> str:
    rows, inner = _related(writer, tree.source, tree.mapping, tree.where, (row, root))
    return f"(SELECT {applied(writer, tree.function, tree.columns, inner, distinct=tree.distinct)} FROM {rows})"


def _compare(writer: Writer, tree: Compare, row: str, root: str) -> str:
    left = subject(writer, tree.left, row, root)
    if isinstance(tree.right, ColumnOf):
        right = subject(writer, tree.right, row, root)
    elif tree.right.as_array and tree.right.type.element is not None:
        right = writer.bound_each(tree.right)
    else:
        right = writer.bound(tree.right)
    match tree.operator:
        case "_in":
            return f"{left} = ANY ({right})"
        case "_nin":
            return f"{left} <> ALL ({right})"
        case "_is_null":
            return f"({left} IS NULL) = {right}"
        case operator:
            return f"{left} {_INFIX[operator]} {right}"
