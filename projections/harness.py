"""How the one live read follows from events, and from nothing else."""

from collections.abc import Iterable
from datetime import datetime

from contracts import calls, harness, onboarding, projections, proofs, proposals, recovery, work
from contracts.base import EventData
from contracts.read_models import HarnessProjection
from contracts.states import Phase, ProposalState


def first(event: harness.HarnessQueued, at: datetime) -> HarnessProjection:
    """The projection of a harness whose first event is `event`."""
    return HarnessProjection(
        purpose=event.purpose,
        title=event.title,
        work_id=event.work_id,
        principal_id=event.principal_id,
        continuity=event.continuity,
        phase=Phase.QUEUED,
        headline="Waiting to be started.",
        steps_total=event.steps_total,
        interaction=event.interaction,
        started_at=at,
        updated_at=at,
    )


def fold(before: HarnessProjection | None, event: EventData, at: datetime) -> HarnessProjection:
    """The projection after `event`, given the one before it (None: the harness's first event).

    Raises:
        ValueError: if the event cannot follow, which is a fault of ours.
    """
    if isinstance(event, harness.HarnessQueued):
        return first(event, at)
    if before is None:
        raise ValueError(f"{event.type_name()} cannot be a harness's first event")
    change = _of_run(before, event) or _of_repair(event) or _of_recovery(event) or _of_proposal(event)
    if change is None:
        raise ValueError(f"{event.type_name()} does not belong to a harness")
    phase = Phase(change.get("phase", before.phase))
    if phase.final:
        change = {**change, "finished_at": at, "needs": None, "recovery_case_id": None}
    return before.model_copy(update={**change, "updated_at": at})


def refold(events: Iterable[tuple[EventData, datetime]]) -> HarnessProjection | None:
    """What a harness's events fold into, from the first to the last, each with its time; None without events."""
    after: HarnessProjection | None = None
    for event, at in events:
        after = fold(after, event, at)
    return after


def _of_run(before: HarnessProjection, event: EventData) -> dict[str, object] | None:
    match event:
        case harness.HarnessLaunched(headline=headline):
            return {"phase": Phase.LAUNCHING, "headline": headline, "step": "launch"}
        case harness.HarnessResumed(survived=survived, lost=lost):
            notes = (*survived, *lost)
            return {"headline": notes[0].detail if notes else before.headline}
        case harness.StepStarted(step=step, headline=headline, done=done):
            begins = before.phase in (Phase.LAUNCHING, Phase.AWAITING_RECOVERY)
            phase = Phase.RUNNING if begins else before.phase
            return {"phase": phase, "step": step, "headline": headline, "steps_done": done}
        case onboarding.OnboardingCheckFinished(subject_name=name, state=state, done=done):
            return {"headline": f"{name}: {state}", "steps_done": done}
        case onboarding.OrganizationActivated():
            return {"headline": "The organization is active."}
        case work.ChangeTaken(files_changed=count):
            headline = f"{_counted(count, 'file')} changed." if count else "Nothing changed."
            return {"phase": Phase.PROPOSING, "step": "difference", "headline": headline}
        case harness.HarnessSucceeded(headline=headline):
            return {"phase": Phase.SUCCEEDED, "headline": headline, "steps_done": before.steps_total}
        case harness.HarnessFailed(reason=reason, remedy=remedy):
            return {"phase": Phase.FAILED, "headline": f"{reason} {remedy}" if remedy else reason}
        case harness.HarnessCancelled(reason=reason, proposal_id=proposal_id):
            headline = f"Cancelled: {reason}" if reason else "Cancelled."
            withdrawn = {"proposal_state": ProposalState.WITHDRAWN} if proposal_id else {}
            return {"phase": Phase.CANCELLED, "headline": headline, **withdrawn}
        case _:
            return None


def _of_repair(event: EventData) -> dict[str, object] | None:
    match event:
        case projections.ProjectionRepairStarted():
            headline = "Every row of the live read is held against its events."
            return {"phase": Phase.RUNNING, "step": "repair", "headline": headline}
        case projections.ProjectionRepaired(harnesses=harnesses, rows=rows):
            return {"step": "proof", "headline": projections.outcome(harnesses, rows), "steps_done": 1}
        case _:
            return None


def _of_recovery(event: EventData) -> dict[str, object] | None:
    match event:
        case recovery.RecoveryOpened(recovery_case_id=case_id, says=says, wants=wants):
            return {"phase": Phase.AWAITING_RECOVERY, "recovery_case_id": case_id, "headline": says, "needs": wants}
        case recovery.RecoveryResolved(choice=recovery.GIVE_UP):
            return {"recovery_case_id": None, "needs": None, "headline": "Given up."}
        case recovery.RecoveryResolved():
            return {"recovery_case_id": None, "needs": None, "headline": "Answered; the work goes on."}
        case recovery.RecoveryAbandoned():
            return {"recovery_case_id": None, "needs": None, "headline": "Nobody answered in time."}
        case _:
            return None


def _of_proposal(event: EventData) -> dict[str, object] | None:
    match event:
        case proposals.ProposalSubmitted(proposal_id=proposal_id, approvals_required=required):
            return {
                "phase": Phase.AWAITING_DECISION,
                "proposal_id": proposal_id,
                "proposal_state": ProposalState.SUBMITTED,
                "headline": "A proposal waits for a decision.",
                "step": "decision",
                "steps_done": 4,
                "needs": f"{_counted(required, 'approval')} by an approver or owner other than the proposer",
            }
        case proposals.ProposalApproved(approvals=approvals, required=required, execution_queued=False):
            return {
                "headline": f"{approvals} of {_counted(required, 'approval')} given.",
                "needs": f"{_counted(required - approvals, 'more approval')}",
            }
        case proposals.ProposalApproved():
            return {
                "phase": Phase.APPLYING,
                "proposal_state": ProposalState.APPROVED,
                "headline": "Approved; the execution is queued.",
                "step": "execution",
                "steps_done": 5,
                "needs": None,
            }
        case proposals.ProposalRejected(reason=reason):
            state = ProposalState.REJECTED
            return {"phase": Phase.CANCELLED, "proposal_state": state, "headline": f"Rejected: {reason}"}
        case proposals.ProposalWithdrawn():
            state = ProposalState.WITHDRAWN
            return {"phase": Phase.CANCELLED, "proposal_state": state, "headline": "The proposal was withdrawn."}
        case _:
            return _of_execution(event)


def _of_execution(event: EventData) -> dict[str, object] | None:
    match event:
        case proposals.ExecutionStarted():
            return {"headline": "The approved change is being carried out.", "step": "apply"}
        case proposals.ExecutionSucceeded(commit_id=commit, target_branch=branch):
            return {
                "phase": Phase.PROVING,
                "proposal_state": ProposalState.APPLIED,
                "headline": f"Commit {commit[:12]} is on {branch}.",
                "step": "proof",
                "steps_done": 8,
            }
        case calls.CallSucceeded(method=method, path=path, status=status):
            return {
                "phase": Phase.PROVING,
                "proposal_state": ProposalState.APPLIED,
                "headline": f"{method} {path} was answered {status}.",
                "step": "proof",
                "steps_done": 8,
            }
        case proposals.ExecutionFailed(reason=reason):
            state = ProposalState.FAILED
            return {"phase": Phase.PROVING, "proposal_state": state, "headline": reason, "step": "proof"}
        case proofs.ProofRecorded(proof_id=proof_id):
            return {"proof_id": proof_id, "headline": "The proof is recorded."}
        case _:
            return None


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
