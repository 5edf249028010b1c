"""Notice metadata that another process wrote: told at once by Postgres, and asked now and then in case that failed.

A watcher shows which resource version its process serves by an advisory lock on that number. Whoever wrote a newer one
waits until nobody shows an older number, so that no process answers by old metadata after a command was answered. A
process that dies shows nothing any more.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

from embedded.hasura.errors import EngineError
from embedded.hasura.store.store import CHANNEL, SHOWN, Connection, MetadataStore

_LOG = logging.getLogger(__name__)

Refresh = Callable[[], Awaitable[None]]


class Watcher:
    """Calls `refresh` whenever the store may hold something newer."""

    def __init__(self, store: MetadataStore, refresh: Refresh, served: Callable[[], int], *, interval_ms: int) -> None:
        self._store = store
        self._refresh = refresh
        self._served = served
        self._shown: int | None = None
        self._interval_s = interval_ms / 1000
        self._told = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Watch until `stop`."""
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Watch no longer; safe to repeat."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _watch(self) -> None:
        listening: asyncpg.Connection[asyncpg.Record] | None = None
        try:
            while True:
                try:
                    if listening is None or listening.is_closed():
                        listening = await asyncpg.connect(self._store.url, timeout=10)
                        await listening.add_listener(CHANNEL, self._hear)
                        self._shown = None
                    await self._refresh()
                    await self._show(listening)
                except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, EngineError) as error:
                    # The database may be away for a while; what is served meanwhile is what was known last.
                    _LOG.warning("metadata could not be read anew: %s", error)
                await self._wait()
        finally:
            if listening is not None:
                listening.terminate()

    async def _show(self, listening: Connection) -> None:
        """Show what is served, and no longer what was served before."""
        served = self._served()
        if served == self._shown:
            return
        await listening.execute("SELECT pg_advisory_lock_shared($1, $2)", SHOWN, served)
        if self._shown is not None:
            await listening.execute("SELECT pg_advisory_unlock_shared($1, $2)", SHOWN, self._shown)
        self._shown = served

    async def _wait(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._told.wait(), self._interval_s)
        self._told.clear()

    def _hear(self, *_told: Any) -> None:
        self._told.set()
