"""Sandboxes that ended harnesses left behind, kept stopped for a while so that a later harness can take them up.

Each belongs to a work item and is taken up by one harness at a time. The row is what counts: a sandbox of ours that is
stopped and has no row is nobody's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from ledger.pool import Tx
from ledger.statements import load

_sql = load("kept")

# Long enough to come back the next morning.
KEPT_FOR = timedelta(hours=24)
# A stopped sandbox costs its disk alone, but services bound how many there are.
PER_ORGANIZATION_MAX = 5
MAX = 100


@dataclass(frozen=True)
class Left:
    """A sandbox with what an ended harness left in it: the checkout of a branch at a commit, and changes to it."""

    sandbox_name: str
    work_id: UUID
    harness_id: UUID
    branch: str
    base_commit: str
    runtime_asset_digest: str


async def take(tx: Tx, org_id: UUID, work_id: UUID, *, harness_id: UUID) -> UUID | None:
    """The harness that left the newest free sandbox of the work, which `harness_id` takes up; None: there is none."""
    return await _sql.take(tx, org_id=org_id, work_id=work_id, harness_id=harness_id)


async def is_taken(tx: Tx, org_id: UUID, work_id: UUID) -> bool:
    """Whether a harness that has not ended takes up what an earlier one of the work left."""
    return bool(await _sql.is_taken(tx, org_id=org_id, work_id=work_id))


async def release(tx: Tx, org_id: UUID, harness_id: UUID) -> None:
    """What the harness had taken up is free again, as it was."""
    await _sql.release(tx, org_id=org_id, harness_id=harness_id)


async def taken_by(tx: Tx, org_id: UUID, harness_id: UUID) -> Left | None:
    """What the harness takes up; None if it takes nothing up."""
    row = await _sql.taken_by(tx, org_id=org_id, harness_id=harness_id)
    return None if row is None else Left(**dict(row))


async def keeps(tx: Tx, org_id: UUID, harness_id: UUID) -> bool:
    """Whether what this harness left is kept."""
    return bool(await _sql.keeps(tx, org_id=org_id, harness_id=harness_id))


async def keep(tx: Tx, org_id: UUID, left: Left) -> list[str]:
    """Keep what a harness left; the names of the oldest sandboxes, which are not kept any more in its favour."""
    await _sql.keep(tx, org_id=org_id, kept_for_s=KEPT_FOR.total_seconds(), **vars(left))
    rows = _sql.forget_beyond(tx, org_id=org_id, of_organization_max=PER_ORGANIZATION_MAX, of_all_max=MAX)
    return [row["sandbox_name"] async for row in rows]


async def forget(tx: Tx, org_id: UUID, sandbox_name: str) -> None:
    """The sandbox is not kept any more."""
    await _sql.forget(tx, org_id=org_id, sandbox_name=sandbox_name)


async def forget_expired(tx: Tx) -> list[str]:
    """The names of the sandboxes whose time is over, which are not kept any more."""
    return [row["sandbox_name"] async for row in _sql.forget_expired(tx)]


async def names(tx: Tx) -> Sequence[str]:
    """Every sandbox that is kept or taken up."""
    return [row["sandbox_name"] async for row in _sql.names(tx)]
