"""A harness's life in the ledger: claimed, launched, step by step, ended.

Once somebody cancels it, nothing more is told of it: each step that comes to the ledger then ends with CANCELLED, and
the command ends with it.
"""

from dataclasses import dataclass
from enum import StrEnum

from temporalio import activity

from contracts.base import Contract, EventData
from contracts.harness import HarnessFailed, HarnessLaunched, HarnessSucceeded, StepStarted
from contracts.queue import Queued
from contracts.recovery import RESUME_KIND
from contracts.refusals import Code, Refusal
from contracts.states import CommandState, Phase
from contracts.work import LAUNCH_KIND, LaunchWork
from ledger import harness, outbox, queue, work
from ledger.pool import Pool, Tx, transaction
from workflows.activities.edge import told

CANCELLED = "The harness was cancelled."


class News(Contract):
    """A step that begins; `done` counts the steps behind it, and `round` how often the command asked before."""

    queued: Queued
    step: str
    headline: str
    done: int
    round: int = 0


class Asked(StrEnum):
    """What work can ask for beside a run in a sandbox."""

    CALL = "call"


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
        """Whether this workflow run carries the command out; asking again answers the same.

        A command whose harness was cancelled while it waited ends here, and nobody carries it out.
        """
        async with transaction(self.pool) as tx:
            phase = await harness.phase(tx, queued.org_id, queued.harness_id)
            claimed = await queue.claim(tx, queued.command_id, run_id=activity.info().workflow_run_id or "")
            # The one that waits for an answer has to hear of a cancelled harness above all.
            ends = phase is Phase.CANCELLED and queued.kind != RESUME_KIND
            if claimed and ends:
                await queue.finish(tx, queued.command_id, state=CommandState.FAILED, error=CANCELLED)
            return claimed and not ends

    @activity.defn(name="harness.launch")
    @told
    async def launch(self, queued: Queued) -> Asked | None:
        """Say that the runtime is being made ready; repeating changes nothing. What work asks for if not for a run."""
        async with transaction(self.pool) as tx:
            await wanted(tx, queued)
            if await harness.move(tx, queued.org_id, queued.harness_id, Phase.LAUNCHING):
                await tell(tx, queued, HarnessLaunched(headline="The runtime is being made ready."), "launched")
            if queued.kind != LAUNCH_KIND:
                return None
            item = await work.find(tx, queued.org_id, LaunchWork.work_id_of(queued.payload))
            return None if item.call is None else Asked.CALL

    @activity.defn(name="harness.step")
    @told
    async def step(self, news: News) -> None:
        """Say which step begins; repeating changes nothing."""
        queued = news.queued
        async with transaction(self.pool) as tx:
            if await wanted(tx, queued) is Phase.LAUNCHING:
                await harness.move(tx, queued.org_id, queued.harness_id, Phase.RUNNING)
            event = StepStarted(step=news.step, headline=news.headline, done=news.done)
            await tell(tx, queued, event, of_round(f"step/{news.step}", news.round))

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
    stands = await harness.phase(tx, queued.org_id, queued.harness_id)
    if stands is Phase.CANCELLED:
        # Whoever cancelled it told so; whatever became of the step that was under way is not told any more.
        await queue.finish(tx, queued.command_id, state=CommandState.FAILED, error=CANCELLED)
        return
    if not await queue.finish(tx, queued.command_id, state=state, error=ending.headline if failed else None):
        # It ended before, perhaps with a proposal that lives on in this harness.
        return
    if await harness.move(tx, queued.org_id, queued.harness_id, phase):
        await tell(tx, queued, _ended(ending), "ended")


async def wanted(tx: Tx, queued: Queued) -> Phase:
    """Where the harness stands, held until the transaction ends.

    Raises:
        Refusal: CANCELLED, if nothing more is to be done for it.
    """
    phase = await harness.phase(tx, queued.org_id, queued.harness_id)
    if phase is Phase.CANCELLED:
        raise Refusal(Code.CANCELLED, CANCELLED)
    return phase


def _ended(ending: Ending) -> EventData:
    if ending.code is None:
        return HarnessSucceeded(headline=ending.headline)
    return HarnessFailed(code=ending.code, reason=ending.headline, remedy=ending.remedy)


def of_round(name: str, round_: int) -> str:
    """The name for what a command does in one go of several: the first go's is the plain one."""
    return f"{name}-{round_ + 1}" if round_ else name


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
