"""A small world: tables with rows, and what each role may see of them, in forms for Postgres and for the engine."""

# ruff: noqa: S608  - rows of our own invention become INSERT statements

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

Value = int | str | bool | Decimal | None
Row = dict[str, Value]
Json = dict[str, Any]

# What Postgres calls a type, and what GraphQL calls it.
SCALARS = {
    "integer": "Int",
    "bigint": "bigint",
    "text": "String",
    "boolean": "Boolean",
    "numeric": "numeric",
    "date": "date",
}
NUMBERS = ("integer", "bigint", "numeric")

# The role that has all others as its parents.
INHERITED = ("heir",)

# Few values, so that rows meet each other and the constants of filters; awkward ones among them.
VALUES: dict[str, list[Any]] = {
    "integer": [0, 1, 2, 3, -1],
    "bigint": [0, 1, 2, 9007199254740993],
    "text": ["", "a", "b", "ab", "A", "it's", 'a"b', "x-hasura", "50%", "é"],
    "boolean": [True, False],
    "numeric": [Decimal(0), Decimal("1.50"), Decimal("-2.25"), Decimal(2)],
    "date": ["2024-01-01", "2024-02-29", "1999-12-31"],
}


@dataclass(frozen=True)
class Column:
    """A column; `field` is its name in GraphQL."""

    name: str
    type: str
    field: str


@dataclass(frozen=True)
class Relationship:
    """Rows of `target` whose columns equal mine by `mapping` (mine, theirs); a `function` may say which they are."""

    name: str
    kind: Literal["object", "array"]
    target: str
    mapping: tuple[tuple[str, str], ...]
    function: str | None = None


@dataclass(frozen=True)
class Table:
    """A table whose first column `id` is its primary key."""

    name: str
    columns: tuple[Column, ...]
    relationships: tuple[Relationship, ...]
    rows: tuple[Row, ...]

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def by_field(self, field_name: str) -> Column | None:
        return next((column for column in self.columns if column.field == field_name), None)

    def relationship(self, name: str) -> Relationship:
        return next(one for one in self.relationships if one.name == name)


@dataclass(frozen=True)
class Grant:
    """What a role may see of a table; with `parents` it is what those show together."""

    columns: tuple[str, ...]
    filter: Json
    limit: int | None
    aggregations: bool
    parents: "tuple[Grant, ...]" = ()

    @property
    def orders_all(self) -> bool:
        """Whether the role sees the key of every row, by which any order becomes the only one."""
        return all("id" in grant.columns for grant in self.parents or (self,))


def together(first: Grant, second: Grant) -> Grant:
    """What a role sees that inherits from two."""
    limits = [grant.limit for grant in (first, second) if grant.limit is not None]
    return Grant(
        columns=tuple(dict.fromkeys((*first.columns, *second.columns))),
        filter={},
        limit=max(limits) if limits else None,
        aggregations=first.aggregations or second.aggregations,
        parents=(first, second),
    )


@dataclass(frozen=True)
class World:
    """Tables by name, and grants by role and table."""

    tables: Mapping[str, Table]
    grants: Mapping[str, Mapping[str, Grant]] = field(default_factory=dict[str, Mapping[str, Grant]])

    def related(self, table: Table, row: Row, relationship: Relationship) -> list[Row]:
        """The rows the relationship leads to, whoever asks."""
        del table
        wanted = [(theirs, row[mine]) for mine, theirs in relationship.mapping]
        if any(value is None for _, value in wanted):
            return []
        return [
            other
            for other in self.tables[relationship.target].rows
            if all(other[theirs] == value for theirs, value in wanted)
        ]


def definitions(world: World) -> str:
    """The statements that make the tables in a schema of their own, empty before."""
    parts = ["DROP SCHEMA IF EXISTS public CASCADE", "CREATE SCHEMA public"]
    for table in world.tables.values():
        columns = ", ".join(
            f'"{column.name}" {column.type}' + (" PRIMARY KEY" if column.name == "id" else "")
            for column in table.columns
        )
        parts.append(f'CREATE TABLE public."{table.name}" ({columns})')
        # A fresh table is read in the order of insertion, and the usual order would hide that ORDER BY is missing.
        for row in sorted(table.rows, key=lambda row: str(row["id"]), reverse=True):
            values = ", ".join(_literal(row[column.name]) for column in table.columns)
            parts.append(f'INSERT INTO public."{table.name}" VALUES ({values})')
    for table in world.tables.values():
        parts.append(_since(table))
        parts += [_computing(table, one) for one in table.relationships if one.function]
    return "; ".join(parts)


def since(table: Table) -> str:
    """The function that returns the table's rows from an id on."""
    return f"{table.name}_since"


def _since(table: Table) -> str:
    return (
        f"CREATE FUNCTION public.{since(table)}(lowest integer) RETURNS SETOF public.{table.name}"
        f" LANGUAGE sql STABLE AS $$ SELECT * FROM public.{table.name} WHERE id >= lowest $$"
    )


def _computing(table: Table, computed: Relationship) -> str:
    joined = " AND ".join(f"{computed.target}.{theirs} = mine.{my}" for my, theirs in computed.mapping)
    return (
        f"CREATE FUNCTION public.{computed.function}(mine public.{table.name}) RETURNS SETOF public.{computed.target}"
        f" LANGUAGE sql STABLE AS $$ SELECT * FROM public.{computed.target} WHERE {joined} $$"
    )


def metadata(world: World) -> Json:
    """The world's metadata, with every grant as a select permission."""
    return {
        "version": 3,
        "sources": [
            {
                "name": "default",
                "kind": "postgres",
                "configuration": {"connection_info": {"database_url": {"from_env": "HASURA_GRAPHQL_DATABASE_URL"}}},
                "tables": [_table(world, table) for table in world.tables.values()],
                "functions": [{"function": since(table)} for table in world.tables.values()],
            }
        ],
        "inherited_roles": [
            {"role_name": role, "role_set": [parent for parent in world.grants if parent not in INHERITED]}
            for role in INHERITED
        ],
    }


def _table(world: World, table: Table) -> Json:
    renamed = {column.name: {"custom_name": column.field} for column in table.columns if column.field != column.name}
    return {
        "table": {"schema": "public", "name": table.name},
        "configuration": {"column_config": renamed},
        **{
            f"{kind}_relationships": [
                _relationship(one) for one in table.relationships if one.kind == kind and one.function is None
            ]
            for kind in ("object", "array")
        },
        "computed_fields": [
            {"name": one.name, "definition": {"function": one.function}} for one in table.relationships if one.function
        ],
        "select_permissions": [
            {"role": role, "permission": _permission(grants[table.name])}
            for role, grants in world.grants.items()
            if table.name in grants and role not in INHERITED
        ],
    }


def _relationship(relationship: Relationship) -> Json:
    remote = {"schema": "public", "name": relationship.target}
    manual = {"remote_table": remote, "column_mapping": dict(relationship.mapping)}
    return {"name": relationship.name, "using": {"manual_configuration": manual}}


def _permission(grant: Grant) -> Json:
    written: Json = {
        "columns": list(grant.columns),
        "filter": grant.filter,
        "allow_aggregations": grant.aggregations,
    }
    return written | ({} if grant.limit is None else {"limit": grant.limit})


def _literal(value: Value) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | Decimal):
        return str(value)
    return "'" + value.replace("'", "''") + "'"
