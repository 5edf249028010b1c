"""One websocket: a bounded queue out, and every frame in handed to its channel."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import cast

from starlette.websockets import WebSocket, WebSocketDisconnect

from embedded.supabase.json_values import Object, compact
from embedded.supabase.realtime import frames
from embedded.supabase.realtime.channel import Channel
from embedded.supabase.realtime.frames import Inbound, Malformed, Version

# A reader this far behind is cut off; it comes back and reads afresh, and nobody else waits for it.
QUEUE_MAX_BYTES = 8_000_000
_IDLE_S = 60.0
_CLOSED_IDLE = 1000
_log = logging.getLogger(__name__)


class Socket:
    """Everything one client sees; `token` and `claims` are those of its API key."""

    def __init__(self, websocket: WebSocket, version: Version, token: str, claims: Object) -> None:
        self.version = version
        self.token = token
        self.claims = claims
        self.channels: dict[str, Channel] = {}
        self._websocket = websocket
        self._queue: deque[str | bytes] = deque()
        self._queued_bytes = 0
        self._filled = asyncio.Event()
        self._open = True

    def send(self, frame: str | bytes) -> None:
        """Queue a frame; never waits. A queue that runs over ends the connection."""
        if not self._open:
            return
        self._queue.append(frame)
        self._queued_bytes += len(frame)
        self._filled.set()
        if self._queued_bytes > QUEUE_MAX_BYTES:
            _log.warning("a client reads too slowly and is cut off with %d bytes waiting", self._queued_bytes)
            self.abort()

    def reply(self, topic: str, ref: str | None, join_ref: str | None, status: str, response: Object) -> None:
        """Answer the message that had `ref`."""
        payload = compact({"status": status, "response": response})
        self.send(frames.write(self.version, topic, "phx_reply", payload, ref=ref, join_ref=join_ref))

    def abort(self) -> None:
        """Drop the connection at once, whatever is still waiting."""
        self._open = False
        self._queue.clear()
        self._queued_bytes = 0
        # A closing handshake would wait behind the frames that the peer does not read.
        cast("Callable[[], None]", self._websocket.scope["transport.abort"])()

    async def serve(self, handle: Callable[["Socket", Inbound], None]) -> None:
        """Read and write until the client is gone."""
        writer = asyncio.create_task(self._write())
        try:
            await self._read(handle)
        except (WebSocketDisconnect, asyncio.CancelledError):
            # Cancelled means that the server is stopping; the clients were told already.
            pass
        finally:
            self._open = False
            writer.cancel()

    async def _read(self, handle: Callable[["Socket", Inbound], None]) -> None:
        while True:
            try:
                message = await asyncio.wait_for(self._websocket.receive(), _IDLE_S)
            except TimeoutError:
                await self._close_idle()
                return
            if message["type"] == "websocket.disconnect":
                return
            try:
                text: str | None = message.get("text")
                inbound = frames.read_text(self.version, text) if text is not None else self._binary(message["bytes"])
            except Malformed as error:
                _log.warning("a frame was ignored: %s", error)
                continue
            try:
                handle(self, inbound)
            except Exception:  # noqa: BLE001  - one message that we cannot serve must not end the other channels
                _log.exception("a message on %s failed", inbound.topic)

    def _binary(self, data: bytes) -> Inbound:
        if self.version is Version.ONE:
            raise Malformed("version 1.0.0 has no binary frames")
        return frames.read_binary(data)

    async def _close_idle(self) -> None:
        try:
            await asyncio.wait_for(self._websocket.close(_CLOSED_IDLE), 1)
        except TimeoutError:
            self.abort()

    async def _write(self) -> None:
        while True:
            await self._filled.wait()
            while self._queue:
                frame = self._queue.popleft()
                self._queued_bytes -= len(frame)
                try:
                    await self._put(frame)
                except (WebSocketDisconnect, RuntimeError):
                    # The reader notices as well, and ends the session.
                    self._open = False
                    return
            self._filled.clear()

    async def _put(self, frame: str | bytes) -> None:
        if isinstance(frame, str):
            await self._websocket.send_text(frame)
        else:
            await self._websocket.send_bytes(frame)
