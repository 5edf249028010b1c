"""What people see live: one row for each harness."""

from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Contract
from contracts.states import Phase, ProposalState
from contracts.vocabulary import Continuity, InteractionPolicy, Purpose


class HarnessProjection(Contract):
    """The one live read. `last_position` orders two readings of a row; `needs` says what the harness waits for."""

    purpose: Purpose
    title: str
    work_id: UUID | None
    principal_id: UUID | None
    continuity: Continuity
    phase: Phase
    headline: str
    step: str | None = None
    steps_done: int = 0
    steps_total: int
    interaction: InteractionPolicy | None
    browser_observed: bool = False
    proposal_id: UUID | None = None
    proposal_state: ProposalState | None = None
    recovery_case_id: UUID | None = None
    needs: str | None = None
    proof_id: UUID | None = None
    started_at: AwareDatetime
    updated_at: AwareDatetime
    finished_at: AwareDatetime | None = None
