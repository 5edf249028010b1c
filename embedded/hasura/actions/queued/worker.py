"""Carry out the calls of asynchronous actions, in the background of every engine that serves their metadata."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import asyncpg

from embedded.hasura.actions.ask import Asker
from embedded.hasura.actions.payload import body
from embedded.hasura.actions.queued.log import ActionLog, Connection, LoggedCall
from embedded.hasura.errors import EngineError
from embedded.hasura.schema.exact import exact_json
from embedded.hasura.schema.tracked import Tracked, TrackedAction

# As many as Hasura takes at a time, and a bound on how many handlers are kept busy at once.
_CLAIMED_MAX = 10
_RUNNING_MAX = 50

# How often calls are looked for whose owner died while this engine went on.
_RECOVERY_INTERVAL_S = 60.0

# How long calls under way are waited for at the end, before others may begin them again.
_FAREWELL_S = 3.0


class ActionWorker:
    """Claims calls, asks their handlers, and notes the answers."""

    def __init__(self, log: ActionLog, asker: Asker, tracked: Callable[[], Tracked], interval_s: float) -> None:
        self._log = log
        self._asker = asker
        self._tracked = tracked
        self._interval_s = interval_s
        self._connection: Connection | None = None
        self._running: dict[str, asyncio.Task[None]] = {}
        self._loop: asyncio.Task[None] | None = None
        self._done: list[str] = []
        self._recovery_due_s = 0.0

    def start(self) -> None:
        """Begin, unless the interval says that this engine leaves the calls to others."""
        if self._interval_s > 0:
            self._loop = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Finish what can be finished soon, and give the rest back."""
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)
        if self._running:
            await asyncio.wait(self._running.values(), timeout=_FAREWELL_S)
        left = dict(self._running)
        for task in left.values():
            task.cancel()
        await asyncio.gather(*left.values(), return_exceptions=True)
        with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            # Without a database they are found by whoever starts next, since their locks are gone.
            if left:
                await self._log.release(list(left))
        if self._connection is not None:
            self._connection.terminate()

    async def _work(self) -> None:
        while True:
            try:
                idle = await self._round()
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                # The database is away; what it knows will still be there when it is back.
                idle = True
            if idle:
                await asyncio.sleep(self._interval_s)

    async def _round(self) -> bool:
        """Claim what there is; whether nothing more is to be had for now."""
        actions = _asynchronous(self._tracked())
        if not actions:
            return True
        connection = await self._connected()
        await self._recover()
        calls_max = min(_CLAIMED_MAX, _RUNNING_MAX - len(self._running))
        if calls_max <= 0:
            return True
        calls = await self._log.claim(connection, list(actions), calls_max)
        for call in calls:
            self._running[call.id] = asyncio.create_task(self._carry_out(call, actions[call.action_name]))
        return len(calls) < calls_max

    async def _connected(self) -> Connection:
        """The connection that holds the locks of the calls under way, and of no others."""
        if self._connection is None or self._connection.is_closed():
            self._connection = await self._log.connect()
            self._done.clear()
        done, self._done = self._done, []
        if done:
            await self._log.unlock(self._connection, done)
        return self._connection

    async def _recover(self) -> None:
        now_s = asyncio.get_running_loop().time()
        if now_s >= self._recovery_due_s:
            await self._log.recover(list(self._running))
            self._recovery_due_s = now_s + _RECOVERY_INTERVAL_S

    async def _carry_out(self, call: LoggedCall, action: TrackedAction) -> None:
        sent = body(call.action_name, call.input, call.session, None)
        try:
            answered = await self._asker.ask(action, sent, call.headers)
            await self._log.complete(call.id, exact_json(answered.value))
        except EngineError as error:
            await self._failed(call, error.as_api())
        except (asyncpg.DataError, RecursionError) as error:
            await self._failed(call, EngineError("unexpected", str(error)).as_api())
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            # Nothing can be noted now. The call is given up below, and found without an owner later.
            return
        finally:
            self._running.pop(call.id, None)
            self._done.append(call.id)

    async def _failed(self, call: LoggedCall, errors: dict[str, Any]) -> None:
        with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            await self._log.fail(call.id, errors)


def _asynchronous(tracked: Tracked) -> dict[str, TrackedAction]:
    return {name: action for name, action in tracked.actions.items() if action.action.definition.asynchronous}
