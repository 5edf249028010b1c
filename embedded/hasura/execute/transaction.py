"""One read-write transaction, on connections that queries never use."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import Wire
from embedded.hasura.execute.sql_errors import translated
from embedded.hasura.sql.select import Statement

_STATEMENTS_CACHED = 200
_IDLE_S = 60

# Of the connections a process may have, one in so many may be in a transaction: most requests read.
_SHARE = 2

if TYPE_CHECKING:
    # asyncpg's classes take parameters for type checkers only.
    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]


class Transaction:
    """An open transaction."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection

    async def rows(self, statement: Statement, arguments: Sequence[Wire]) -> list[tuple[Any, ...]]:
        """All rows of a statement.

        Raises:
            EngineError: what Postgres complains of, at the statement's path.
        """
        try:
            return [tuple(row) for row in await self._connection.fetch(statement.sql, *arguments)]
        except asyncpg.PostgresError as error:
            path = statement.paths[0] if len(statement.paths) == 1 else "$"
            raise translated(error, path, {"statement": statement.sql}) from error


async def _left_clean(connection: "Connection") -> None:
    """Never give a connection to the next request that is still in the last one's transaction."""
    if connection.is_in_transaction():
        raise RuntimeError("a transaction was left open")


class Transactions:
    """The connections for transactions, made when the first one begins."""

    def __init__(self, url: str, *, connections_max: int, statement_timeout_ms: int, isolation_level: str) -> None:
        self._url = url
        self._connections_max = max(1, connections_max // _SHARE)
        self._timeout_s = statement_timeout_ms / 1000
        self._settings = {
            "application_name": "hasura-writes",
            "default_transaction_isolation": isolation_level.replace("-", " "),
            "statement_timeout": str(statement_timeout_ms),
        }
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self._opening = asyncio.Lock()

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[Transaction]:
        """A transaction that is committed at the end and rolled back on any error.

        Raises:
            EngineError: timeout, or whatever Postgres says against the commit, such as a deferred constraint.
        """
        try:
            async with (
                asyncio.timeout(self._timeout_s),
                (await self._opened()).acquire() as connection,
                connection.transaction(),
            ):
                yield Transaction(connection)
        except TimeoutError as error:
            message = "the mutation was undone because it took too long"
            raise EngineError("timeout", message, status=504) from error
        except asyncpg.PostgresError as error:
            raise translated(error) from error
        except (OSError, asyncpg.InterfaceError) as error:
            raise EngineError("postgres-error", "connection error", internal=str(error)) from error

    async def _opened(self) -> "asyncpg.Pool[asyncpg.Record]":
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._url,
                    min_size=0,
                    max_size=self._connections_max,
                    max_inactive_connection_lifetime=_IDLE_S,
                    statement_cache_size=_STATEMENTS_CACHED,
                    max_cached_statement_lifetime=0,
                    reset=_left_clean,
                    server_settings=self._settings,
                )
            return self._pool

    async def close(self) -> None:
        """Close the connections, waiting a moment for running transactions."""
        if self._pool is not None:
            try:
                await asyncio.wait_for(self._pool.close(), timeout=3)
            except TimeoutError:
                self._pool.terminate()
