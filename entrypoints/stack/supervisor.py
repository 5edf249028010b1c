"""Starts the parts in the order of their needs, keeps them, and ends them in reverse."""

import asyncio
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from entrypoints.stack.keeper import Guard, Keeper, PartFailedError, PartState
from entrypoints.stack.parts import Part, log_file

LOG_BYTES_MAX = 8 * 1024 * 1024
_LOG_CHECK_S = 60


class StartError(Exception):
    """The stack did not come up; everything that had started has been ended. The message tells which part and why."""


class Supervisor:
    """A set of parts that live and end together."""

    def __init__(self, parts: Sequence[Part], *, logs: Path, guard: Guard, report: Callable[[PartState], None]) -> None:
        self._logs = logs
        self._keepers = {part.name: Keeper(part, logs, guard, report) for part in parts}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._housekeeping: asyncio.Task[None] | None = None
        for part in parts:
            unknown = set(part.needs) - self._keepers.keys()
            if unknown:
                raise ValueError(f"The part {part.name} needs parts that there are not: {sorted(unknown)}.")

    @property
    def states(self) -> dict[str, PartState]:
        """Where every part stands, by name, in the order of the list."""
        return {name: keeper.state for name, keeper in self._keepers.items()}

    def answer(self, name: str) -> str:
        """What the one-shot part `name` wrote to its standard output."""
        return self._keepers[name].answer

    async def start(self) -> None:
        """Start every part as soon as what it needs serves; return when all serve.

        Raises:
            StartError: if a part does not come up.
        """
        for name in self._keepers:
            set_aside(log_file(self._logs, name))
        self._tasks = {name: asyncio.create_task(self._keep(keeper)) for name, keeper in self._keepers.items()}
        self._housekeeping = asyncio.create_task(self._trim_logs())
        try:
            await self._all_serve()
        except BaseException:
            await self.stop()
            raise

    async def broken(self) -> BaseException:
        """The error of the first part that is given up; waits as long as there is none."""
        waiting = set(self._tasks.values())
        while waiting:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                error = None if task.cancelled() else task.exception()
                if error is not None:
                    return error
        # Every part was a one-shot and has done its work: nothing can break any more.
        return await asyncio.get_running_loop().create_future()

    async def stop(self) -> None:
        """End every part after those that need it; safe to repeat."""
        if self._housekeeping:
            await _dismiss(self._housekeeping)
        gone = {name: asyncio.Event() for name in self._keepers}
        await asyncio.gather(*(self._stop(name, gone) for name in self._tasks))
        self._tasks = {}

    async def _all_serve(self) -> None:
        serve = asyncio.create_task(self._served())
        broken = asyncio.create_task(self.broken())
        try:
            await asyncio.wait({serve, broken}, return_when=asyncio.FIRST_COMPLETED)
            if broken.done():
                raise StartError(str(broken.result())) from broken.result()
        finally:
            await _dismiss(serve)
            await _dismiss(broken)

    async def _served(self) -> None:
        for keeper in self._keepers.values():
            await keeper.serves.wait()

    async def _keep(self, keeper: Keeper) -> None:
        for need in keeper.part.needs:
            await self._keepers[need].serves.wait()
        await keeper.keep()

    async def _stop(self, name: str, gone: dict[str, asyncio.Event]) -> None:
        for other, keeper in self._keepers.items():
            if name in keeper.part.needs:
                await gone[other].wait()
        await _dismiss(self._tasks[name])
        self._keepers[name].stopped()
        gone[name].set()

    async def _trim_logs(self) -> None:
        while True:
            await asyncio.sleep(_LOG_CHECK_S)
            for name in self._keepers:
                trim(log_file(self._logs, name))


def set_aside(log: Path) -> None:
    """Begin a new log and keep the one before it."""
    if log.exists():
        log.replace(log.with_suffix(".before.log"))


def trim(log: Path) -> None:
    """Set a log that has grown too large aside without taking the file away from who writes it.

    Writers append, so that after the cut they go on at its beginning; lines written during the copy are lost.
    """
    if log.exists() and log.stat().st_size > LOG_BYTES_MAX:
        shutil.copyfile(log, log.with_suffix(".before.log"))
        with log.open("r+b") as file:
            file.truncate(0)


async def _dismiss(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError, PartFailedError):
        await task
