"""Live queries: the result at once, and again whenever it has changed.

Subscribers with the same statement share a poller; those with the same parameters, too, are one cohort, which is asked
once for all of them.
"""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import Wire
from embedded.hasura.settings import Polling
from embedded.hasura.sql.multiplexed import Multiplexed
from embedded.hasura.subscriptions.answer import AnswerShape
from embedded.hasura.subscriptions.batch import Asked, Outcome, ask, check, variables_text
from embedded.hasura.subscriptions.poller import Place, Poller, batches
from embedded.hasura.subscriptions.pool import PollPool
from embedded.hasura.subscriptions.sink import Sink

_DIGEST_BYTES = 16


@dataclass(eq=False)
class Cohort:
    """Subscribers who get the same answer; `asking` are the newcomers that the poll under way is for."""

    asked: Asked
    wires: list[Wire]
    settled: dict[Sink, None] = field(default_factory=dict["Sink", None])
    newcomers: dict[Sink, None] = field(default_factory=dict["Sink", None])
    asking: dict[Sink, None] = field(default_factory=dict["Sink", None])
    digest: bytes | None = None
    alone: bool = False

    @property
    def empty(self) -> bool:
        """Whether everybody has left."""
        return not (self.settled or self.newcomers or self.asking)

    def leave(self, sink: Sink) -> None:
        """Forget a subscriber."""
        for members in (self.settled, self.newcomers, self.asking):
            members.pop(sink, None)

    def settle(self) -> list[Sink]:
        """The newcomers who have just been asked for; from now on they get what changes."""
        settled = list(self.asking)
        self.settled.update(self.asking)
        self.asking = {}
        return settled


class LivePoller(Poller):
    """The live queries of one statement."""

    def __init__(
        self, pool: PollPool, statement: Multiplexed, shape: AnswerShape, polling: Polling, ended: Callable[[], None]
    ) -> None:
        super().__init__(polling, ended)
        self._pool = pool
        self._statement = statement
        self._shape = shape
        self._cohorts: dict[str, Cohort] = {}

    def add(self, wires: list[Wire], sink: Sink, position: Wire = None) -> Place:
        """Answer `sink` from now on; there are no positions in a live query."""
        del position
        variables = variables_text(wires)
        cohort = self._cohorts.get(variables)
        if cohort is None:
            cohort = self._cohorts[variables] = Cohort(Asked(uuid4(), variables), wires)
        cohort.newcomers[sink] = None
        self.wake()
        return Place(lambda: self._remove(cohort, sink))

    def wanted(self) -> bool:
        """Whether somebody is still subscribed."""
        return bool(self._cohorts)

    def fail(self, error: EngineError) -> None:
        """Tell everyone that a poll went wrong."""
        for cohort in self._cohorts.values():
            self._failed(cohort, error)

    async def poll(self, *, newcomers_only: bool) -> None:
        """Ask for everyone, or for those who have not been answered yet."""
        cohorts = [cohort for cohort in self._cohorts.values() if cohort.newcomers or not newcomers_only]
        await asyncio.gather(*map(self._batch, batches(cohorts, self._batch_max, lambda cohort: cohort.alone)))

    async def _batch(self, cohorts: Sequence[Cohort]) -> None:
        for cohort in cohorts:
            # Who joins while Postgres works is answered by the next poll, as that answer may be too old for them.
            cohort.asking, cohort.newcomers = cohort.newcomers, {}
        outcomes = await ask(self._pool, self._statement, [cohort.asked for cohort in cohorts])
        for cohort in cohorts:
            await self._answered(cohort, outcomes[cohort.asked.id])

    async def _answered(self, cohort: Cohort, outcome: Outcome) -> None:
        cohort.alone = isinstance(outcome, EngineError)
        if isinstance(outcome, EngineError):
            if cohort.asking:
                await self._check(cohort)
            self._failed(cohort, outcome)
            return
        data = self._shape.text(outcome)
        digest = hashlib.blake2b(data.encode(), digest_size=_DIGEST_BYTES).digest()
        changed = list(cohort.settled) if digest != cohort.digest else []
        cohort.digest = digest
        for sink in (*changed, *cohort.settle()):
            sink.data(data)

    async def _check(self, cohort: Cohort) -> None:
        """Turn newcomers away whose parameters are wrong; any other error may pass, so they stay."""
        try:
            await check(self._pool, self._statement, cohort.wires)
        except EngineError as error:
            for sink in list(cohort.asking):
                self._remove(cohort, sink)
                sink.refused(error)

    def _failed(self, cohort: Cohort, error: EngineError) -> None:
        cohort.digest = None
        cohort.settle()
        for sink in list(cohort.settled):
            sink.failed(error)

    def _remove(self, cohort: Cohort, sink: Sink) -> None:
        cohort.leave(sink)
        if cohort.empty and self._cohorts.get(cohort.asked.variables) is cohort:
            del self._cohorts[cohort.asked.variables]
            self.leave()
