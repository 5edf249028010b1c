"""Breaking off in the middle of an activity: at its n-th statement or its n-th call to something outside.

A step is one statement on a connection, one call to the sandbox service, or one git program. A break lets the step
happen and loses what it answers: a connection is really cut, so that the server rolls back what was not committed.
Which activity is to break, and where, is known by the context that its code runs in.
"""

from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import asyncpg

from runtime import git as git_driver
from runtime import sandbox_calls, sandbox_files, sandbox_runs, sandboxes
from runtime.failures import Failure


@dataclass
class Break:
    """The steps that were taken so far, and the number of the one that breaks; `broke` names it once it has."""

    at: int
    steps: list[str] = field(default_factory=list)
    broke: str | None = None

    def due(self, step: str) -> bool:
        """Whether this step, the next one, is the one that breaks."""
        self.steps.append(step)
        if len(self.steps) != self.at:
            return False
        self.broke = step
        return True


_BREAK: ContextVar[Break | None] = ContextVar("break", default=None)


@contextmanager
def breaking(at: int) -> Generator[Break]:
    """What runs inside breaks at its step number `at`, counted from 1; 0 breaks nowhere."""
    planned = Break(at)
    token = _BREAK.set(planned)
    try:
        yield planned
    finally:
        _BREAK.reset(token)


class BreakableConnection(asyncpg.Connection):  # type: ignore[type-arg]  - generic in its stubs alone
    """A connection to Postgres that is cut when the break is due."""

    async def execute(self, query: str, *args: Any, **options: Any) -> Any:
        return await self._counted(query, super().execute(query, *args, **options))

    async def fetch(self, query: str, *args: Any, **options: Any) -> Any:
        return await self._counted(query, super().fetch(query, *args, **options))

    async def fetchrow(self, query: str, *args: Any, **options: Any) -> Any:
        return await self._counted(query, super().fetchrow(query, *args, **options))

    async def fetchval(self, query: str, *args: Any, **options: Any) -> Any:
        return await self._counted(query, super().fetchval(query, *args, **options))

    async def _counted(self, query: str, answer: Awaitable[Any]) -> Any:
        planned = _BREAK.get()
        value = await answer
        if planned is not None and planned.due(" ".join(query.split())[:60]):
            self.terminate()
            raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")
        return value


@contextmanager
def breakable_calls() -> Generator[None]:
    """Calls to the sandbox service and git programs count as steps inside the block."""
    run_git = git_driver.run_git

    async def call(what: str, act: Callable[[], Awaitable[Any]], **options: Any) -> Any:
        answer = await sandbox_calls.call(what, act, **options)
        if (planned := _BREAK.get()) is not None and planned.due(f"sandbox service: {what}"):
            raise Failure("SANDBOX_UNREACHABLE", f"The sandbox service could not {what} now.", retry=True)
        return answer

    async def run(arguments: list[str], **options: Any) -> Any:
        answer = await run_git(arguments, **options)
        if (planned := _BREAK.get()) is not None and planned.due(f"git {arguments[0]}"):
            raise Failure("ENDPOINT_UNREACHABLE", "The repository could not be reached: connection reset", retry=True)
        return answer

    with (
        patch.object(sandboxes, "call", call),
        patch.object(sandbox_runs, "call", call),
        patch.object(sandbox_files, "call", call),
        patch.object(git_driver, "run_git", run),
    ):
        yield
