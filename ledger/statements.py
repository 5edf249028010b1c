"""The named statements of `sql/`, one file for each feature."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import aiosql
from aiosql.adapters.asyncpg import AsyncPGAdapter


class _Adapter(AsyncPGAdapter):
    """aiosql's adapter for asyncpg, which finds out at every call whether it was given a pool or a connection.

    Both answer to the same methods, so nothing has to be found out; that took a tenth of a request's time.
    """

    async def select(
        self, conn: Any, query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> AsyncGenerator[Any]:
        """Every row."""
        del record_class
        for row in await conn.fetch(sql, *self.maybe_order_params(query_name, parameters)):
            yield row

    async def select_one(self, conn: Any, query_name: str, sql: str, parameters: Any, record_class: Any = None) -> Any:
        """The first row, or None."""
        del record_class
        return await conn.fetchrow(sql, *self.maybe_order_params(query_name, parameters))

    async def select_value(self, conn: Any, query_name: str, sql: str, parameters: Any) -> Any:
        """The first column of the first row, or None."""
        return await conn.fetchval(sql, *self.maybe_order_params(query_name, parameters))

    async def insert_update_delete(self, conn: Any, query_name: str, sql: str, parameters: Any) -> Any:
        """Nothing that anybody reads."""
        return await conn.fetch(sql, *self.maybe_order_params(query_name, parameters))


def load(feature: str) -> Any:
    """The statements of `sql/<feature>.sql`, each an async function (connection, **parameters)."""
    # aiosql's protocol for adapters is stricter than its own adapter for asyncpg.
    adapter: Any = _Adapter
    return aiosql.from_path(str(Path(__file__).parent / "sql" / f"{feature}.sql"), adapter)
