"""The clock of a poller: everyone once an interval, newcomers at once, and no two polls of one poller at a time."""

import asyncio
import logging
import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import Wire
from embedded.hasura.settings import Polling
from embedded.hasura.subscriptions.sink import Sink

_log = logging.getLogger("hasura.subscriptions")

Item = TypeVar("Item")


def _nowhere() -> Wire:
    return None


@dataclass(frozen=True)
class Place:
    """One subscriber's place: how to leave it, and where in a stream it stands."""

    leave: Callable[[], None]
    position: Callable[[], Wire] = _nowhere


class Poller(ABC):
    """Asks one statement for all who want it, as long as somebody does."""

    def __init__(self, polling: Polling, ended: Callable[[], None]) -> None:
        self._interval_s = polling.interval_ms / 1000
        self._batch_max = polling.batch_max
        self._ended = ended
        self._awake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @abstractmethod
    def add(self, wires: list[Wire], sink: Sink, position: Wire = None) -> Place:
        """Answer `sink` from now on; a `position` is where it stood in the same stream before."""

    @abstractmethod
    def wanted(self) -> bool:
        """Whether somebody is still subscribed."""

    @abstractmethod
    async def poll(self, *, newcomers_only: bool) -> None:
        """Ask for everyone, or for those who have not been answered yet."""

    @abstractmethod
    def fail(self, error: EngineError) -> None:
        """Tell everyone that a poll went wrong."""

    def wake(self) -> None:
        """Poll for newcomers as soon as the poll under way is done."""
        self._awake.set()
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    def leave(self) -> None:
        """End the poller if nobody wants it any more."""
        if not self.wanted():
            self._ended()
            self._awake.set()

    async def close(self) -> None:
        """Stop at once."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _run(self) -> None:
        now = asyncio.get_running_loop().time
        # Pollers that begin together, as after a restart, shall not go on together.
        due = now() + self._interval_s * random.uniform(0.5, 1)  # noqa: S311  - spreads load, hides nothing
        while self.wanted():
            await self._sleep(due - now())
            everyone = now() >= due
            if everyone:
                # Never sooner than an interval after the last time, however late that was.
                due = now() + self._interval_s
            try:
                await self.poll(newcomers_only=not everyone)
            except Exception:  # noqa: BLE001  - a poller that dies would leave its subscribers waiting for ever
                _log.exception("a poll went wrong")
                self.fail(EngineError("unexpected", "internal error"))

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(max(0, seconds)):
                await self._awake.wait()
        except TimeoutError:
            return
        self._awake.clear()


def batches(items: Sequence[Item], batch_max: int, alone: Callable[[Item], bool]) -> Iterator[Sequence[Item]]:
    """The items in batches; those that are better asked alone are."""
    together = [item for item in items if not alone(item)]
    for start in range(0, len(together), batch_max):
        yield together[start : start + batch_max]
    for item in items:
        if alone(item):
            yield [item]
