"""The dispatcher: the only one that starts workflows, and only from rows of the queue.

It takes what waits in order of arrival, starts `command/<id>` (already started is success) and marks it. A notification
wakes it at once; it looks by itself every few seconds, because a notification is only a hint. If it dies between start
and mark, the lease runs out and the same workflow id is started again, which changes nothing.
"""

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field
from uuid import UUID

from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from contracts.queue import CONTROL_QUEUE
from contracts.refusals import Refusal
from ledger import queue
from ledger.pool import Listener, Pool, connection
from ledger.queue import Leased

_log = logging.getLogger(__name__)

# How many are taken at once: enough to keep Temporal busy, few enough that a lease never runs out while waiting.
BATCH_MAX = 64
# Starts in flight at once. Temporal's file database writes one at a time, so more would only wait there.
STARTS_MAX = 8
LEASE_S = 30.0
LOOK_EVERY_S = 5.0
# A workflow claims its command within seconds unless Temporal is far behind or forgot it.
REQUEUE_AFTER_S = 300.0
PAUSE_AFTER_FAULT_S = 1.0


@dataclass
class Dispatcher:
    """Turns queued commands into workflows until cancelled."""

    pool: Pool
    client: Client
    name: str
    _hint: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, url: str) -> None:
        """Dispatch forever; `url` is where notifications are listened for."""
        async with Listener(url, queue.CHANNEL, self._hint.set):
            while True:
                self._hint.clear()
                taken = await self._round()
                if taken < BATCH_MAX and not await self._hinted():
                    await self._look_back()

    async def _round(self) -> int:
        try:
            return await self.dispatch()
        except (Refusal, RPCError) as error:
            # The database or Temporal is away; what was leased comes back by itself.
            _log.warning("Dispatching waits: %s", error)
            await asyncio.sleep(PAUSE_AFTER_FAULT_S)
            return BATCH_MAX

    async def dispatch(self) -> int:
        """How many commands were taken and started, oldest first."""
        async with connection(self.pool) as one:
            leased = await queue.lease(one, leased_by=self.name, batch_max=BATCH_MAX, lease_s=LEASE_S)
        waiting = iter(leased)
        started: list[UUID] = []

        async def start_in_turn() -> None:
            # Each takes the next in line, so starts go out in order of arrival.
            for one in waiting:
                await self._start(one)
                started.append(one.queued.command_id)

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(STARTS_MAX, len(leased))):
                    group.create_task(start_in_turn())
        except* RPCError as faults:
            raise faults.exceptions[0] from None
        finally:
            if started:
                async with connection(self.pool) as one:
                    await queue.mark_dispatched(one, started, leased_by=self.name)
        return len(leased)

    async def _start(self, leased: Leased) -> None:
        with contextlib.suppress(WorkflowAlreadyStartedError):
            await self.client.start_workflow(
                leased.workflow,
                leased.queued,
                id=leased.queued.workflow_id,
                task_queue=CONTROL_QUEUE,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            )

    async def _hinted(self) -> bool:
        """Whether somebody hinted at a new command within the time after which one looks anyway."""
        try:
            await asyncio.wait_for(self._hint.wait(), LOOK_EVERY_S)
        except TimeoutError:
            return False
        return True

    async def _look_back(self) -> None:
        with contextlib.suppress(Refusal):
            async with connection(self.pool) as one:
                await queue.requeue_unclaimed(one, after_s=REQUEUE_AFTER_S)
