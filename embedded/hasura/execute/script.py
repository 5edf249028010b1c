"""SQL of an administrator's, run as it is written: several statements, any result as text, in one transaction."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, LiteralString, cast

import psycopg
from psycopg import AsyncConnection, AsyncRawCursor
from psycopg.pq import ExecStatus
from psycopg.types.string import TextLoader

from embedded.hasura.errors import EngineError

Rows = dict[str, Any]

_NULL = "NULL"


class Script:
    """A transaction on a connection of its own; what it does is undone unless the end of the block is reached."""

    def __init__(self, connection: "AsyncConnection[Any]") -> None:
        self._connection = connection

    async def run(self, sql: str) -> Rows:
        """What the last statement answers: rows of texts with a header, or nothing.

        Raises:
            EngineError: postgres-error, with Postgres' account of it.
        """
        try:
            cursor = await self._connection.execute(_trusted(sql), prepare=False)
        except psycopg.Error as error:
            raise _failed(sql, error) from error
        while cursor.nextset():
            pass
        result = cursor.pgresult
        if result is None or result.status != ExecStatus.TUPLES_OK:
            return {"result_type": "CommandOk", "result": None}
        columns = range(result.nfields)
        header = [_text(result.fname(column)) for column in columns]
        rows = [[_text(result.get_value(row, column)) for column in columns] for row in range(result.ntuples)]
        return {"result_type": "TuplesOk", "result": [header, *rows]}

    async def fetchval(self, query: str, *arguments: Any) -> Any:
        """The first column of the first row, as it is within the transaction."""
        async with AsyncRawCursor(self._connection) as cursor:
            await cursor.execute(_trusted(query), arguments or None)
            row = await cursor.fetchone()
        return None if row is None else row[0]


@asynccontextmanager
async def script(database_url: str, *, read_only: bool) -> AsyncGenerator[Script]:
    """A transaction for scripts, committed at the end of the block.

    Raises:
        EngineError: postgres-error, if there is no connection or nothing can be committed.
    """
    try:
        connection = await AsyncConnection.connect(database_url, application_name="hasura-sql")
    except psycopg.OperationalError as error:
        raise EngineError("postgres-error", "connection error", internal=str(error)) from error
    # JSON is read by whoever asked for it, as from any other connection.
    connection.adapters.register_loader("json", TextLoader)
    async with connection:
        await connection.set_read_only(read_only)
        try:
            yield Script(connection)
            await connection.commit()
        except psycopg.Error as error:
            raise _failed("COMMIT", error) from error


def _trusted(sql: str) -> LiteralString:
    """Text that may be run as it is, because whoever wrote it may do everything."""
    return cast("LiteralString", sql)


def _text(value: bytes | None) -> str:
    return _NULL if value is None else value.decode("utf-8", errors="replace")


def _failed(sql: str, error: psycopg.Error) -> EngineError:
    described = {
        "exec_status": "FatalError",
        "hint": error.diag.message_hint,
        "message": error.diag.message_primary or str(error),
        "status_code": error.sqlstate,
        "description": error.diag.message_detail,
    }
    internal: dict[str, Any] = {"statement": sql, "prepared": False, "error": described, "arguments": []}
    return EngineError("postgres-error", "query execution failed", path="$.args", status=400, internal=internal)
