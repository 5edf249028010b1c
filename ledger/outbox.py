"""The outbox: an event, its position and the projection that it folds into, in the transaction of the change."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from contracts.base import EventData
from contracts.read_models import HarnessProjection
from ledger.pool import Tx
from ledger.statements import load
from projections import harness as projection_of_harness

_sql = load("outbox")

_NOT_OF_THE_FOLD = {"org_id", "harness_id", "last_position", "last_event_type"}


@dataclass(frozen=True)
class _Told:
    """An event about to take its place behind `last_position`."""

    event: EventData
    cause: str
    subject: str
    harness_id: UUID | None
    at: datetime
    projection: HarnessProjection | None
    last_position: int


async def append(
    tx: Tx, org_id: UUID, event: EventData, *, cause: str, subject: str, harness_id: UUID | None = None
) -> int:
    """The event's position. The same cause again changes nothing and answers the position it has.

    The organization's place in the order is held from here to the end of the transaction, so append last.
    """
    at = datetime.now(UTC)
    read = await _sql.read_stream(tx, org_id=org_id, harness_id=harness_id, cause=cause)
    if read["known_position"] is not None:
        return int(read["known_position"])
    after = None
    if harness_id is not None:
        after = projection_of_harness.fold(_projection(read["projection"]), event, at)
    return await _store(tx, org_id, _Told(event, cause, subject, harness_id, at, after, read["last_position"]))


def _projection(row: dict[str, Any] | None) -> HarnessProjection | None:
    if row is None:
        return None
    return HarnessProjection.model_validate({k: v for k, v in row.items() if k not in _NOT_OF_THE_FOLD})


async def _store(tx: Tx, org_id: UUID, told: _Told) -> int:
    position = await _sql.append_event(
        tx,
        org_id=org_id,
        harness_id=told.harness_id,
        type=told.event.type_name(),
        subject=told.subject,
        data=told.event.model_dump(mode="json"),
        cause=told.cause,
        occurred_at=told.at,
        traceparent=None,
        projection=None if told.projection is None else told.projection.model_dump(mode="json"),
        last_position=told.last_position,
    )
    return int(position)
