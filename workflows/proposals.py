"""Proposals: an approved change is rehearsed, pushed and proved, or nothing is pushed and that is proved."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from contracts.proposals import GitChange
    from contracts.queue import Queued
    from workflows import calls, policies
    from workflows.activities.effects import Effects, Pushed
    from workflows.activities.harness import Ending, Harness, News
    from workflows.activities.proofs import Proofs
    from workflows.activities.proposals import Carried, Effect, Proposals
    from workflows.steps import failure, put_away, step, surely


@workflow.defn(name="proposals.apply")
class ApplyProposal:
    """Carry out an approved proposal, and prove how that went."""

    @workflow.run
    async def run(self, queued: Queued) -> None:
        """Carry out one command of kind proposals.apply."""
        if not await surely(Harness.claim, queued, policies.LEDGER):
            return
        # The approval is consumed and an effect may be had: from here on everything is told, whatever fails.
        carried = await surely(Proposals.start, queued, policies.LEDGER)
        is_change = isinstance(carried.payload, GitChange)
        effect = await (self._carry_out(carried) if is_change else calls.carry_out(carried))
        await surely(Proposals.conclude, effect, policies.LEDGER)
        await surely(Proofs.record, carried, policies.SIGN)
        ending = Ending(queued=queued, headline=effect.reason or _done(effect), code=effect.code)
        await surely(Harness.end, ending, policies.LEDGER)

    async def _carry_out(self, carried: Carried) -> Effect:
        try:
            await step(Proposals.recheck, carried, policies.LEDGER)
            await step(Effects.prepare, carried, policies.EFFECT)
            await self._tell(carried, "verify", "The patch is applied; VERIFY is running.", 6)
            await step(Effects.verify, carried, policies.EFFECT.lasting(carried.change.verify_timeout_s))
            await self._tell(carried, "push", "VERIFY passed; the commit is being pushed.", 7)
            return await self._push(carried)
        except ActivityError as error:
            failed = failure(error)
            return Effect(carried=carried, code=failed.code, reason=failed.reason)
        finally:
            await put_away(carried.queued)

    async def _push(self, carried: Carried) -> Effect:
        """How the push went; whether one that failed arrived all the same is found out, however long it takes."""
        try:
            pushed = await step(Effects.push, carried, policies.EFFECT)
            return Effect(carried=carried, commit_id=pushed.commit_id)
        except ActivityError as error:
            failed = failure(error)
        headline = f"{failed.reason} Whether the commit arrived all the same is being found out."
        await self._tell(carried, "find_out", headline, 7)
        found: Pushed | None = await surely(Effects.find_pushed, carried, policies.EFFECT)
        if found is None:
            return Effect(carried=carried, code=failed.code, reason=failed.reason)
        return Effect(carried=carried, commit_id=found.commit_id)

    async def _tell(self, carried: Carried, name: str, headline: str, done: int) -> None:
        news = News(queued=carried.queued, step=name, headline=headline, done=done)
        await step(Harness.step, news, policies.LEDGER)


def _done(effect: Effect) -> str:
    if effect.status is not None:
        return f"The endpoint answered {effect.status}."
    return f"Commit {(effect.commit_id or '')[:12]} is on {effect.carried.change.target_branch}."
