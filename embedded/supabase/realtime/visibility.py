"""Which viewers may see which rows: row-level security, asked once per table and batch for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from embedded.supabase.database import Connection
from embedded.supabase.json_values import Object, compact
from embedded.supabase.realtime.catalogue import Table

# They differ from token to token of one person; leaving them out lets a person's tabs share one answer.
_PASSING_CLAIMS = frozenset({"exp", "iat", "nbf", "jti", "amr"})
_ANYBODY = "anon"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A role with the claims that policies read, as JSON."""

    role: str
    claims: str

    @classmethod
    def of(cls, claims: Object) -> "Viewer":
        """The viewer that verified claims speak for."""
        lasting = {name: value for name, value in sorted(claims.items()) if name not in _PASSING_CLAIMS}
        return cls(str(claims.get("role", _ANYBODY)), compact(lasting))


async def await_visible(connection: Connection, transactions: Iterable[int]) -> None:
    """Return once the rows of all these transactions can be seen by new statements."""
    await connection.execute("SELECT realtime.await_visible($1::bigint[])", sorted(set(transactions)))


async def seen_lines(
    connection: Connection, table: Table, wanted: dict[Viewer, dict[int, tuple[str, ...]]]
) -> set[tuple[Viewer, int]]:
    """The wanted (viewer, line) pairs whose row exists for the viewer; a line is known by its key's values."""
    viewers = list(wanted)
    rows = await connection.fetch(
        "SELECT viewer, line FROM realtime.visible($1, $2::text[], $3::text[], $4::text[])",
        _statement(table),
        [viewer.role for viewer in viewers],
        [viewer.claims for viewer in viewers],
        [_keys(wanted[viewer]) for viewer in viewers],
    )
    return {(viewers[row["viewer"]], row["line"]) for row in rows}


def _keys(lines: dict[int, tuple[str, ...]]) -> str:
    return compact([{"line": line, **{f"k{i}": value for i, value in enumerate(key)}} for line, key in lines.items()])


def _statement(table: Table) -> str:
    # Every name comes quoted or formatted from the catalogue; values travel in the parameter.
    fields = "".join(f", k{i} {column.type_sql}" for i, column in enumerate(table.key))
    match = " AND ".join(f"t.{_quoted(column.name)} = k.k{i}" for i, column in enumerate(table.key))
    return (
        f"SELECT k.line FROM jsonb_to_recordset($1) AS k (line int{fields}) "  # noqa: S608  - see above
        f"JOIN {table.quoted} AS t ON {match}"
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
