"""The live read beside what its events fold into: finding rows that differ, and putting them right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pydantic_core

from contracts.base import Json
from contracts.canonical import canonical_bytes, digest_of_bytes
from contracts.projections import PAGE_HARNESSES_MAX, DifferenceKind, ProjectionDifference
from contracts.read_models import HarnessProjection
from contracts.registry import EVENTS
from ledger.pool import Tx
from ledger.statements import load
from projections import harness as projection_of_harness

_sql = load("projections")

# The columns that say where a row stands; the others are those of the fold.
_PLACE = ("org_id", "harness_id", "last_position", "last_event_type")
COLUMNS: tuple[str, ...] = (*_PLACE, *HarnessProjection.model_fields)
_FIRST = UUID(int=0)
# The largest whole number that is the same to every reader of JSON (RFC 8785, RFC 7493).
_WHOLE_MAX = 2**53 - 1


@dataclass(frozen=True)
class Compared:
    """One harness's row as it is shown and as its events fold; None: there is no row, or there are no events."""

    harness_id: UUID
    shown: Json | None
    folded: Json | None

    @property
    def difference(self) -> ProjectionDifference | None:
        """How the two differ; None if they are the same, byte for byte."""
        shown, folded = _bytes(self.shown), _bytes(self.folded)
        if shown == folded:
            return None
        before, after = self.shown or {}, self.folded or {}
        return ProjectionDifference(
            harness_id=self.harness_id,
            kind=_kind(self),
            fields=tuple(name for name in COLUMNS if before.get(name) != after.get(name)),
            shown=None if shown is None else digest_of_bytes(shown),
            folded=None if folded is None else digest_of_bytes(folded),
        )


@dataclass(frozen=True)
class Page:
    """Some harnesses in the order of their ids; `next` is the last of them, None where nothing follows."""

    rows: tuple[Compared, ...]
    next: UUID | None

    @property
    def harnesses(self) -> int:
        """How many harnesses were folded anew."""
        return len(self.rows)

    @property
    def found(self) -> tuple[ProjectionDifference, ...]:
        """Those that differ."""
        return tuple(one.difference for one in self.rows if one.difference is not None)


async def page(tx: Tx, org_id: UUID, *, after: UUID | None = None, harnesses_max: int = PAGE_HARNESSES_MAX) -> Page:
    """The next harnesses behind `after` (None: the first ones), each held against all its events."""
    given = {"org_id": org_id, "after": after or _FIRST, "harnesses_max": harnesses_max}
    rows = tuple([_compared(org_id, row) async for row in _sql.page(tx, **given)])
    return Page(rows, rows[-1].harness_id if len(rows) == harnesses_max else None)


async def repair_page(
    tx: Tx, org_id: UUID, execution_id: UUID, *, after: UUID | None = None, harnesses_max: int = PAGE_HARNESSES_MAX
) -> Page:
    """What `page` answers, every row that differs put right. The organization's events wait until the transaction ends.

    Raises:
        asyncpg.CheckViolationError: projection_repair, unless the execution is that of a running repair.
    """
    await _sql.lock_stream(tx, org_id=org_id)
    looked = await page(tx, org_id, after=after, harnesses_max=harnesses_max)
    for one in looked.rows:
        if one.difference is None:
            continue
        await _sql.repair(
            tx,
            org_id=org_id,
            harness_id=one.harness_id,
            execution_id=execution_id,
            last_position=None if one.folded is None else one.folded["last_position"],
            projection=one.folded,
        )
    return looked


async def start(tx: Tx, org_id: UUID, *, command_id: UUID, harness_id: UUID) -> UUID:
    """The repair's one execution.

    Raises:
        asyncpg.CheckViolationError: execution_needs_command, if the command is no running repair.
    """
    execution_id = await _sql.insert_execution(
        tx, org_id=org_id, id=uuid4(), command_id=command_id, harness_id=harness_id
    )
    return UUID(str(execution_id))


def _compared(org_id: UUID, row: Mapping[str, Any]) -> Compared:
    shown = None if row["harness_id"] is None else {name: row[name] for name in COLUMNS}
    folded = None
    if row["types"] is not None:
        told = zip(row["types"], row["data"], row["times"], strict=True)
        after = projection_of_harness.refold((EVENTS[kind].model_validate(data), at) for kind, data, at in told)
        place = (org_id, row["of_harness"], row["of_position"], row["types"][-1])
        folded = None if after is None else {**dict(zip(_PLACE, place, strict=True)), **after.model_dump()}
    return Compared(row["of_harness"], _plain(shown), _plain(folded))


def _plain(row: Json | None) -> Json | None:
    return None if row is None else pydantic_core.to_jsonable_python(row)


def _bytes(row: Json | None) -> bytes | None:
    return None if row is None else canonical_bytes({name: _exact(value) for name, value in row.items()})


def _exact(value: Any) -> Any:
    # Postgres holds whole numbers that JSON's readers would round; no event makes one, but a changed row may.
    return str(value) if isinstance(value, int) and abs(value) > _WHOLE_MAX else value


def _kind(compared: Compared) -> DifferenceKind:
    if compared.shown is None:
        return DifferenceKind.MISSING
    return DifferenceKind.SURPLUS if compared.folded is None else DifferenceKind.CHANGED
