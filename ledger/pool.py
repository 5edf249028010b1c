"""Connections to the ledger."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any, Self, TypeAlias

import asyncpg
import pydantic_core

from ledger.errors import refusal_of

Tx: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"

# A process that starts before Postgres does, or sees it restart, tries this long before it gives up and is restarted.
_CONNECT_TRIES_MAX = 60
_CONNECT_PAUSE_S = 0.5


def _encode(value: Any) -> str:
    return pydantic_core.to_json(value).decode()


async def _prepare(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, schema="pg_catalog", encoder=_encode, decoder=json.loads)


async def _keep(_connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Nothing to reset: no statement of ours leaves session state behind, so returning costs no round trip."""


async def connect(url: str, *, size_max: int, application: str) -> Pool:
    """A pool of at most `size_max` connections; JSON columns are read and written as Python values.

    Raises:
        OSError or asyncpg.PostgresError: if the server does not answer within 30 seconds.
    """
    for attempt in range(_CONNECT_TRIES_MAX):
        try:
            return await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=size_max,
                init=_prepare,
                reset=_keep,
                server_settings={"application_name": application, "timezone": "UTC"},
            )
        except (OSError, asyncpg.CannotConnectNowError):
            if attempt == _CONNECT_TRIES_MAX - 1:
                raise
            await asyncio.sleep(_CONNECT_PAUSE_S)
    raise AssertionError


@asynccontextmanager
async def connection(pool: Pool) -> AsyncGenerator[Tx]:
    """One connection, each statement a transaction of its own.

    Raises:
        Refusal: what a violated constraint means, or UNAVAILABLE while the database cannot be reached.
    """
    try:
        async with pool.acquire() as acquired:
            yield acquired
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


@asynccontextmanager
async def transaction(pool: Pool) -> AsyncGenerator[Tx]:
    """One connection in one transaction: everything inside is kept, or nothing.

    Raises:
        Refusal: as `connection`.
    """
    async with connection(pool) as acquired, acquired.transaction():
        yield acquired


async def answers(pool: Pool) -> None:
    """Nothing, once Postgres has answered a question.

    Raises:
        Refusal: UNAVAILABLE, while it cannot be reached.
    """
    async with connection(pool) as acquired:
        await acquired.execute("SELECT 1")


class Listener:
    """Calls `heard` on every notification of a channel, over a connection of its own that is made anew when it breaks.

    Notifications are hints: those sent while the connection is down are lost, so whoever listens also looks by itself.
    """

    def __init__(self, url: str, channel: str, heard: Callable[[], None]) -> None:
        self._url = url
        self._channel = channel
        self._heard = heard
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _note(self, *_notification: object) -> None:
        self._heard()

    async def _listen(self) -> None:
        while True:
            try:
                connection = await asyncpg.connect(self._url, timeout=10)
            except (OSError, asyncpg.PostgresError):
                await asyncio.sleep(_CONNECT_PAUSE_S)
                continue
            broken = asyncio.Event()
            connection.add_termination_listener(lambda _c, broken=broken: broken.set())
            try:
                await connection.add_listener(self._channel, self._note)
                self._heard()
                await broken.wait()
            finally:
                await connection.close(timeout=2)
