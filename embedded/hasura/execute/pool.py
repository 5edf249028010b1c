"""A pool of connections that costs next to nothing while all is well.

Idle connections are a stack: the one used last is used next, so few stay warm and the others grow old and are closed.
What finds none waits in a queue, first come first served. A connection that was lost while idle is noticed when it is
taken; one that hangs longer than any statement may run is dropped by the watch.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import asyncpg

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.connection import Connection, Row

_WAITING_MAX = 2_000
_IDLE_S = 300
_WATCH_S = 5

# What a statement may take beyond its own timeout before its connection counts as dead.
_SILENCE_S = 10

# After all that were idle turned out to be lost, a connection is made; it may be lost as well, once.
_NEW_ONES = 2

_NONE_FREE = "postgres-max-connections-error"

# Postgres closes the connection after an error of such severity; it may not be closed yet when the error arrives. If it
# arrived while the connection was idle, asyncpg raises an InternalClientError on its next use: nothing was run then.
_LAST_WORDS = {"FATAL", "PANIC"}

_ERRORS = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


class Pool:
    """At most `size_max` connections, made by `connect` when needed."""

    def __init__(
        self, connect: Callable[[], Awaitable[Connection]], *, size_max: int, statement_timeout_ms: int
    ) -> None:
        self._connect = connect
        self._size_max = size_max
        self._hangs_s = statement_timeout_ms / 1000 + _SILENCE_S
        self._idle: list[Connection] = []
        self._busy: set[Connection] = set()
        self._count = 0
        self._waiting: deque[tuple[asyncio.Future[Connection], float]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._watching: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Make the first connection.

        Raises:
            OSError: or asyncpg's errors, if there is none to be had.
        """
        self._count += 1
        self._give_back(await self._connect())
        self._watching = asyncio.create_task(self._watch())

    async def close(self) -> None:
        """Close all connections; what still runs is given up."""
        if self._watching is not None:
            self._watching.cancel()
        for task in list(self._tasks):
            task.cancel()
        for connection in list(self._busy):
            connection.terminate()
        idle, self._idle = self._idle, []
        await asyncio.gather(*(connection.close() for connection in idle), return_exceptions=True)

    async def fetch(self, sql: str, *arguments: Any) -> Sequence[Row]:
        """All rows of a statement that only reads.

        If the connection is lost meanwhile, the statement is run once more on another.

        Raises:
            EngineError: postgres-max-connections-error, if too many wait already, or too long.
            OSError: or asyncpg's errors.
        """
        idle, again = self._idle, False
        for _ in range(self._size_max + _NEW_ONES):
            connection = idle.pop() if idle and not idle[-1].lost else await self._taken()
            try:
                return await self._fetch(connection, sql, arguments)
            except asyncpg.InternalClientError:
                if not connection.lost:
                    raise
            except _ERRORS:
                if again or not connection.lost:
                    raise
                again = True
        raise EngineError("postgres-error", "connection error")

    async def fetchval(self, query: str, *arguments: Any) -> Any:
        """The first column of a statement's first row, None without rows."""
        rows = await self.fetch(query, *arguments)
        return rows[0][0] if rows else None

    async def _fetch(self, connection: Connection, sql: str, arguments: Sequence[Any]) -> Sequence[Row]:
        connection.used_at = time.monotonic()
        self._busy.add(connection)
        try:
            rows = await connection.fetch(sql, arguments)
        except asyncio.CancelledError:
            # The statement has to be cancelled in Postgres too; nobody should wait for that.
            self._busy.discard(connection)
            self._later(self._closed(connection))
            raise
        except BaseException as error:
            if isinstance(error, asyncpg.InternalClientError) or getattr(error, "severity_en", None) in _LAST_WORDS:
                connection.terminate()
            self._busy.discard(connection)
            self._give_back(connection)
            raise
        self._busy.discard(connection)
        self._give_back(connection)
        return rows

    def _give_back(self, connection: Connection) -> None:
        if connection.lost:
            self._forget()
            return
        while self._waiting:
            waiter, _ = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(connection)
                return
        self._idle.append(connection)

    async def _taken(self) -> Connection:
        while self._idle:
            connection = self._idle.pop()
            if not connection.lost:
                return connection
            self._forget()
        if self._count < self._size_max:
            return await self._made()
        if len(self._waiting) >= _WAITING_MAX:
            raise EngineError(_NONE_FREE, "too many requests wait for a connection to the database", status=503)
        return await self._waited()

    async def _made(self) -> Connection:
        self._count += 1
        try:
            return await self._connect()
        except BaseException:
            self._forget()
            raise

    async def _waited(self) -> Connection:
        waiter: asyncio.Future[Connection] = asyncio.get_running_loop().create_future()
        self._waiting.append((waiter, time.monotonic()))
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                # It came in the same moment in which we gave up.
                self._give_back(waiter.result())
            raise

    def _forget(self) -> None:
        """There is one connection less; whoever waits for one gets a new one instead."""
        self._count -= 1
        if self._waiting and self._count < self._size_max:
            self._later(self._replace())

    async def _replace(self) -> None:
        self._count += 1
        try:
            connection = await self._connect()
        except _ERRORS as error:
            while self._waiting:
                waiter, _ = self._waiting.popleft()
                if not waiter.done():
                    waiter.set_exception(error)
                    break
            self._forget()
            return
        self._give_back(connection)

    async def _closed(self, connection: Connection) -> None:
        try:
            await connection.close()
        except _ERRORS:
            connection.terminate()
        self._forget()

    async def _watch(self) -> None:
        """Close what was idle for long, drop what hangs, and send away who waits in vain."""
        while True:
            await asyncio.sleep(_WATCH_S)
            now = time.monotonic()
            while self._waiting and (self._waiting[0][0].done() or now - self._waiting[0][1] > self._hangs_s):
                waiter, _ = self._waiting.popleft()
                if not waiter.done():
                    waiter.set_exception(EngineError(_NONE_FREE, "no connection to the database became free in time"))
            for connection in list(self._busy):
                if now - connection.used_at > self._hangs_s:
                    connection.terminate()
            # The bottom of the stack is the oldest; the last one is kept for the next request.
            while len(self._idle) > 1 and now - self._idle[0].used_at > _IDLE_S:
                await self._closed(self._idle.pop(0))

    def _later(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
