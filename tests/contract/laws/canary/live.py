"""Realtime as a viewer hears it: every frame as it came, and the newest row of each harness."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import websockets

from tests.support.world import Organization, World

# The whole machine may be busy with other tests.
_WITHIN_S = 240
# The server lets go of a client that it has not heard of for long.
_BEAT_EVERY_S = 10
_ENDS = {"succeeded", "failed", "cancelled"}


@dataclass
class Live:
    """What was pushed so far."""

    frames: list[tuple[str, str]] = field(default_factory=list)
    _rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _joined: asyncio.Event = field(default_factory=asyncio.Event)

    async def ended(self, harness_id: str) -> dict[str, Any]:
        """The row with which nothing can follow."""
        return await self._reach(harness_id, _ENDS)

    async def proposed(self, harness_id: str) -> dict[str, Any]:
        """The row in which a proposal waits for a decision, a case for an answer, or with which the harness ended."""
        return await self._reach(harness_id, _ENDS | {"awaiting_decision", "awaiting_recovery"})

    async def _reach(self, harness_id: str, phases: set[str]) -> dict[str, Any]:
        async with asyncio.timeout(_WITHIN_S), self._changed:
            while self._rows.get(harness_id, {}).get("phase") not in phases:
                await self._changed.wait()
        return self._rows[harness_id]

    async def take(self, who: str, frame: str) -> None:
        """Keep a frame, and the row in it."""
        self.frames.append((who, frame))
        told = json.loads(frame)
        if told["event"] == "system":
            self._joined.set()
        row = (told["payload"].get("data") or {}).get("record")
        if row:
            async with self._changed:
                self._rows[row["harness_id"]] = row
                self._changed.notify_all()

    async def joined(self) -> None:
        """The server listens to the database."""
        async with asyncio.timeout(_WITHIN_S):
            await self._joined.wait()


@asynccontextmanager
async def heard(world: World, org: Organization) -> AsyncGenerator[Live]:
    """What a viewer of the organization hears while the block runs."""
    at, live = world.at, Live()
    url = at["supabase_url"].replace("http", "ws", 1) + f"/realtime/v1/websocket?apikey={at['anon_key']}&vsn=1.0.0"
    async with websockets.connect(url, max_size=None) as socket:
        changes = [{"event": "*", "schema": "public", "table": "harness_projection"}]
        payload = {"access_token": await org.token("viewer"), "config": {"postgres_changes": changes}}
        await socket.send(json.dumps({"topic": "realtime:all", "event": "phx_join", "ref": "1", "payload": payload}))

        async def listen() -> None:
            async for frame in socket:
                await live.take(f"Realtime to a viewer of {org.tag}", str(frame))

        async def beat() -> None:
            while True:
                await asyncio.sleep(_BEAT_EVERY_S)
                await socket.send(json.dumps({"topic": "phoenix", "event": "heartbeat", "ref": "2", "payload": {}}))

        listening = asyncio.gather(listen(), beat())
        await live.joined()
        try:
            yield live
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError, websockets.ConnectionClosed):
                await listening
