"""The live read: every row is held against its events, those that differ are put right, and that is proved."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from contracts.projections import PAGES_MAX
    from contracts.queue import Queued
    from workflows import policies
    from workflows.activities.harness import Ending, Harness
    from workflows.activities.projections import Outcome, Page, Projections, Repairing
    from workflows.activities.proofs import Proofs
    from workflows.steps import failure, step


@workflow.defn(name="projections.repair")
class RepairProjection:
    """Repair the live read of an organization, and prove how that went."""

    @workflow.run
    async def run(self, queued: Queued) -> None:
        """Carry out one command of kind projections.repair."""
        if not await step(Harness.claim, queued, policies.LEDGER):
            return
        await step(Harness.launch, queued, policies.LEDGER)
        repairing = await step(Projections.start, queued, policies.LEDGER)
        outcome = await self._repair(repairing)
        headline = await step(Projections.conclude, outcome, policies.LEDGER)
        await step(Proofs.record_repair, repairing, policies.SIGN)
        await step(Harness.end, Ending(queued=queued, headline=headline, code=outcome.code), policies.LEDGER)

    async def _repair(self, repairing: Repairing) -> Outcome:
        harnesses, rows, page = 0, 0, Page(repairing=repairing, number=1)
        try:
            for number in range(1, PAGES_MAX + 1):
                done = await step(Projections.repair, page, policies.LEDGER)
                harnesses, rows = harnesses + done.harnesses, rows + done.rows
                if done.next is None:
                    break
                page = Page(repairing=repairing, number=number + 1, after=done.next)
        except ActivityError as error:
            failed = failure(error)
            return Outcome(repairing=repairing, harnesses=harnesses, rows=rows, code=failed.code, reason=failed.reason)
        return Outcome(repairing=repairing, harnesses=harnesses, rows=rows)
