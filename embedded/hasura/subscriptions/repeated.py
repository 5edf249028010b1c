"""Subscriptions that are more than one statement: asked anew at every interval, each for itself."""

import asyncio
from collections.abc import Awaitable, Callable

from embedded.hasura.errors import EngineError
from embedded.hasura.subscriptions.poller import Place
from embedded.hasura.subscriptions.sink import Sink

# How many of them may be at work at once.
_AT_ONCE_MAX = 4


class Repeater:
    """Asks whatever it is given, again and again, and passes on what has changed."""

    def __init__(self, interval_ms: int) -> None:
        self._interval_s = interval_ms / 1000
        self._turns = asyncio.Semaphore(_AT_ONCE_MAX)
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, answer: Callable[[], Awaitable[str]], sink: Sink) -> Place:
        """Answer `sink` from now on."""
        task = asyncio.create_task(self._run(answer, sink))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

        def leave() -> None:
            task.cancel()

        return Place(leave)

    async def close(self) -> None:
        """Stop at once."""
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, answer: Callable[[], Awaitable[str]], sink: Sink) -> None:
        last: str | None = None
        while True:
            try:
                async with self._turns:
                    data = await answer()
            except EngineError as error:
                last = None
                sink.failed(error)
            else:
                if data != last:
                    last = data
                    sink.data(data)
            await asyncio.sleep(self._interval_s)
