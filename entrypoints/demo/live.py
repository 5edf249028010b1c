"""What Supabase Realtime pushes: the rows of `harness_projection`, as the official client receives them."""

import asyncio
from collections.abc import Callable
from typing import Any, Self

from realtime import RealtimePostgresChangesListenEvent
from supabase import AsyncClient

_SUBSCRIBE_WITHIN_S = 20

Row = dict[str, Any]


class Live:
    """Rows as they were pushed; an older row never replaces a newer one."""

    def __init__(self, client: AsyncClient, token: str, pushed: Callable[[Row], None]) -> None:
        self._client = client
        self._token = token
        self._pushed = pushed
        self._rows: dict[str, Row] = {}
        self._changed = asyncio.Condition()
        self._listening = asyncio.Event()
        self._wakers: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        await self._client.realtime.set_auth(self._token)
        channel = self._client.channel("harness-projection")
        channel.on_postgres_changes(
            RealtimePostgresChangesListenEvent.All, schema="public", table="harness_projection", callback=self._take
        )
        # The join alone says little: rows come once the server says that it listens to the database.
        channel.on_system(lambda _told: self._listening.set())
        await channel.subscribe()
        async with asyncio.timeout(_SUBSCRIBE_WITHIN_S):
            await self._listening.wait()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.realtime.close()

    async def reach(self, harness_id: str, phases: set[str], *, within_s: float) -> Row:
        """The pushed row with which a harness came to one of the phases.

        Raises:
            TimeoutError: if none was pushed in time.
        """
        async with asyncio.timeout(within_s), self._changed:
            while self._rows.get(harness_id, {}).get("phase") not in phases:
                await self._changed.wait()
            return self._rows[harness_id]

    def catch_up(self, rows: list[Row]) -> None:
        """Take rows that were read, for what changed before the subscription; newer ones stay."""
        for row in rows:
            self._keep(row)

    def _take(self, change: Any) -> None:
        data: Row = change["data"]
        self._keep(data.get("record") or {})

    def _keep(self, row: Row) -> None:
        known = self._rows.get(row.get("harness_id", ""), {})
        if not row or row["last_position"] <= known.get("last_position", 0):
            return
        self._rows[row["harness_id"]] = row
        self._pushed(row)
        waker = asyncio.create_task(self._wake())
        self._wakers.add(waker)
        waker.add_done_callback(self._wakers.discard)

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()
