"""Which viewers may see which rows: row-level security, asked of PostgreSQL once for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from embedded.supabase.database import Connection
from embedded.supabase.json_values import Object, compact
from embedded.supabase.realtime.catalogue import Table
from embedded.supabase.realtime.policies import Reads

# They differ from token to token of one person; leaving them out lets a person's tabs share one answer.
_PASSING_CLAIMS = frozenset({"exp", "iat", "nbf", "jti", "amr"})
_ANYBODY = "anon"

Values = tuple[str | None, ...]
"""Values of columns as text, None for null."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A role with the claims that policies read, as JSON."""

    role: str
    claims: str

    @classmethod
    def of(cls, claims: Object, reads: Reads | None) -> "Viewer":
        """The viewer that verified claims speak for, on a table whose policies read this much."""
        names = claims.keys() - _PASSING_CLAIMS if reads is None else claims.keys() & {"role", *reads.claims}
        return cls(role_of(claims), compact({name: claims[name] for name in sorted(names)}))


def role_of(claims: Object) -> str:
    """The role of the database that verified claims speak for."""
    return str(claims.get("role", _ANYBODY))


async def await_visible(connection: Connection, transactions: Iterable[int]) -> None:
    """Return once the rows of all these transactions can be seen by new statements."""
    await connection.execute("SELECT realtime.await_visible($1::bigint[])", sorted(set(transactions)))


async def seen_lines(
    connection: Connection, table: Table, wanted: dict[Viewer, dict[int, Values]]
) -> set[tuple[Viewer, int]]:
    """The wanted (viewer, line) pairs whose row exists for the viewer; a line is known by its key's values."""
    return await _seen(connection, _row_statement(table), wanted)


async def lasting_lines(
    connection: Connection, table: Table, lines: dict[int, tuple[Values, dict[int, str | None]]]
) -> set[int]:
    """The lines, given by key and by values of the judged columns, whose row still has these values.

    A policy that looks at the row as it is now says nothing about an image of it that has other values.
    """
    rows = [
        {"line": line, **{f"k{i}": value for i, value in enumerate(key)}, "v": {str(i): v for i, v in values.items()}}
        for line, (key, values) in lines.items()
    ]
    found = await connection.fetch(_lasting_statement(table), compact(rows))
    return {row["line"] for row in found}


async def verdicts(
    connection: Connection, table: Table, reads: Reads, wanted: dict[Viewer, set[Values]]
) -> dict[tuple[Viewer, Values], bool]:
    """Whether each viewer may see rows with these values in the columns that the policies read.

    The table's own policies decide, with the viewer's role and claims; they read nothing else of a row.
    """
    answers: dict[tuple[Viewer, Values], bool] = {}
    for role in {viewer.role for viewer in wanted}:
        numbered = {viewer: dict(enumerate(values)) for viewer, values in wanted.items() if viewer.role == role}
        seen = await _seen(connection, _policy_statement(table, reads, role), numbered)
        for viewer, lines in numbered.items():
            answers |= {(viewer, values): (viewer, line) in seen for line, values in lines.items()}
    return answers


async def _seen(
    connection: Connection,
    statement: str,
    wanted: dict[Viewer, dict[int, Values]],
) -> set[tuple[Viewer, int]]:
    viewers = list(wanted)
    rows = await connection.fetch(
        "SELECT viewer, line FROM realtime.visible($1, $2::text[], $3::text[], $4::text[])",
        statement,
        [viewer.role for viewer in viewers],
        [viewer.claims for viewer in viewers],
        [_lines(wanted[viewer]) for viewer in viewers],
    )
    return {(viewers[row["viewer"]], row["line"]) for row in rows}


def _lines(lines: dict[int, Values]) -> str:
    return compact([{"line": line, **{f"k{i}": value for i, value in enumerate(key)}} for line, key in lines.items()])


# In both statements every name comes quoted or formatted from the catalogue; values travel in the parameter.


def _row_statement(table: Table, more: str = "") -> str:
    fields = "".join(f", k{i} {column.type_sql}" for i, column in enumerate(table.key))
    match = " AND ".join(f"t.{_quoted(column.name)} = k.k{i}" for i, column in enumerate(table.key))
    return (
        f"SELECT k.line FROM jsonb_to_recordset($1) AS k (line int{fields}{more}) "  # noqa: S608  - see above
        f"JOIN {table.quoted} AS t ON {match}"
    )


def _lasting_statement(table: Table) -> str:
    # Both texts were written by this server with the same settings. A value that the log lacks is not compared.
    same = "".join(
        f" AND (NOT k.v ? '{i}' OR k.v ->> '{i}' IS NOT DISTINCT FROM t.{_quoted(name)}::text)"
        for i, name in enumerate(table.judged)
    )
    return _row_statement(table, ", v jsonb").replace("$1", "$1::text::jsonb") + same


def _policy_statement(table: Table, reads: Reads, role: str) -> str:
    # The alias gives the values the names of the columns, which is how the policies know them.
    columns = [table.columns[name] for name in reads.columns]
    values = "".join(f", (k ->> 'k{i}')::{column.type_sql}" for i, column in enumerate(columns))
    names = "".join(f", {_quoted(column.name)}" for column in columns)
    return (
        f"SELECT \"the line\" AS line FROM (SELECT (k ->> 'line')::int{values} FROM jsonb_array_elements($1) AS k) "  # noqa: S608  - see above
        f'AS t ("the line"{names}) WHERE {table.conditions.get(role, "false")}'
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
