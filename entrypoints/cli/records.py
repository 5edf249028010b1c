"""Finding and showing rows: an id may be shortened to a beginning that only one row has."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Generic, Protocol, TypeVar
from uuid import UUID

import typer

from entrypoints.cli.calling import failure

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller
    from fractalops_client import FractalOps

T = TypeVar("T")
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many rows, newest first.")]

# What the platform gives in one answer.
ROWS_MAX = 1000
_SHORT = 8

# Larger files are no proof bundles; an envelope has at most half of this.
_FILE_BYTES_MAX = 16 * 1024 * 1024


class Identified(Protocol):
    """A row that has an id, and perhaps a name."""

    @property
    def id(self) -> UUID:
        """Its whole id."""
        ...


I = TypeVar("I", bound=Identified)  # noqa: E741  - the type variable of rows with an id


@dataclass(frozen=True)
class Table(Generic[T]):
    """One kind of row: what one is called, how one is named, and the operations that find one."""

    what: str
    by_id: "Callable[[FractalOps, UUID], Awaitable[Sequence[T]]]"
    ids: "Callable[[FractalOps, int], Awaitable[Sequence[Identified]]]"
    named: str | None = None

    async def one(self, caller: "Caller", wanted: str) -> T:
        """The row of that id, of that name, or of the one id that begins so.

        Raises:
            Failure: NOT_FOUND or AMBIGUOUS.
        """
        found = await self.by_id(caller.platform, await self.id_of(caller, wanted))
        if not found:
            raise failure("NOT_FOUND", f"There is no {self.what} {wanted!r} in this organization.")
        return found[0]

    async def id_of(self, caller: "Caller", wanted: str) -> UUID:
        """The whole id of the row that `one` would find; a whole id is left for the platform to judge."""
        whole = _whole(wanted)
        if whole is not None:
            return whole
        rows = await self.ids(caller.platform, ROWS_MAX)
        return pick(rows, wanted, what=self.what, named=self.named).id


def pick(rows: Sequence[I], wanted: str, *, what: str, named: str | None) -> I:
    """The row whose name is `wanted`, else the only one whose id begins so.

    Raises:
        Failure: NOT_FOUND or AMBIGUOUS.
    """
    by_name = [row for row in rows if named and getattr(row, named) == wanted]
    found = by_name or [row for row in rows if wanted and str(row.id).startswith(wanted.lower())]
    if not found:
        raise failure("NOT_FOUND", f"There is no {what} {wanted!r} in this organization.")
    if len(found) > 1:
        some = ", ".join(str(row.id) for row in found[:3])
        raise failure("AMBIGUOUS", f"{wanted!r} may be any of {len(found)}: {some}.", remedy="Give more of the id.")
    return found[0]


def plain(row: Any) -> dict[str, Any]:
    """What the platform answered of a row, as JSON has it."""
    return row.model_dump(mode="json", by_alias=True)


def short(row_id: UUID | str | None) -> str:
    """The beginning of an id, which commands take in its place."""
    return str(row_id or "")[:_SHORT]


def when(time: datetime | None) -> str:
    """A time of the platform, to the second."""
    return "" if time is None else f"{time:%Y-%m-%d %H:%M:%S}"


def text_of(file: Path) -> str:
    """The text of a file that somebody names.

    Raises:
        Failure: INVALID_INPUT, if it is too large or no text.
    """
    if file.stat().st_size > _FILE_BYTES_MAX:
        raise failure("INVALID_INPUT", f"{file} is larger than {_FILE_BYTES_MAX} bytes.")
    try:
        return file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise failure("INVALID_INPUT", f"{file} cannot be read as text: {error}.") from error


def _whole(text: str) -> UUID | None:
    try:
        whole = UUID(text)
    except ValueError:
        return None
    return whole if str(whole) == text.lower() else None
