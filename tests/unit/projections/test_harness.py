"""The one live read follows from events."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from contracts import calls, harness, onboarding, projections, proofs, proposals, recovery, work
from contracts.base import EventData
from contracts.read_models import HarnessProjection
from contracts.refusals import Code
from contracts.registry import EVENTS
from contracts.states import CheckState, Phase, ProposalState
from contracts.vocabulary import Continuity, Purpose
from projections.harness import fold

START = datetime(2026, 1, 1, tzinfo=UTC)
IDS = {name: uuid4() for name in ("proposal", "principal", "execution", "proof", "check", "case")}

QUEUED = harness.HarnessQueued(purpose=Purpose.WORK, title="Tidy up", continuity=Continuity.FRESH, steps_total=8)
SUBMITTED = proposals.ProposalSubmitted(
    proposal_id=IDS["proposal"],
    title="Tidy up",
    digest="sha256:" + "0" * 64,
    files_changed=2,
    approvals_required=2,
    expires_at=START,
)


def approved(given: int) -> proposals.ProposalApproved:
    return proposals.ProposalApproved(
        proposal_id=IDS["proposal"],
        principal_id=IDS["principal"],
        approvals=given,
        required=2,
        execution_queued=given == 2,
    )


CHANGE = work.ChangeTaken(base_commit="a" * 40, files_changed=2, patch_digest="sha256:" + "1" * 64)
EXECUTED = proposals.ExecutionSucceeded(
    execution_id=IDS["execution"], proposal_id=IDS["proposal"], commit_id="c" * 40, target_branch="main"
)
PROVED = proofs.ProofRecorded(proof_id=IDS["proof"], execution_id=IDS["execution"], leaf_index=0)
PATH: list[EventData] = [
    QUEUED,
    harness.HarnessLaunched(headline="Made ready."),
    harness.StepStarted(step="run", headline="Running.", done=1),
    CHANGE,
    SUBMITTED,
    approved(1),
    approved(2),
    proposals.ExecutionStarted(execution_id=IDS["execution"], proposal_id=IDS["proposal"]),
    EXECUTED,
    PROVED,
    harness.HarnessSucceeded(headline="Done."),
]
REPAIR: list[EventData] = [
    QUEUED,
    harness.HarnessLaunched(headline="Made ready."),
    projections.ProjectionRepairStarted(execution_id=IDS["execution"]),
    projections.ProjectionRepaired(execution_id=IDS["execution"], harnesses=5, rows=1),
]

ASKED = recovery.RecoveryOpened(
    recovery_case_id=IDS["case"],
    kind=recovery.RecoveryKind.SECRET_UNRESOLVABLE,
    code=Code.SECRET_MISSING,
    says="It is not there.",
    wants="Put it there; then retry, or give up.",
    expires_at=START,
)
ANSWERED = recovery.RecoveryResolved(recovery_case_id=IDS["case"], principal_id=IDS["principal"], choice="retry")
RECOVERY: list[EventData] = [*PATH[:2], ASKED, ANSWERED, *PATH[2:3]]


def folded(events: list[EventData]) -> HarnessProjection:
    after: HarnessProjection | None = None
    for second, event in enumerate(events):
        after = fold(after, event, START + timedelta(seconds=second))
    assert after is not None
    return after


@pytest.mark.parametrize(
    ("events", "phase"),
    [
        (1, Phase.QUEUED),
        (2, Phase.LAUNCHING),
        (3, Phase.RUNNING),
        (4, Phase.PROPOSING),
        (5, Phase.AWAITING_DECISION),
        (6, Phase.AWAITING_DECISION),
        (7, Phase.APPLYING),
        (8, Phase.APPLYING),
        (9, Phase.PROVING),
        (11, Phase.SUCCEEDED),
    ],
)
def test_the_path_goes_through_its_phases_in_order(events: int, phase: Phase):
    assert folded(PATH[:events]).phase is phase


def test_a_finished_harness_needs_nothing_and_says_when_it_ended():
    after = folded(PATH)

    assert (after.needs, after.finished_at) == (None, START + timedelta(seconds=len(PATH) - 1))
    assert (after.proof_id, after.proposal_state) == (IDS["proof"], ProposalState.APPLIED)
    assert after.steps_done == after.steps_total


def test_a_proposal_under_review_says_what_it_needs():
    assert folded(PATH[:5]).needs == "2 approvals by an approver or owner other than the proposer"
    assert folded(PATH[:6]).needs == "1 more approval"
    assert folded(PATH[:7]).needs is None


def test_a_failed_harness_shows_the_reason_and_the_remedy():
    failed = harness.HarnessFailed(code=Code.CHECKS_FAILED, reason="1 check failed.", remedy="Mend it.")

    assert folded([QUEUED, failed]).headline == "1 check failed. Mend it."
    assert folded([QUEUED, failed]).phase is Phase.FAILED


def test_a_failed_execution_is_proved_before_the_harness_fails():
    failed = proposals.ExecutionFailed(
        execution_id=IDS["execution"], proposal_id=IDS["proposal"], code=Code.VERIFY_FAILED, reason="VERIFY failed."
    )

    after = folded([*PATH[:8], failed])

    assert (after.phase, after.proposal_state, after.headline) == (
        Phase.PROVING,
        ProposalState.FAILED,
        "VERIFY failed.",
    )


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (
            proposals.ProposalRejected(proposal_id=IDS["proposal"], principal_id=IDS["principal"], reason="No."),
            ProposalState.REJECTED,
        ),
        (proposals.ProposalWithdrawn(proposal_id=IDS["proposal"]), ProposalState.WITHDRAWN),
    ],
)
def test_a_proposal_that_is_not_to_be_carried_out_cancels_the_harness(event: EventData, state: ProposalState):
    after = folded([*PATH[:5], event])

    assert (after.phase, after.proposal_state) == (Phase.CANCELLED, state)


@pytest.mark.parametrize(("reason", "headline"), [(None, "Cancelled."), ("Too slow.", "Cancelled: Too slow.")])
def test_a_cancelled_harness_says_why_and_needs_nothing_more(reason: str | None, headline: str):
    after = folded([*PATH[:3], harness.HarnessCancelled(principal_id=IDS["principal"], reason=reason)])

    assert (after.phase, after.headline, after.needs, after.proposal_state) == (Phase.CANCELLED, headline, None, None)
    assert after.finished_at == after.updated_at


def test_the_proposal_of_a_cancelled_harness_is_withdrawn():
    cancelled = harness.HarnessCancelled(principal_id=IDS["principal"], proposal_id=IDS["proposal"])

    after = folded([*PATH[:5], cancelled])

    assert (after.phase, after.proposal_state, after.needs) == (Phase.CANCELLED, ProposalState.WITHDRAWN, None)


def test_a_resumed_harness_says_first_what_became_of_the_files():
    parts = (harness.ContinuityPart.FILES, harness.ContinuityPart.CONTEXT)
    files, context = (harness.ContinuityNote(what=what, detail=f"The {what}.") for what in parts)

    def after(survived: int) -> str:
        told = harness.HarnessResumed(
            from_harness_id=IDS["principal"], survived=(files,)[:survived], lost=(files, context)[survived:]
        )
        return folded([*PATH[:2], told]).headline

    assert (after(1), after(0)) == ("The files.", "The files.")


def test_a_check_moves_the_progress():
    check = onboarding.OnboardingCheckFinished(
        check_id=IDS["check"],
        subject_kind="endpoint",
        subject_name="repository",
        state=CheckState.PASSED,
        detail="It answers.",
        done=3,
    )

    assert (folded([QUEUED, check]).steps_done, folded([QUEUED, check]).headline) == (3, "repository: passed")


@pytest.mark.parametrize(
    ("rows", "headline"),
    [(0, "All rows of 5 harnesses follow from their events; nothing had to be repaired."), (2, "2 of 5 rows")],
)
def test_a_repair_runs_and_says_what_it_came_to(rows: int, headline: str):
    repaired = projections.ProjectionRepaired(execution_id=IDS["execution"], harnesses=5, rows=rows)

    after = folded([*REPAIR, repaired])

    assert (after.phase, after.step) == (Phase.RUNNING, "proof")
    assert after.headline.startswith(headline)


def test_a_recovery_case_is_what_the_harness_needs_until_it_is_answered():
    asked, answered, running = (folded(RECOVERY[:count]) for count in (3, 4, 5))

    assert (asked.phase, asked.recovery_case_id) == (Phase.AWAITING_RECOVERY, IDS["case"])
    assert (asked.headline, asked.needs) == ("It is not there.", "Put it there; then retry, or give up.")
    assert (answered.phase, answered.recovery_case_id, answered.needs) == (Phase.AWAITING_RECOVERY, None, None)
    assert running.phase is Phase.RUNNING


@pytest.mark.parametrize(
    "ending",
    [
        [
            recovery.RecoveryAbandoned(recovery_case_id=IDS["case"]),
            harness.HarnessFailed(code=Code.INTERNAL, reason="."),
        ],
        [harness.HarnessCancelled(principal_id=IDS["principal"])],
    ],
)
def test_a_harness_that_ends_waits_for_no_answer_any_more(ending: list[EventData]):
    after = folded([*RECOVERY[:3], *ending])

    assert (after.recovery_case_id, after.needs, after.phase.final) == (None, None, True)


def test_no_event_but_the_first_begins_a_harness():
    with pytest.raises(ValueError, match="first event"):
        fold(None, PROVED, START)


def test_a_call_that_was_answered_is_told_with_its_answer():
    called = calls.CallSucceeded(
        execution_id=IDS["execution"], proposal_id=IDS["proposal"], method="POST", path="/v1/things", status=201
    )

    after = folded([*PATH[:8], called])

    assert (after.phase, after.proposal_state) == (Phase.PROVING, ProposalState.APPLIED)
    assert (after.headline, after.steps_done) == ("POST /v1/things was answered 201.", 8)


def test_every_event_either_folds_or_says_that_it_belongs_to_no_harness():
    of_a_harness = {type(event).__name__ for event in (*PATH, *REPAIR, *RECOVERY)} | {
        "HarnessFailed",
        "OnboardingCheckFinished",
        "OrganizationActivated",
        "ProposalRejected",
        "ProposalWithdrawn",
        "ExecutionFailed",
        "CallSucceeded",
        "HarnessCancelled",
        "HarnessResumed",
        "RecoveryAbandoned",
    }

    assert set(EVENTS) - of_a_harness == {
        "EndpointRevised",
        "EndpointRetired",
        "SecretContractRevised",
        "RuntimeAssetRevised",
        "WorkCreated",
        "EndpointDeclared",
        "MemberAdded",
        "MemberChanged",
        "MemberRemoved",
        "RuntimeAssetDeclared",
        "RuntimeAssetRetired",
        "SecretContractDeclared",
        "SecretValueReceived",
    }
