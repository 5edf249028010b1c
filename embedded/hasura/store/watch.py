"""Notice metadata that another process wrote: told at once by Postgres, and asked now and then in case that failed."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

from embedded.hasura.errors import EngineError
from embedded.hasura.store.store import CHANNEL, MetadataStore

_LOG = logging.getLogger(__name__)

Refresh = Callable[[], Awaitable[None]]


class Watcher:
    """Calls `refresh` whenever the store may hold something newer."""

    def __init__(self, store: MetadataStore, refresh: Refresh, *, interval_ms: int) -> None:
        self._store = store
        self._refresh = refresh
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
                    await self._refresh()
                except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, EngineError) as error:
                    # The database may be away for a while; what is served meanwhile is what was known last.
                    _LOG.warning("metadata could not be read anew: %s", error)
                await self._wait()
        finally:
            if listening is not None:
                listening.terminate()

    async def _wait(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._told.wait(), self._interval_s)
        self._told.clear()

    def _hear(self, *_told: Any) -> None:
        self._told.set()
