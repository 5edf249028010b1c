"""Plans as SQL: one statement in which Postgres writes the finished JSON.

Rows are picked in FROM (with their filter, order and limits), turned into objects in SELECT, and related rows are
sub-selects beside the columns. Objects and lists are texts, so key order is the client's.
"""

# ruff: noqa: S608  - writing SQL is this room's work; values are parameters, identifiers are quoted

from dataclasses import dataclass, replace

from embedded.hasura.metadata.names import quoted
from embedded.hasura.plan.tree import (
    Aggregated,
    Applied,
    ColumnValue,
    Group,
    ListOf,
    Member,
    Nodes,
    OneOf,
    RootQuery,
    Rows,
    SubjectValue,
    Text,
    Value,
)
from embedded.hasura.schema.conditions import Parameter
from embedded.hasura.sql.conditions import applied, condition, matched, source, subject
from embedded.hasura.sql.json_text import constant_text, list_text, number_text, object_text, scalar_text
from embedded.hasura.sql.ordering import order_by
from embedded.hasura.sql.writer import Writer, column


@dataclass(frozen=True)
class Statement:
    """One statement; it answers one row with one JSON text for each of `keys`.

    `sql_as_bytes` answers the same in UTF-8, for whoever passes it on unread: it spares decoding and encoding it.
    """

    sql: str
    parameters: tuple[Parameter, ...]
    keys: tuple[str, ...]
    paths: tuple[str, ...]
    sql_as_bytes: str = ""


def statement(queries: tuple[RootQuery, ...]) -> Statement:
    """The statement that answers all root fields at once."""
    writer = Writer()
    values = [(value_of(writer, query.value, ""), quoted(f"r{i}")) for i, query in enumerate(queries)]
    return Statement(
        "SELECT " + ", ".join(f"{value} AS {name}" for value, name in values),
        tuple(writer.parameters),
        tuple(query.key for query in queries),
        tuple(query.path for query in queries),
        "SELECT " + ", ".join(f"convert_to({value}, 'UTF8') AS {name}" for value, name in values),
    )


def value_of(writer: Writer, value: Value, row: str) -> str:
    """A value as JSON, an expression about the row `row` that is never null."""
    match value:
        case ColumnValue(whole_number=True, as_text=False):
            return number_text(column(row, value.column))
        case ColumnValue():
            return scalar_text(_read(writer, column(row, value.column), value))
        case SubjectValue():
            return scalar_text(_read(writer, subject(writer, value.of, row, row), value))
        case Text(text):
            return constant_text(text)
        case ListOf(rows, members):
            alias = writer.alias()
            rows_from = _from(writer, rows, row, alias)
            return f"(SELECT {list_text(_object(writer, members, alias))} FROM {rows_from})"
        case OneOf(rows, members):
            alias = writer.alias()
            rows_from = _from(writer, rows, row, alias)
            return f"coalesce((SELECT {_object(writer, members, alias)} FROM {rows_from} LIMIT 1), 'null')"
        case Aggregated(rows, parts):
            return _aggregated(writer, rows, parts, row)


def streamed(writer: Writer, listed: ListOf, cursor: str) -> str:
    """A select of a list and of the last row's `cursor` as text, which is null if the list is empty."""
    alias = writer.alias()
    source = _from(writer, listed.rows, "", alias)
    last = f"(array_agg({column(alias, cursor)}::text))[count(*)]"
    return f"SELECT {list_text(_object(writer, listed.members, alias))}, {last} FROM {source}"


def _read(writer: Writer, read: str, value: ColumnValue | SubjectValue) -> str:
    if value.path is not None:
        return f"{read} #> {writer.bound(value.path)}"
    return f"{read}::text" if value.as_text else read


def object_of(writer: Writer, members: tuple[Member, ...], row: str) -> str:
    """The JSON object of the row `row`."""
    return _object(writer, members, row)


def _object(writer: Writer, members: tuple[Member, ...], row: str) -> str:
    return object_text([(member.key, value_of(writer, member.value, row)) for member in members])


def _from(writer: Writer, rows: Rows, outer: str, alias: str) -> str:
    """The FROM clause and what follows it, so that `alias` stands for the rows."""
    if not rows.cut:
        return f"{source(writer, rows.table, outer)} AS {alias}{_where(writer, rows, outer, alias)}"
    inner = writer.alias()
    distinct = ""
    if rows.distinct_on:
        distinct = f"DISTINCT ON ({', '.join(subject(writer, one, inner, inner) for one in rows.distinct_on)}) "
    rows_from = f"{source(writer, rows.table, outer)} AS {inner}{_where(writer, rows, outer, inner)}"
    picked = f"SELECT {distinct}{inner}.* FROM {rows_from}"
    return f"({picked}{order_by(writer, rows.ordering, inner)}{_bounds(writer, rows)}) AS {alias}"


def _where(writer: Writer, rows: Rows, outer: str, row: str) -> str:
    tests = [*matched(row, outer, rows.mapping), condition(writer, rows.where, row, row)]
    kept = [test for test in tests if test != "TRUE"]
    return " WHERE " + " AND ".join(f"({test})" for test in kept) if kept else ""


def _bounds(writer: Writer, rows: Rows) -> str:
    limits = [writer.bound(rows.limit)] if rows.limit is not None else []
    if rows.limit_max is not None:
        limits.append(str(int(rows.limit_max)))
    bounds = f" LIMIT least({', '.join(limits)})" if len(limits) > 1 else "".join(f" LIMIT {limit}" for limit in limits)
    return bounds + (f" OFFSET {writer.bound(rows.offset)}" if rows.offset is not None else "")


def _aggregated(writer: Writer, rows: Rows, parts: tuple[tuple[str, Group | Nodes | Text], ...], outer: str) -> str:
    alias = writer.alias()
    rows_from = _from(writer, rows, outer, alias)
    distinct = any(_has_distinct(part) for _, part in parts if isinstance(part, Group))
    pairs: list[tuple[str, str]] = []
    for key, part in parts:
        match part:
            case Group():
                pairs.append((key, _group(writer, part, alias)))
            case Nodes() if part.limit_max is None and not distinct:
                pairs.append((key, list_text(_object(writer, part.members, alias))))
            case Nodes():
                # Aggregates count every visible row, only the rows shown are capped; and a DISTINCT aggregate makes
                # Postgres sort its input, which would be seen in the rows. So they are picked again.
                capped = ListOf(replace(rows, limit_max=part.limit_max), part.members)
                pairs.append((key, value_of(writer, capped, outer)))
            case Text(text):
                pairs.append((key, constant_text(text)))
    # Without an aggregate function in it, the select would answer one object for each row instead of one in all.
    return f"(SELECT {object_text(pairs)} FROM {rows_from} HAVING count(*) >= 0)"


def _has_distinct(group: Group) -> bool:
    return any(
        member.distinct if isinstance(member, Applied) else isinstance(member, Group) and _has_distinct(member)
        for _, member in group.members
    )


def _group(writer: Writer, group: Group, row: str) -> str:
    pairs: list[tuple[str, str]] = []
    for key, member in group.members:
        match member:
            case Applied():
                pairs.append((key, scalar_text(_applied(writer, member, row))))
            case Group():
                pairs.append((key, _group(writer, member, row)))
            case Text(text):
                pairs.append((key, constant_text(text)))
    return object_text(pairs)


def _applied(writer: Writer, one: Applied, row: str) -> str:
    value = applied(writer, one.function, one.columns, row, distinct=one.distinct)
    return f"{value}::text" if one.as_text else value
