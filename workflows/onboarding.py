"""Onboarding: every check in turn, then the organization is active, or the harness says what to mend."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from contracts.queue import Queued
    from workflows import policies
    from workflows.activities.checks import Checks
    from workflows.activities.harness import Harness, News
    from workflows.activities.onboarding import Asked, Checked, Finished, Onboarding, Seen
    from workflows.steps import end_failed, failure, step, surely


@workflow.defn(name="onboarding.check")
class CheckOnboarding:
    """Run an organization's checks and conclude."""

    @workflow.run
    async def run(self, queued: Queued) -> None:
        """Carry out one command of kind onboarding.onboard or onboarding.check."""
        if not await surely(Harness.claim, queued, policies.LEDGER):
            return
        try:
            await self._check(queued)
        except ActivityError as error:
            await end_failed(queued, error)

    async def _check(self, queued: Queued) -> None:
        await step(Harness.launch, queued, policies.LEDGER)
        checks = await step(Onboarding.checks, queued, policies.LEDGER)
        headline = f"{len(checks)} checks are running."
        await step(Harness.step, News(queued=queued, step="checks", headline=headline, done=0), policies.LEDGER)
        finished = await looked_at(checks)
        await step(Onboarding.conclude, Checked(queued=queued, finished=finished), policies.LEDGER)


async def looked_at(checks: list[Asked], *, done: int = 0) -> tuple[Finished, ...]:
    """Each check with what it saw, which is told; `done` counts the steps that the harness took before.

    Raises:
        ActivityError: if what was seen cannot be told.
    """
    finished: list[Finished] = []
    for number, asked in enumerate(checks, start=done + 1):
        finished.append(Finished(asked=asked, seen=await _look(asked), done=number))
        await step(Onboarding.record, finished[-1], policies.LEDGER)
    return tuple(finished)


async def _look(asked: Asked) -> Seen:
    try:
        return await step(Checks.look, asked, policies.EFFECT)
    except ActivityError as error:
        failed = failure(error)
        return Seen(passed=False, detail=failed.reason, remedy=f"Mend {asked.subject_name}, then check again.")
