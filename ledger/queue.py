"""The queue: commands recorded once, leased by a dispatcher, carried out by one workflow run."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from contracts.queue import Queued
from contracts.states import CommandState
from contracts.vocabulary import Role
from ledger.pool import Tx
from ledger.statements import load

_sql = load("queue")

CHANNEL = "fractalops_command"


@dataclass(frozen=True)
class NewCommand:
    """A row about to be recorded; without a workflow, recording is all there is to do."""

    id: UUID
    org_id: UUID
    kind: str
    idempotency_key: UUID
    input_digest: bytes
    principal_id: UUID | None
    harness_id: UUID | None = None
    workflow: str | None = None
    payload: dict[str, Any] = field(default_factory=dict[str, Any])
    approval_consumption_id: UUID | None = None
    answer: dict[str, Any] | None = None
    traceparent: str | None = None


@dataclass(frozen=True)
class KnownCommand:
    """What was recorded under an idempotency key."""

    id: UUID
    org_id: UUID
    kind: str
    input_digest: bytes
    principal_id: UUID | None
    answer: dict[str, Any] | None


@dataclass(frozen=True)
class Leased:
    """A command that this dispatcher may start, and the workflow that carries it out."""

    workflow: str
    queued: Queued


@dataclass(frozen=True)
class Recording:
    """Whether the command is new (its idempotency key was not known), and the caller's role in the organization."""

    is_new: bool
    role: Role | None


async def record(tx: Tx, command: NewCommand) -> Recording:
    """Record a command unless its idempotency key is known, and look up who records it."""
    state = CommandState.QUEUED if command.workflow else CommandState.RECORDED
    row = await _sql.insert_command(tx, state=state, **vars(command))
    return Recording(row["is_new"], None if row["role"] is None else Role(row["role"]))


async def known(tx: Tx, idempotency_key: UUID) -> KnownCommand:
    """The command recorded under a key that `record` found known."""
    return KnownCommand(**dict(await _sql.known_command(tx, idempotency_key=idempotency_key)))


async def set_answer(tx: Tx, command_id: UUID, answer: dict[str, Any]) -> None:
    """Keep what was answered, so that the same request is answered the same."""
    await _sql.set_answer(tx, id=command_id, answer=answer)


async def lease(tx: Tx, *, leased_by: str, batch_max: int, lease_s: float) -> list[Leased]:
    """Up to `batch_max` waiting commands in order of arrival, taken for `lease_s` seconds."""
    rows = [row async for row in _sql.lease(tx, leased_by=leased_by, batch_max=batch_max, lease_s=lease_s)]
    return [
        Leased(
            workflow=row["workflow"],
            queued=Queued(
                command_id=row["id"],
                org_id=row["org_id"],
                harness_id=row["harness_id"],
                principal_id=row["principal_id"],
                kind=row["kind"],
                payload=row["payload"],
            ),
        )
        for row in rows
    ]


async def mark_dispatched(tx: Tx, ids: Sequence[UUID], *, leased_by: str) -> None:
    """Say that Temporal has these commands."""
    await _sql.mark_dispatched(tx, ids=list(ids), leased_by=leased_by)


async def requeue_unclaimed(tx: Tx, *, after_s: float) -> list[UUID]:
    """Commands put back because no workflow claimed them within `after_s` seconds of their dispatch."""
    return [row["id"] async for row in _sql.requeue_unclaimed(tx, after_s=after_s)]


async def claim(tx: Tx, command_id: UUID, *, run_id: str) -> bool:
    """Whether this workflow run is the one that carries the command out."""
    return await _sql.claim(tx, id=command_id, run_id=run_id) is not None


async def finish(tx: Tx, command_id: UUID, *, state: CommandState, error: str | None = None) -> bool:
    """Whether the command was running until now; ended, it stays as it is."""
    return await _sql.finish(tx, id=command_id, state=state, error=error) is not None


async def waiting_count(tx: Tx) -> int:
    """How many commands wait for the dispatcher."""
    return int(await _sql.waiting_count(tx))
