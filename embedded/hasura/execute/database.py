"""The connections: a read-only pool for queries, one for transactions, and some of their own for set-up commands."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import Wire
from embedded.hasura.execute.connection import Connection
from embedded.hasura.execute.pool import Pool
from embedded.hasura.execute.sql_errors import translated
from embedded.hasura.execute.transaction import Transactions
from embedded.hasura.sql.select import Statement

_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)


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
        self._statement_timeout_ms = statement_timeout_ms
        self.pool = Pool(self._connect, size_max=connections_max, statement_timeout_ms=statement_timeout_ms)

    async def open(self) -> None:
        """Make the first connection; others are made when needed."""
        await self.pool.open()

    async def close(self) -> None:
        """Close all connections."""
        await self.transactions.close()
        await self.pool.close()

    async def _connect(self) -> Connection:
        return await Connection.to(
            self._url,
            {
                "application_name": "hasura",
                # A statement runs in a transaction of its own, so read-only here spares BEGIN and COMMIT.
                "default_transaction_read_only": "on",
                "statement_timeout": str(self._statement_timeout_ms),
            },
        )

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
        try:
            return await self.pool.fetch(statement.sql, *arguments)
        except _ERRORS as error:
            raise _told(error, statement) from error

    async def answers(self, statement: Statement, arguments: Sequence[Wire]) -> Sequence[bytes]:
        """The JSON texts of a statement's root fields, in UTF-8.

        Raises:
            EngineError: what Postgres complains of, at the path of the field if there is only one.
        """
        try:
            rows = await self.pool.fetch(statement.sql_as_bytes, *arguments)
        except _ERRORS as error:
            raise _told(error, statement) from error
        return rows[0]

    async def plan_lines(self, sql: str, arguments: Sequence[Any], path: str = "$") -> list[str]:
        """Postgres' plan for a statement, line by line.

        Raises:
            EngineError: what Postgres complains of.
        """
        explaining = Statement(f"EXPLAIN (FORMAT TEXT) {sql}", (), ("plan",), (path,))
        return [str(row[0]) for row in await self.rows(explaining, arguments)]


def _told(error: Exception, statement: Statement) -> EngineError:
    """Postgres' error as the engine's, at the path of the field if the statement is about only one."""
    if isinstance(error, asyncpg.PostgresError):
        path = statement.paths[0] if len(statement.paths) == 1 else "$"
        return translated(error, path, {"statement": statement.sql})
    return EngineError("postgres-error", "connection error", internal=str(error))
