"""The connections that subscriptions are asked over: few, and set up for the same statements over and over."""

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg

# How many statements of subscriptions may run at once; further ones wait, so that queries always find Postgres free.
_CONNECTIONS_MAX = 4

_STATEMENTS_CACHED = 1_000


async def _keep(_connection: Any) -> None:
    """Nothing to reset: these connections only ever run single SELECT statements."""


class PollPool:
    """Connections for polling, made when the first subscriber comes."""

    def __init__(self, url: str, statement_timeout_ms: int) -> None:
        self._url = url
        self._statement_timeout_ms = statement_timeout_ms
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self._opening = asyncio.Lock()

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> list["asyncpg.Record"]:
        """The rows of a statement, which stays prepared on the connection.

        Raises:
            PostgresError, InterfaceError, OSError: from the database.
        """
        pool = self._pool or await self._open()
        return await pool.fetch(sql, *arguments)

    async def close(self) -> None:
        """Close the connections, waiting a moment for running statements."""
        if self._pool is None:
            return
        try:
            await asyncio.wait_for(self._pool.close(), timeout=1)
        except TimeoutError:
            self._pool.terminate()

    async def _open(self) -> "asyncpg.Pool[asyncpg.Record]":
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._url,
                    min_size=0,
                    max_size=_CONNECTIONS_MAX,
                    statement_cache_size=_STATEMENTS_CACHED,
                    max_cached_statement_lifetime=0,
                    reset=_keep,
                    server_settings={
                        "application_name": "hasura-subscriptions",
                        "default_transaction_read_only": "on",
                        "statement_timeout": str(self._statement_timeout_ms),
                        # Parameters are rows here, of which no plan could know more than another: planned once is
                        # planned for good.
                        "plan_cache_mode": "force_generic_plan",
                        "jit": "off",
                    },
                )
        return self._pool
