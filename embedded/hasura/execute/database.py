"""The connections: a read-only pool for queries, one for transactions, and some of their own for set-up commands."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import asyncpg

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import Wire
from embedded.hasura.execute.sql_errors import translated
from embedded.hasura.execute.transaction import Transactions
from embedded.hasura.sql.select import Statement

_STATEMENTS_CACHED = 500


async def _keep(_connection: Any) -> None:
    """Nothing to reset: the pool's connections only ever run single SELECT statements."""


class Database:
    """One Postgres database."""

    def __init__(
        self, url: str, *, connections_max: int, statement_timeout_ms: int, isolation_level: str = "read-committed"
    ) -> None:
        self._url = url
        self.transactions = Transactions(
            url,
            connections_max=connections_max,
            statement_timeout_ms=statement_timeout_ms,
            isolation_level=isolation_level,
        )
        self._connections_max = connections_max
        self._statement_timeout_ms = statement_timeout_ms
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None

    async def open(self) -> None:
        """Make the pool; one connection is made at once, the others when needed."""
        self._pool = await asyncpg.create_pool(
            self._url,
            min_size=1,
            max_size=self._connections_max,
            max_inactive_connection_lifetime=300,
            statement_cache_size=_STATEMENTS_CACHED,
            max_cached_statement_lifetime=0,
            reset=_keep,
            server_settings={
                "application_name": "hasura",
                # A statement runs in a transaction of its own, so read-only here spares BEGIN and COMMIT.
                "default_transaction_read_only": "on",
                "statement_timeout": str(self._statement_timeout_ms),
            },
        )

    async def close(self) -> None:
        """Close the pools, waiting a moment for running statements."""
        await self.transactions.close()
        if self._pool is not None:
            try:
                await asyncio.wait_for(self._pool.close(), timeout=3)
            except TimeoutError:
                self._pool.terminate()

    @property
    def pool(self) -> "asyncpg.Pool[asyncpg.Record]":
        """The read-only pool."""
        if self._pool is None:
            raise RuntimeError("the database is not open")
        return self._pool

    @asynccontextmanager
    async def session(self) -> AsyncGenerator["asyncpg.Connection[asyncpg.Record]"]:
        """A connection of one's own that may write and change settings, closed at the end."""
        connection = await asyncpg.connect(self._url, server_settings={"application_name": "hasura-setup"})
        try:
            yield connection
        finally:
            await connection.close()

    async def rows(self, statement: Statement, arguments: Sequence[Wire]) -> Sequence[Sequence[str | None]]:
        """All rows of a statement.

        Raises:
            EngineError: what Postgres complains of.
        """
        with _translated(statement):
            return [tuple(row) for row in await self.pool.fetch(statement.sql, *arguments)]

    async def answers(self, statement: Statement, arguments: Sequence[Wire]) -> Sequence[str | None]:
        """The JSON texts of a statement's root fields.

        Raises:
            EngineError: what Postgres complains of, at the path of the field if there is only one.
        """
        with _translated(statement):
            row = await self.pool.fetchrow(statement.sql, *arguments)
        if row is None:
            raise RuntimeError("a statement without a row")
        return tuple(row)


@contextmanager
def _translated(statement: Statement) -> Generator[None]:
    """Postgres' errors as the engine's, at the path of the field if the statement is about only one."""
    try:
        yield
    except asyncpg.PostgresError as error:
        path = statement.paths[0] if len(statement.paths) == 1 else "$"
        raise translated(error, path, {"statement": statement.sql}) from error
    except (OSError, asyncpg.InterfaceError) as error:
        raise EngineError("postgres-error", "connection error", internal=str(error)) from error
