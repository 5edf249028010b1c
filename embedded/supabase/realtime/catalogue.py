"""What the database knows about published tables, read when it is first needed and after every change of it."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

import asyncpg

from embedded.supabase.database import Connection
from embedded.supabase.realtime.pgoutput import Relation
from embedded.supabase.realtime.policies import Reads, plain_helpers, reads_of
from embedded.supabase.realtime.values import Writer, writer_of

PUBLICATION = "supabase_realtime"
# The log announces changes of a table, its policies and grants on it; memberships of roles it does not.
_LIFETIME_S = 30.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `type_name` as clients see it, `type_sql` as a statement may name it, `readers` may select it."""

    name: str
    type_name: str
    type_sql: str
    key_place: int | None
    readers: frozenset[str]
    json_name: str
    write: Writer


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table as it is now.

    `reads` is what its policies look at if they are simple, else None; `conditions` has for each role the expression
    that its policies amount to, and `judged` the columns that they name.
    """

    schema: str
    name: str
    quoted: str
    row_security: bool
    columns: dict[str, Column]
    key: tuple[Column, ...]
    key_names: frozenset[str]
    roles: frozenset[str]
    reads: Reads | None
    judged: tuple[str, ...]
    conditions: dict[str, str] = field(default_factory=dict[str, str])
    # The part of an event that is the same for every change of a kind, by what the viewer may see.
    heads: dict[tuple[str, frozenset[str]], str] = field(default_factory=dict[tuple[str, frozenset[str]], str])

    def means_the_same(self, other: "Table | None") -> bool:
        """Whether nothing about the table changed; what was found out with the one then holds for the other."""
        return other is not None and all(
            getattr(self, one.name) == getattr(other, one.name) for one in fields(self) if one.name != "heads"
        )

    def selectable(self, role: str) -> frozenset[str]:
        """The columns that `role` may see."""
        return frozenset(name for name, column in self.columns.items() if role in column.readers)


_TABLE = """
SELECT n.nspname AS schema, c.relname AS name, format('%I.%I', n.nspname, c.relname) AS quoted,
       c.relrowsecurity AS row_security, a.attname AS column, t.typname AS type_name, t.typtype = 'e' AS is_enum,
       format_type(a.atttypid, -1) AS type_sql, -- `bpchar` and not `character`, which would cut texts to one letter
       array_position(k.indkey::int2[], a.attnum) AS key_place,
       ARRAY(SELECT r.rolname::text FROM pg_roles r
             WHERE r.rolname = ANY ($2::text[]) AND has_schema_privilege(r.oid, n.oid, 'USAGE')
               AND has_column_privilege(r.oid, c.oid, a.attnum, 'SELECT')
       ) AS readers
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attgenerated <> 'v' -- what is computed on reading is never in the log
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_index k ON k.indrelid = c.oid AND k.indisprimary
WHERE c.oid = $1
ORDER BY a.attnum
"""

# For each role the policies that PostgreSQL would apply to its SELECT; none for a role that passes them all by.
_POLICIES = """
SELECT r.rolname AS role,
       r.rolsuper OR r.rolbypassrls
           OR (pg_has_role(r.oid, c.relowner, 'USAGE') AND NOT c.relforcerowsecurity) AS exempt,
       p.polpermissive AS permissive, pg_get_expr(p.polqual, p.polrelid) AS expression
FROM pg_class c
JOIN pg_roles r ON r.rolname = ANY ($2::text[])
LEFT JOIN pg_policy p ON p.polrelid = c.oid AND p.polcmd IN ('r', '*')
    AND (p.polroles = '{0}'
         OR EXISTS (SELECT FROM unnest(p.polroles) AS m (oid) WHERE pg_has_role(r.oid, m.oid, 'USAGE')))
WHERE c.oid = $1
"""

# The columns that the policies name anywhere, or all of them where one takes the row as a whole.
_JUDGED = """
SELECT DISTINCT a.attname AS column
FROM pg_policy p
JOIN pg_depend d ON d.classid = 'pg_policy'::regclass AND d.objid = p.oid
    AND d.refclassid = 'pg_class'::regclass AND d.refobjid = p.polrelid AND d.deptype = 'n'
