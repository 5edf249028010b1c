"""Finding and showing rows: an id may be shortened to a beginning that only one row has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

import typer

from entrypoints.cli.calling import failure

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller

Row = dict[str, Any]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many rows, newest first.")]

# What the platform gives in one answer.
_ROWS_MAX = 1000
_SHORT = 8


@dataclass(frozen=True)
class Table:
    """One table of the platform: what a row of it is called, how it is named, and what orders it in time."""

    name: str
    what: str
    named: str | None = None
    time: str = "created_at"

    async def rows(
        self, caller: "Caller", fields: str, *, where: Mapping[str, Any] | None = None, limit: int = _ROWS_MAX
    ) -> list[Row]:
        """The newest rows, newest first."""
        document = f"""query ($where: {self.name}_bool_exp!, $limit: Int!) {{
            {self.name}(where: $where, order_by: {{{self.time}: desc}}, limit: $limit) {{ {fields} }} }}"""
        return cast("list[Row]", (await caller.ask(document, where=dict(where or {}), limit=limit))[self.name])

    async def one(self, caller: "Caller", wanted: str, fields: str) -> Row:
        """The row of that id, of that name, or of the one id that begins so.

        Raises:
            Failure: NOT_FOUND or AMBIGUOUS.
        """
        row_id = wanted if _is_id(wanted) else await self._id_of(caller, wanted)
        found = await self.rows(caller, fields, where={"id": {"_eq": row_id}}, limit=1)
        if not found:
            raise failure("NOT_FOUND", f"There is no {self.what} {wanted!r} in this organization.")
        return found[0]

    async def id_of(self, caller: "Caller", wanted: str) -> str:
        """The whole id of the row that `one` would find; a whole id is left for the platform to judge."""
        return wanted if _is_id(wanted) else await self._id_of(caller, wanted)

    async def _id_of(self, caller: "Caller", wanted: str) -> str:
        rows = await self.rows(caller, f"id {self.named or ''}")
        return pick(rows, wanted, what=self.what, named=self.named)["id"]


def pick(rows: Sequence[Row], wanted: str, *, what: str, named: str | None) -> Row:
    """The row whose name is `wanted`, else the only one whose id begins so.

    Raises:
        Failure: NOT_FOUND or AMBIGUOUS.
    """
    by_name = [row for row in rows if named and row[named] == wanted]
    found = by_name or [row for row in rows if wanted and row["id"].startswith(wanted.lower())]
    if not found:
        raise failure("NOT_FOUND", f"There is no {what} {wanted!r} in this organization.")
    if len(found) > 1:
        some = ", ".join(row["id"] for row in found[:3])
        raise failure("AMBIGUOUS", f"{wanted!r} may be any of {len(found)}: {some}.", remedy="Give more of the id.")
    return found[0]


def related(row: Row, name: str) -> Row:
    """The row that a relationship of that name leads to; empty if there is none, or none that may be seen."""
    return cast("Row", row.get(name) or {})


def short(row_id: str | None) -> str:
    """The beginning of an id, which commands take in its place."""
    return (row_id or "")[:_SHORT]


def when(time: str | None) -> str:
    """A time of the platform, to the second."""
    return (time or "").replace("T", " ")[:19]


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
