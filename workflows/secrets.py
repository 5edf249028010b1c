"""A sealed value is put where its secret contract says, and the check of that contract runs."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from contracts.queue import Queued
    from workflows import policies
    from workflows.activities.harness import Ending, Harness, News
    from workflows.activities.onboarding import Checked, Onboarding
    from workflows.activities.secrets import Secrets
    from workflows.onboarding import looked_at
    from workflows.steps import Failed, end_failed, failure, step, surely


@workflow.defn(name="secrets.keep")
class KeepSecretValue:
    """Put a value, and see whether the secret contract can be resolved now."""

    @workflow.run
    async def run(self, queued: Queued) -> None:
        """Carry out one command of kind secrets.send."""
        if not await surely(Harness.claim, queued, policies.LEDGER):
            return
        try:
            await self._keep(queued)
        except ActivityError as error:
            await end_failed(queued, error)

    async def _keep(self, queued: Queued) -> None:
        await step(Harness.launch, queued, policies.LEDGER)
        news = News(queued=queued, step="put", headline="The value is being put in its place.", done=0)
        await step(Harness.step, news, policies.LEDGER)
        refused = await _put(queued)
        # A value that was refused leaves the former one, so the contract is looked at in either case.
        headline = (
            "The value is not taken; the check runs." if refused else "The value is in its place; the check runs."
        )
        await step(Harness.step, News(queued=queued, step="checks", headline=headline, done=1), policies.LEDGER)
        checks = await step(Onboarding.checks, queued, policies.LEDGER)
        finished = await looked_at(checks, done=1)
        if refused:
            ending = Ending(queued=queued, headline=refused.reason, code=refused.code, remedy="Send the value again.")
            await surely(Harness.end, ending, policies.LEDGER)
        else:
            await step(Onboarding.conclude, Checked(queued=queued, finished=finished), policies.LEDGER)


async def _put(queued: Queued) -> Failed | None:
    try:
        await step(Secrets.keep, queued, policies.EFFECT)
    except ActivityError as error:
        return failure(error)
    return None
