"""Waiting for the answer to a recovery case, and handing it to the workflow that waits.

The answer stands in the ledger. The command that recorded it is started by the dispatcher like any other, and its
workflow signals the one that waits; whoever waits believes the ledger alone and looks there by itself from time to
time, so that a signal which is lost, or comes before the wait, costs time and nothing else.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from contracts.base import Contract
    from contracts.queue import Queued
    from contracts.recovery import ANSWERED_SIGNAL, KIND_OF, ResumeRecovery
    from contracts.states import RecoveryState
    from workflows import policies
    from workflows.activities.harness import Harness
    from workflows.activities.recovery import HandedOn, Looked, Recovery, Trouble
    from workflows.activities.work import Workbench
    from workflows.steps import failure, step, step_of, surely

Gives = TypeVar("Gives")

# A command that was mended so often and still fails is not mended.
ROUNDS_MAX = 20
# How long to wait before looking unasked, first and at the most. The longest time to answer is a month.
_LOOK_FIRST = timedelta(minutes=1)
_LOOK_MAX = timedelta(hours=1)
_LOOKS_MAX = 1_000
# Before this step has ended nothing is done that would have to be begun anew.
NOTHING_DONE = "checkout"


class Attempt(Contract):
    """One go at what a command is for: how often it asked before, and the time for RUN if an answer named one.

    `half_done`: the go before may have left something, which is put away first.
    """

    round: int = 0
    timeout_s: int | None = None
    half_done: bool = False


class Recovering:
    """What a workflow has that waits for answers."""

    def __init__(self) -> None:
        self._answers = 0

    @workflow.signal(name=ANSWERED_SIGNAL)
    def answered(self) -> None:
        """An answer is in the ledger."""
        self._answers += 1

    async def recovering(self, queued: Queued, go: Callable[[Queued, Attempt], Awaitable[Gives]]) -> Gives:
        """What the go gives, begun anew after each answer that mends what stopped it.

        Raises:
            ActivityError: if it failed for what nobody can mend, was given up, or got no answer in time.
        """
        attempt = Attempt()
        for _ in range(ROUNDS_MAX):
            try:
                return await _begun(queued, attempt, go)
            except ActivityError as error:
                failed = failure(error)
                if failed.code not in KIND_OF:
                    raise
                trouble = Trouble(
                    queued=queued,
                    round=attempt.round,
                    timeout_s=attempt.timeout_s,
                    step=step_of(error),
                    code=failed.code,
                    reason=failed.reason,
                )
                looked = await self._answer(trouble)
                if not looked.goes_on:
                    raise
            timeout_s = (looked.answer or {}).get("timeout_s") or attempt.timeout_s
            attempt = Attempt(round=attempt.round + 1, timeout_s=timeout_s, half_done=trouble.step != NOTHING_DONE)
        return await _begun(queued, attempt, go)

    async def _answer(self, trouble: Trouble) -> Looked:
        waiting = await step(Recovery.open, trouble, policies.LEDGER)
        until = workflow.now() + timedelta(seconds=waiting.expires_in_s)
        rest = _LOOK_FIRST
        looked = Looked(state=RecoveryState.OPEN)
        for _ in range(_LOOKS_MAX):
            await self._told_within(min(rest, max(until - workflow.now(), timedelta(seconds=1))))
            looked = await step(Recovery.take_up, trouble, policies.LEDGER)
            if looked.state is not RecoveryState.OPEN:
                break
            rest = min(rest * 2, _LOOK_MAX)
        return looked

    async def _told_within(self, rest: timedelta) -> None:
        """Until an answer was told, or for as long as this."""
        try:
            await workflow.wait_condition(lambda: self._answers > 0, timeout=rest)
            self._answers = 0
        except TimeoutError:
            return


async def _begun(queued: Queued, attempt: Attempt, go: Callable[[Queued, Attempt], Awaitable[Gives]]) -> Gives:
    """What the go gives, which finds nothing of the one before; if that cannot be put away, the go has failed."""
    if attempt.half_done:
        await step(Workbench.put_away, queued, policies.CLEAN_UP)
    return await go(queued, attempt)


@workflow.defn(name="recovery.resume")
class HandOnAnswer:
    """Tell the workflow that waits that its case was answered."""

    @workflow.run
    async def run(self, queued: Queued) -> None:
        """Carry out one command of kind recovery.resume."""
        if not await surely(Harness.claim, queued, policies.LEDGER):
            return
        resume = ResumeRecovery.model_validate(queued.payload)
        reason = None
        try:
            await workflow.get_external_workflow_handle(resume.workflow_id).signal(ANSWERED_SIGNAL)
        except ApplicationError:
            reason = "The workflow that waited for the answer has ended."
        await surely(Recovery.handed_on, HandedOn(queued=queued, reason=reason), policies.LEDGER)
