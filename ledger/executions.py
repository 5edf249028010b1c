"""Executions: attempts to carry out a command's effect."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from contracts.refusals import Code, Refusal
from contracts.states import ExecutionState
from ledger.pool import Tx
from ledger.statements import load

_sql = load("proposals")


@dataclass(frozen=True)
class Execution:
    """One execution as it stands; without a proposal it is a repair of the live read."""

    id: UUID
    command_id: UUID
    proposal_id: UUID | None
    harness_id: UUID
    digest: str
    state: str
    reason_code: str | None
    reason: str | None
    base_commit: str | None
    commit_id: str | None
    started_at: datetime
    finished_at: datetime | None


async def start(tx: Tx, org_id: UUID, *, command_id: UUID, proposal_id: UUID, harness_id: UUID, digest: str) -> UUID:
    """The command's one execution.

    Raises:
        asyncpg.CheckViolationError: execution_needs_command, if the command did not consume the approval.
    """
    execution_id = await _sql.insert_execution(
        tx,
        org_id=org_id,
        id=uuid4(),
        command_id=command_id,
        proposal_id=proposal_id,
        harness_id=harness_id,
        digest=digest,
    )
    return UUID(str(execution_id))


async def finish(
    tx: Tx,
    org_id: UUID,
    execution_id: UUID,
    *,
    state: ExecutionState,
    base_commit: str | None,
    commit_id: str | None = None,
    reason_code: str | None = None,
    reason: str | None = None,
) -> bool:
    """Whether the execution was running until now."""
    ended = await _sql.finish_execution(
        tx,
        org_id=org_id,
        id=execution_id,
        state=state,
        base_commit=base_commit,
        commit_id=commit_id,
        reason_code=reason_code,
        reason=reason,
    )
    return ended is not None


async def find(tx: Tx, org_id: UUID, execution_id: UUID) -> Execution:
    """The execution as it stands.

    Raises:
        Refusal: NOT_FOUND.
    """
    row = await _sql.execution(tx, org_id=org_id, id=execution_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such execution in this organization.")
    return Execution(**dict(row))
