"""A governed run: the events that every harness tells, whatever it is for."""

from uuid import UUID

from contracts.base import EventData
from contracts.refusals import Code
from contracts.vocabulary import Continuity, InteractionPolicy, Purpose


class HarnessQueued(EventData):
    """A harness was recorded and waits to be started; always the first event of a harness."""

    purpose: Purpose
    title: str
    continuity: Continuity
    work_id: UUID | None = None
    principal_id: UUID | None = None
    interaction: InteractionPolicy | None = None
    steps_total: int


class HarnessLaunched(EventData):
    """A workflow took the harness up and makes its runtime ready."""

    headline: str


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


EVENTS: tuple[type[EventData], ...] = (HarnessQueued, HarnessLaunched, StepStarted, HarnessSucceeded, HarnessFailed)
