"""Streams: each subscriber has a position, and gets the rows after it, batch by batch, each once.

Who stands at the same position is asked for together, anew for each poll. A subscriber who has not read the last batch
yet is left out: its position waits with it.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


@dataclass(eq=False)
class Reader:
    """One subscriber of a stream; `variables` are its parameters with the position it stands at."""

    sink: Sink
    wires: list[Wire]
    variables: str
    answered: bool = False
    alone: bool = False


@dataclass(frozen=True)
class _Group:
    asked: Asked
    readers: list[Reader]


class StreamPoller(Poller):
    """The streams of one statement."""

    def __init__(
        self, pool: PollPool, statement: Multiplexed, shape: AnswerShape, polling: Polling, ended: Callable[[], None]
    ) -> None:
        super().__init__(polling, ended)
        self._pool = pool
        self._statement = statement
        self._shape = shape
        self._readers: dict[Reader, None] = {}

    def add(self, wires: list[Wire], sink: Sink, position: Wire = None) -> Place:
        """Answer `sink` from now on, beginning after `position`; None is where `wires` say."""
        at = self._statement.position or 0
        own = [*wires[:at], wires[at] if position is None else position, *wires[at + 1 :]]
        reader = Reader(sink, own, variables_text(own))
        self._readers[reader] = None
        self.wake()
        return Place(lambda: self._remove(reader), lambda: reader.wires[at])

    def wanted(self) -> bool:
        """Whether somebody is still subscribed."""
        return bool(self._readers)

    def fail(self, error: EngineError) -> None:
        """Tell everyone that a poll went wrong."""
        for reader in list(self._readers):
            reader.sink.failed(error)

    async def poll(self, *, newcomers_only: bool) -> None:
        """Ask for everyone who is ready for more, or for those who have not been answered yet."""
        groups: dict[str, _Group] = {}
        for reader in self._readers:
            if reader.sink.ready() and not (newcomers_only and reader.answered):
                group = groups.get(reader.variables)
                if group is None:
                    group = groups[reader.variables] = _Group(Asked(uuid4(), reader.variables), [])
                group.readers.append(reader)
        chosen = batches(list(groups.values()), self._batch_max, lambda group: group.readers[0].alone)
        await asyncio.gather(*map(self._batch, chosen))

    async def _batch(self, groups: Sequence[_Group]) -> None:
        outcomes = await ask(self._pool, self._statement, [group.asked for group in groups])
        for group in groups:
            await self._answered(group, outcomes[group.asked.id])

    async def _answered(self, group: _Group, outcome: Outcome) -> None:
        failed = isinstance(outcome, EngineError)
        wrong = await self._wrong(group) if failed else None
        for reader in group.readers:
            if reader not in self._readers:
                continue
            reader.alone = failed
            if isinstance(outcome, EngineError):
                self._failed(reader, outcome, wrong)
            else:
                self._advance(reader, outcome)
            reader.answered = True

    async def _wrong(self, group: _Group) -> EngineError | None:
        """What is wrong with the parameters of a group, None if the error lies elsewhere and may pass."""
        try:
            await check(self._pool, self._statement, group.readers[0].wires)
        except EngineError as error:
            return error
        return None

    def _failed(self, reader: Reader, error: EngineError, wrong: EngineError | None) -> None:
        if wrong is None or reader.answered:
            reader.sink.failed(error)
            return
        self._remove(reader)
        reader.sink.refused(wrong)

    def _advance(self, reader: Reader, row: Sequence[str | None]) -> None:
        *columns, position = row
        if position is None:
            return
        reader.wires[self._statement.position or 0] = position
        reader.variables = variables_text(reader.wires)
        reader.sink.data(self._shape.text(columns))

    def _remove(self, reader: Reader) -> None:
        if reader in self._readers:
            del self._readers[reader]
            self.leave()
