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
    from workflows.steps import end_failed, failure, step, surely


@workflow.defn(name="projections.repair")
class RepairProjection:
    """Repair the live read of an organization, and prove how that went."""

    @workflow.run
    async def run(self, queued: Queued) -> None:
        """Carry out one command of kind projections.repair."""
        if not await surely(Harness.claim, queued, policies.LEDGER):
            return
        try:
            await step(Harness.launch, queued, policies.LEDGER)
        except ActivityError as error:
            await end_failed(queued, error)
            return
        repairing = await surely(Projections.start, queued, policies.LEDGER)
        outcome = await self._repair(repairing)
        headline = await surely(Projections.conclude, outcome, policies.LEDGER)
        await surely(Proofs.record_repair, repairing, policies.SIGN)
        await surely(Harness.end, Ending(queued=queued, headline=headline, code=outcome.code), policies.LEDGER)

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
