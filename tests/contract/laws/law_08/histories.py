"""Random histories of a harness after its first event, each event one that may follow those before it."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from contracts import calls, harness, onboarding, projections, proofs, proposals, recovery, work
from contracts.base import EventData
from contracts.read_models import HarnessProjection
from contracts.refusals import Code
from contracts.states import CheckState, Phase
from contracts.vocabulary import Continuity, Purpose
from projections.harness import first, fold

EVENTS_MAX = 14
# PostgreSQL's text holds every character but NUL, and UTF-8 no half of one.
_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
_COUNTS = st.integers(0, 2**31 - 1)
_TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  - the zone is beside them
_IDS = st.uuids(version=4)
_START = datetime(2026, 1, 1, tzinfo=UTC)


def _of(event: type[EventData], /, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[EventData]:
    return st.builds(event, **fields)


_STEP = _of(harness.StepStarted, step=_TEXTS, headline=_TEXTS, done=_COUNTS)
_FAILED = _of(
    harness.HarnessFailed, code=st.sampled_from(list(Code)), reason=_TEXTS, remedy=st.one_of(st.none(), _TEXTS)
)
_SUCCEEDED = _of(harness.HarnessSucceeded, headline=_TEXTS)
_CANCELLED = _of(
    harness.HarnessCancelled,
    principal_id=_IDS,
    reason=st.one_of(st.none(), _TEXTS),
    proposal_id=st.one_of(st.none(), _IDS),
)
_NOTES = st.lists(
    st.builds(harness.ContinuityNote, what=st.sampled_from(list(harness.ContinuityPart)), detail=_TEXTS), max_size=3
).map(tuple)
_RESUMED = _of(harness.HarnessResumed, from_harness_id=_IDS, survived=_NOTES, lost=_NOTES)
_PROVED = _of(proofs.ProofRecorded, proof_id=_IDS, execution_id=_IDS, leaf_index=_COUNTS)
_CHECKED = _of(
    onboarding.OnboardingCheckFinished,
    check_id=_IDS,
    subject_kind=st.sampled_from(["endpoint", "secret_contract", "runtime_asset"]),
    subject_name=_TEXTS,
    state=st.sampled_from(list(CheckState)),
    detail=_TEXTS,
    remedy=st.one_of(st.none(), _TEXTS),
    done=_COUNTS,
)
_SUBMITTED = _of(
    proposals.ProposalSubmitted,
    proposal_id=_IDS,
    title=_TEXTS,
    digest=_TEXTS,
    files_changed=_COUNTS,
    approvals_required=st.integers(1, 10),
    expires_at=_TIMES,
)
_APPROVED = _of(
    proposals.ProposalApproved,
    proposal_id=_IDS,
    principal_id=_IDS,
    approvals=st.integers(1, 10),
    required=st.integers(1, 10),
    execution_queued=st.booleans(),
)
_REPAIR_STARTED = _of(projections.ProjectionRepairStarted, execution_id=_IDS)
_EXECUTED = _of(
    proposals.ExecutionSucceeded, execution_id=_IDS, proposal_id=_IDS, commit_id=_TEXTS, target_branch=_TEXTS
)
_CALLED = _of(
    calls.CallSucceeded, execution_id=_IDS, proposal_id=_IDS, method=_TEXTS, path=_TEXTS, status=st.integers(200, 599)
)
_ASKED = _of(
    recovery.RecoveryOpened,
    recovery_case_id=_IDS,
    kind=st.sampled_from(list(recovery.RecoveryKind)),
    code=st.sampled_from(list(Code)),
    says=_TEXTS,
    wants=_TEXTS,
    expires_at=_TIMES,
)
_NOT_EXECUTED = _of(
    proposals.ExecutionFailed, execution_id=_IDS, proposal_id=_IDS, code=st.sampled_from(list(Code)), reason=_TEXTS
)

# What may be told of a harness in each phase; nothing of one that has ended.
NEXT: dict[Phase, tuple[st.SearchStrategy[EventData], ...]] = {
    Phase.QUEUED: (_of(harness.HarnessLaunched, headline=_TEXTS), _FAILED, _CANCELLED),
    Phase.LAUNCHING: (_STEP, _CHECKED, _REPAIR_STARTED, _RESUMED, _ASKED, _FAILED, _CANCELLED),
    Phase.RUNNING: (
        *(_STEP, _CHECKED, _PROVED, _ASKED, _SUCCEEDED, _FAILED, _CANCELLED),
        _of(onboarding.OrganizationActivated, checks_passed=_COUNTS),
        _of(work.ChangeTaken, base_commit=_TEXTS, files_changed=_COUNTS, patch_digest=st.one_of(st.none(), _TEXTS)),
        _of(projections.ProjectionRepaired, execution_id=_IDS, harnesses=_COUNTS, rows=_COUNTS),
    ),
    Phase.AWAITING_RECOVERY: (
        _of(recovery.RecoveryResolved, recovery_case_id=_IDS, principal_id=_IDS, choice=_TEXTS),
        _of(recovery.RecoveryAbandoned, recovery_case_id=_IDS),
        *(_STEP, _FAILED, _CANCELLED),
    ),
    Phase.PROPOSING: (_SUBMITTED, _SUCCEEDED),
    Phase.AWAITING_DECISION: (
        _APPROVED,
        _of(proposals.ProposalRejected, proposal_id=_IDS, principal_id=_IDS, reason=_TEXTS),
        _of(proposals.ProposalWithdrawn, proposal_id=_IDS),
        _CANCELLED,
    ),
    Phase.APPLYING: (
        _of(proposals.ExecutionStarted, execution_id=_IDS, proposal_id=_IDS),
        _STEP,
        _EXECUTED,
        _CALLED,
        _NOT_EXECUTED,
    ),
    Phase.PROVING: (_PROVED, _SUCCEEDED, _FAILED),
}


@st.composite
def histories(draw: st.DrawFn) -> tuple[EventData, ...]:
    """What is told of a queued harness, from its launch on; the end may be far or near."""
    queued = harness.HarnessQueued(purpose=Purpose.WORK, title="Any", continuity=Continuity.FRESH, steps_total=8)
    row: HarnessProjection = first(queued, _START)
    told: list[EventData] = []
    for _ in range(draw(st.integers(0, EVENTS_MAX))):
        if row.phase.final:
            break
        told.append(draw(st.one_of(*NEXT[row.phase])))
        row = fold(row, told[-1], _START)
    return tuple(told)


def kinds(told: tuple[EventData, ...]) -> set[str]:
    """The types of the events."""
    return {event.type_name() for event in told}
