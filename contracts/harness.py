"""A governed run: the events that every harness tells, whatever it is for, what it takes up, and cancelling it."""

from enum import StrEnum
from uuid import UUID

from contracts.base import Action, Contract, EventData, LongText, Mutation, Recorded, Shown
from contracts.refusals import Code
from contracts.states import TRANSITIONS, Phase
from contracts.vocabulary import Continuity, InteractionPolicy, Purpose, Role


class ContinuityPart(StrEnum):
    """What an earlier harness can have left."""

    FILES = "files"
    BROWSER_SESSION = "browser_session"
    CONTEXT = "context"


class ContinuityNote(Contract):
    """One part of what an earlier harness had, and a sentence on what became of it."""

    what: ContinuityPart
    detail: Shown


class ContinuityReceipt(Contract):
    """What a harness took up of an earlier one, and what of that was lost.

    A fresh harness takes nothing up. While both lists of one that resumes are empty, that is not known yet.
    """

    continuity: Continuity
    from_harness_id: UUID | None = None
    survived: tuple[ContinuityNote, ...] = ()
    lost: tuple[ContinuityNote, ...] = ()


class LaunchOrigin(StrEnum):
    """How a runtime came about at a launch; a diagnostic for operators and owners, never a mode of continuity."""

    COLD = "cold"
    RESTORED = "restored"
    RECREATED = "recreated"


class CancelHarness(Mutation):
    """Stop a harness before it has an effect; a proposal of it that is under review is withdrawn."""

    harness_id: UUID
    reason: LongText | None = None


class HarnessQueued(EventData):
    """A harness was recorded and waits to be started; always the first event of a harness.

    `from_harness_id` is the earlier harness that one which resumes takes up.
    """

    purpose: Purpose
    title: str
    continuity: Continuity
    work_id: UUID | None = None
    principal_id: UUID | None = None
    interaction: InteractionPolicy | None = None
    steps_total: int
    from_harness_id: UUID | None = None


class HarnessLaunched(EventData):
    """A workflow took the harness up and makes its runtime ready."""

    headline: str


class HarnessResumed(EventData):
    """It is known what survived of the earlier harness that this one takes up, and what was lost."""

    from_harness_id: UUID
    survived: tuple[ContinuityNote, ...]
    lost: tuple[ContinuityNote, ...]


class StepStarted(EventData):
    """One step of the path began; `step` is its stable name."""

    step: str
    headline: str
    done: int


class HarnessSucceeded(EventData):
    """The harness did what it was for."""

    headline: str


class HarnessFailed(EventData):
    """The harness ended without doing what it was for; `remedy` says what to mend, where that is known."""

    code: Code
    reason: str
    remedy: str | None = None


class HarnessCancelled(EventData):
    """Somebody cancelled the harness; `proposal_id` is its proposal under review, which is withdrawn with it."""

    principal_id: UUID
    reason: str | None = None
    proposal_id: UUID | None = None


def cancellable(phase: Phase) -> bool:
    """Whether a harness that stands here can be cancelled: no effect of it can have been had."""
    return Phase.CANCELLED in TRANSITIONS["harness"].get(phase, ())


EVENTS: tuple[type[EventData], ...] = (
    *(HarnessQueued, HarnessLaunched, HarnessResumed, StepStarted),
    *(HarnessSucceeded, HarnessFailed, HarnessCancelled),
)
ACTIONS: tuple[Action, ...] = (
    Action(
        name="cancel_harness",
        kind="harness.cancel",
        operation="mutation",
        takes=CancelHarness,
        answers=Recorded,
        roles=(Role.OPERATOR, Role.OWNER),
        says="Stop a harness of work before it has an effect; its proposal under review is withdrawn.",
        events=(HarnessCancelled,),
        lineage=(),
        refusals=(Code.NOT_FOUND, Code.WRONG_STATE),
    ),
)
