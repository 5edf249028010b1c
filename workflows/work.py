"""Work: a repository in a sandbox, a command, the difference, a proposal."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from contracts.queue import Queued
    from workflows import calls, policies
    from workflows.activities.harness import Asked, Harness, News
    from workflows.activities.proposals import Proposals, Taken
    from workflows.activities.work import Workbench
    from workflows.recovery import Attempt, Recovering
    from workflows.steps import end_failed, put_away, step, surely


@workflow.defn(name="work.run")
class RunWork(Recovering):
    """Do a work item and propose what came of it; what somebody can mend is asked about."""

    @workflow.run
    async def run(self, queued: Queued) -> None:
        """Carry out one command of kind work.launch."""
        if not await surely(Harness.claim, queued, policies.LEDGER):
            return
        try:
            launched = await step(Harness.launch, queued, policies.LEDGER)
            if launched is Asked.CALL:
                await self.recovering(queued, calls.propose)
            else:
                taken = await self.recovering(queued, self._take_change)
                await step(Proposals.submit, taken, policies.LEDGER)
        except ActivityError as error:
            await end_failed(queued, error)
        finally:
            await put_away(queued)

    async def _take_change(self, queued: Queued, attempt: Attempt) -> Taken:
        started = await step(Workbench.checkout, queued, policies.EFFECT)
        started = started.again(attempt.round, attempt.timeout_s)
        base, again = started.base, attempt.round
        done = "Went on with" if started.resumed else "Cloned"
        headline = f"{done} {base.branch} at {base.commit[:12]}; RUN is running."
        news = News(queued=queued, step="run", headline=headline, done=1, round=again)
        await step(Harness.step, news, policies.LEDGER)
        await step(Workbench.run, started, policies.EFFECT.lasting(started.timeout_s))
        headline = "RUN ended; the difference is being taken."
        news = News(queued=queued, step="difference", headline=headline, done=2, round=again)
        await step(Harness.step, news, policies.LEDGER)
        change = await step(Workbench.difference, started, policies.EFFECT)
        return Taken(queued=queued, base=base, change=change)
