"""One connection to Postgres with its prepared statements."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Self, cast

import asyncpg
from asyncpg.prepared_stmt import PreparedStatement

# Each costs memory in its Postgres process as well, where a plan may take a hundred kilobytes.
_PREPARED_MAX = 200

_CONNECT_WITHIN_S = 10
_CLOSE_WITHIN_S = 2

Row = Sequence[Any]


class Connection:
    """A connection that runs single statements, each in a transaction of its own."""

    def __init__(self, wire: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._wire = wire
        self._prepared: OrderedDict[str, PreparedStatement[asyncpg.Record]] = OrderedDict()
        self.used_at = 0.0

    @classmethod
    async def to(cls, url: str, settings: Mapping[str, str]) -> Self:
        """A new connection.

        Raises:
            OSError: or asyncpg's errors, if there is none to be had.
        """
        # Statements are held here. Without any cache of its own asyncpg would leave them without names, and Postgres
        # would read and plan them anew with every request.
        wire = await asyncpg.connect(
            url, timeout=_CONNECT_WITHIN_S, statement_cache_size=1, server_settings=dict(settings)
        )
        return cls(wire)

    @property
    def lost(self) -> bool:
        """Whether it is of no use any more."""
        return self._wire.is_closed()

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Row]:
        """All rows of a statement, prepared when it is first seen.

        Raises:
            OSError: or asyncpg's errors.
        """
        prepared = self._prepared.get(sql)
        if prepared is None:
            prepared = await self._prepare(sql)
        else:
            self._prepared.move_to_end(sql)
        try:
            return cast("list[Row]", await prepared.fetch(*arguments))
        except asyncpg.InvalidCachedStatementError:
            # A column changed its type after the statement was prepared.
            return cast("list[Row]", await (await self._prepare(sql)).fetch(*arguments))

    async def close(self) -> None:
        """Say good-bye, waiting a moment for a statement that is being cancelled."""
        await self._wire.close(timeout=_CLOSE_WITHIN_S)

    def terminate(self) -> None:
        """Drop the connection; whoever waits for a statement's rows gets an error."""
        self._wire.terminate()

    async def _prepare(self, sql: str) -> "PreparedStatement[asyncpg.Record]":
        prepared = self._prepared[sql] = await self._wire.prepare(sql)
        if len(self._prepared) > _PREPARED_MAX:
            self._prepared.popitem(last=False)
        return prepared
