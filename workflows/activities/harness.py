"""A harness's life in the ledger: claimed, launched, step by step, ended."""

from dataclasses import dataclass

from temporalio import activity

from contracts.base import Contract, EventData
from contracts.harness import HarnessFailed, HarnessLaunched, HarnessSucceeded, StepStarted
from contracts.queue import Queued
from contracts.refusals import Code
from contracts.states import CommandState, Phase
from ledger import harness, outbox, queue
from ledger.pool import Pool, Tx, transaction
from workflows.activities.edge import told


class News(Contract):
    """A step that begins; `done` counts the steps behind it."""

    queued: Queued
    step: str
    headline: str
    done: int


class Ending(Contract):
    """How a harness ended: with a code it failed."""

    queued: Queued
    headline: str
    code: Code | None = None
    remedy: str | None = None


@dataclass(frozen=True)
class Harness:
    """Ledger activities that every workflow uses."""

    pool: Pool

    @activity.defn(name="harness.claim")
    @told
    async def claim(self, queued: Queued) -> bool:
        """Whether this workflow run carries the command out; asking again answers the same."""
        async with transaction(self.pool) as tx:
            return await queue.claim(tx, queued.command_id, run_id=activity.info().workflow_run_id or "")

    @activity.defn(name="harness.launch")
    @told
    async def launch(self, queued: Queued) -> None:
        """Say that the runtime is being made ready; repeating changes nothing."""
        async with transaction(self.pool) as tx:
            if await harness.move(tx, queued.org_id, queued.harness_id, Phase.LAUNCHING):
                await tell(tx, queued, HarnessLaunched(headline="The runtime is being made ready."), "launched")

    @activity.defn(name="harness.step")
    @told
    async def step(self, news: News) -> None:
        """Say which step begins; repeating changes nothing."""
        queued = news.queued
        async with transaction(self.pool) as tx:
            if await harness.phase(tx, queued.org_id, queued.harness_id) is Phase.LAUNCHING:
                await harness.move(tx, queued.org_id, queued.harness_id, Phase.RUNNING)
            event = StepStarted(step=news.step, headline=news.headline, done=news.done)
            await tell(tx, queued, event, f"step/{news.step}")

    @activity.defn(name="harness.end")
    @told
    async def end(self, ending: Ending) -> None:
        """End harness and command together; repeating changes nothing."""
        async with transaction(self.pool) as tx:
            await end(tx, ending)


async def end(tx: Tx, ending: Ending) -> None:
    """End command and harness inside a transaction that also does something else; a command ends only once."""
    queued = ending.queued
    failed = ending.code is not None
    phase = Phase.FAILED if failed else Phase.SUCCEEDED
    state = CommandState.FAILED if failed else CommandState.DONE
    # Held in this order by all who end a command, so that two of them wait instead of blocking each other.
    await harness.phase(tx, queued.org_id, queued.harness_id)
    if not await queue.finish(tx, queued.command_id, state=state, error=ending.headline if failed else None):
        # It ended before, perhaps with a proposal that lives on in this harness.
        return
    if await harness.move(tx, queued.org_id, queued.harness_id, phase):
        await tell(tx, queued, _ended(ending), "ended")


def _ended(ending: Ending) -> EventData:
    if ending.code is None:
        return HarnessSucceeded(headline=ending.headline)
    return HarnessFailed(code=ending.code, reason=ending.headline, remedy=ending.remedy)


async def tell(tx: Tx, queued: Queued, event: EventData, what: str, *, subject: str | None = None) -> int:
    """Append an event of this command; the same `what` again is the same event."""
    return await outbox.append(
        tx,
        queued.org_id,
        event,
        cause=f"{queued.command_id}/{what}",
        subject=subject or f"harness/{queued.harness_id}",
        harness_id=queued.harness_id,
    )