JOIN pg_attribute a ON a.attrelid = p.polrelid AND a.attnum > 0 AND NOT a.attisdropped
    AND d.refobjsubid IN (0, a.attnum)
WHERE p.polrelid = $1 AND p.polcmd IN ('r', '*')
ORDER BY 1
"""

_HELPERS = """
SELECT 'auth.' || proname AS name, prosrc AS body FROM pg_proc
WHERE pronamespace = to_regnamespace('auth') AND pronargs = 0 AND proname IN ('jwt', 'uid', 'role')
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

    def known(self, relation: Relation, roles: frozenset[str]) -> tuple[Table | None] | None:
        """The table of `relation`, in a tuple of its own because it may be gone; None if it must be read first."""
        known = self._tables.get(relation.oid)
        if known is None or known[0] is not relation or known[2] < time.monotonic():
            return None
        return (known[1],) if known[1] is None or roles <= known[1].roles else None

    async def read(self, connection: Connection, relation: Relation, roles: frozenset[str]) -> Table | None:
        """The table of `relation` as it is now, or None if it is gone."""
        table = await read_table(connection, relation.oid, roles)
        before = self._tables.get(relation.oid)
        if before is not None and before[0] is relation and before[1] is not None and before[1].means_the_same(table):
            table = before[1]
        self._tables[relation.oid] = relation, table, time.monotonic() + _LIFETIME_S
        return table


async def read_table(connection: Connection, oid: int, roles: frozenset[str]) -> Table | None:
    """The table with this id as it is now and as far as it concerns these roles, or None if it is gone."""
    rows = await connection.fetch(_TABLE, oid, list(roles))
    if not rows:
        return None
    columns = {
        row["column"]: Column(
            row["column"],
            row["type_name"],
            row["type_sql"],
            row["key_place"],
            frozenset(row["readers"]),
            json.dumps(row["column"]),
            # The labels of an enumeration are texts.
            writer_of("text" if row["is_enum"] else row["type_name"]),
        )
        for row in rows
    }
    key = [column for column in columns.values() if column.key_place is not None]
    first = rows[0]
    policies = await connection.fetch(_POLICIES, oid, list(roles)) if first["row_security"] else []
    judged = await connection.fetch(_JUDGED, oid) if first["row_security"] else []
    helpers = await connection.fetch(_HELPERS) if first["row_security"] else []
    types = {name: column.type_name for name, column in columns.items()}
    return Table(
        schema=first["schema"],
        name=first["name"],
        quoted=first["quoted"],
        row_security=first["row_security"],
        columns=columns,
        key=tuple(sorted(key, key=lambda column: column.key_place or 0)),
        key_names=frozenset(column.name for column in key),
        roles=roles,
        reads=reads_of(
            {row["expression"] for row in policies if row["expression"] is not None},
            types,
            plain_helpers({row["name"]: row["body"] for row in helpers}),
        ),
        judged=tuple(row["column"] for row in judged),
        conditions=_conditions(policies),
    )


async def published(connection: Connection, schema: str, table: str, roles: frozenset[str]) -> list[Table]:
    """The published tables that a binding covers; `*` stands for every name."""
    rows = await connection.fetch(_PUBLISHED, PUBLICATION, schema, table)
    tables = [await read_table(connection, row["oid"], roles) for row in rows]
    return [table for table in tables if table is not None]


def _conditions(policies: Iterable[asyncpg.Record]) -> dict[str, str]:
    """For each role: one permissive policy must hold and every restrictive one, or the role is exempt."""
    permissive, restrictive, exempt = dict[str, list[str]](), dict[str, list[str]](), set[str]()
    for row in policies:
        role = row["role"]
        restrictive.setdefault(role, [])
        if row["exempt"]:
            exempt.add(role)
        if row["expression"] is not None:
            chosen = permissive if row["permissive"] else restrictive
            chosen.setdefault(role, []).append(f"({row['expression']})")
    return {
        role: "true" if role in exempt else " AND ".join([f"({' OR '.join(permissive.get(role, ['false']))})", *limits])
        for role, limits in restrictive.items()
    }
