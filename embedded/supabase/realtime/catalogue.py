"""What the database knows about published tables, read when it is first needed and after every change of it."""

import time
from dataclasses import dataclass

from embedded.supabase.database import Connection
from embedded.supabase.realtime.pgoutput import Relation

PUBLICATION = "supabase_realtime"
ROLES = ("anon", "authenticated", "service_role")
# The log announces changes of a table and of grants on it; memberships of roles it does not.
_LIFETIME_S = 30.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `type_name` as clients see it, `type_sql` as a statement may name it, `readers` may select it."""

    name: str
    type_name: str
    type_sql: str
    key_place: int | None
    readers: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table as it is now."""

    schema: str
    name: str
    quoted: str
    row_security: bool
    columns: dict[str, Column]
    key: tuple[Column, ...]

    def selectable(self, role: str) -> frozenset[str]:
        """The columns that `role` may see."""
        return frozenset(name for name, column in self.columns.items() if role in column.readers)


_TABLE = """
SELECT n.nspname AS schema, c.relname AS name, format('%I.%I', n.nspname, c.relname) AS quoted,
       c.relrowsecurity AS row_security, a.attname AS column, t.typname AS type_name,
       format_type(a.atttypid, NULL) AS type_sql,
       array_position(k.indkey::int2[], a.attnum) AS key_place,
       ARRAY(SELECT r FROM unnest($2::text[]) r
             WHERE has_schema_privilege(r, n.oid, 'USAGE') AND has_column_privilege(r, c.oid, a.attnum, 'SELECT')
       ) AS readers
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_index k ON k.indrelid = c.oid AND k.indisprimary
WHERE c.oid = $1
ORDER BY a.attnum
"""

_PUBLISHED = """
SELECT c.oid
FROM pg_publication_tables p
JOIN pg_namespace n ON n.nspname = p.schemaname
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename
WHERE p.pubname = $1 AND ($2 = '*' OR p.schemaname = $2) AND ($3 = '*' OR p.tablename = $3)
"""


class Catalogue:
    """Tables by the relation that the log announced."""

    def __init__(self) -> None:
        self._tables: dict[int, tuple[Relation, Table | None, float]] = {}

    async def table(self, connection: Connection, relation: Relation) -> Table | None:
        """The table of `relation`, or None if it is gone."""
        known = self._tables.get(relation.oid)
        if known is None or known[0] is not relation or known[2] < time.monotonic():
            table = await read_table(connection, relation.oid)
            known = relation, table, time.monotonic() + _LIFETIME_S
            self._tables[relation.oid] = known
        return known[1]


async def read_table(connection: Connection, oid: int) -> Table | None:
    """The table with this id as it is now, or None if it is gone."""
    rows = await connection.fetch(_TABLE, oid, list(ROLES))
    if not rows:
        return None
    columns = {
        row["column"]: Column(
            row["column"], row["type_name"], row["type_sql"], row["key_place"], frozenset(row["readers"])
        )
        for row in rows
    }
    key = [column for column in columns.values() if column.key_place is not None]
    first = rows[0]
    return Table(
        schema=first["schema"],
        name=first["name"],
        quoted=first["quoted"],
        row_security=first["row_security"],
        columns=columns,
        key=tuple(sorted(key, key=lambda column: column.key_place or 0)),
    )


async def published(connection: Connection, schema: str, table: str) -> list[Table]:
    """The published tables that a binding covers; `*` stands for every name."""
    rows = await connection.fetch(_PUBLISHED, PUBLICATION, schema, table)
    tables = [await read_table(connection, row["oid"]) for row in rows]
    return [table for table in tables if table is not None]
