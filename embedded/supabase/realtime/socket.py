"""One websocket: a bounded queue out, and every frame in handed to its channel."""

import asyncio
import logging
from collections.abc import Callable
from typing import cast

from starlette.websockets import WebSocket, WebSocketDisconnect

from embedded.supabase.buckets import Bucket
from embedded.supabase.json_values import Object, compact
from embedded.supabase.realtime import frames
from embedded.supabase.realtime.channel import Channel
from embedded.supabase.realtime.frames import Inbound, Malformed, Version
from embedded.supabase.realtime.transport import framed

# A reader this far behind is cut off; it comes back and reads afresh, and nobody else waits for it.
QUEUE_MAX_BYTES = 8_000_000
_IDLE_S = 60.0
_CLOSED_IDLE = 1000
_FAREWELL_S = 1.0
_log = logging.getLogger(__name__)


class Outbox:
    """Writes what was queued in one turn of the event loop with one call per socket."""

    def __init__(self) -> None:
        self._waiting: list[Socket] = []
        self._held = False

    def note(self, socket: "Socket") -> None:
        """Have the socket flushed once the present turn is over, or when what is held is let go."""
        if not self._waiting and not self._held:
            asyncio.get_running_loop().call_soon(self.flush)
        self._waiting.append(socket)

    def hold(self) -> None:
        """Keep what is queued until `let_go`, which spares the event loop a turn; nothing may wait meanwhile."""
        self._held = not self._waiting

    def let_go(self) -> None:
        """Write what was held."""
        if self._held:
            self._held = False
            self.flush()

    def flush(self) -> None:
        """Write all that is queued."""
        waiting, self._waiting = self._waiting, []
        for socket in waiting:
            socket.flush()


class Socket:
    """Everything one client sees; `token` is its API key, and `messages` what it may still send."""

    def __init__(self, websocket: WebSocket, version: Version, token: str, outbox: Outbox, messages: Bucket) -> None:
        self.version = version
        self.token = token
        self.channels: dict[str, Channel] = {}
        self.messages = messages
        self._websocket = websocket
        self._transport = cast("asyncio.Transport", websocket.scope["transport"])
        self._outbox = outbox
        self._pending: list[bytes] = []
        self._open = True

    @property
    def is_open(self) -> bool:
        """Whether the client can still be told anything."""
        return self._open

    def send(self, frame: str | bytes) -> None:
        """Queue a frame; never waits. A queue that runs over ends the connection."""
        self.send_framed(framed(frame))

    def send_framed(self, frame: bytes) -> None:
        """Queue the bytes of a frame that others may get as well."""
        if self._open:
            if not self._pending:
                self._outbox.note(self)
            self._pending.append(frame)

    def flush(self) -> None:
        """Hand what is queued to the transport, and cut off a reader that is too far behind."""
        pending, self._pending = self._pending, []
        if not pending or not self._open or self._transport.is_closing():
            return
        self._transport.write(pending[0] if len(pending) == 1 else b"".join(pending))
        waiting = self._transport.get_write_buffer_size()
        if waiting > QUEUE_MAX_BYTES:
            _log.warning("a client reads too slowly and is cut off with %d bytes waiting", waiting)
            self.abort()

    def reply(self, topic: str, ref: str | None, join_ref: str | None, status: str, response: Object) -> None:
        """Answer the message that had `ref`."""
        payload = compact({"status": status, "response": response})
        self.send(frames.write(self.version, topic, "phx_reply", payload, ref=ref, join_ref=join_ref))

    def abort(self) -> None:
        """Drop the connection at once, whatever is still waiting."""
        self._open = False
        self._pending.clear()
        # A closing handshake would wait behind the frames that the peer does not read.
        self._transport.abort()

    async def close(self, code: int, reason: str = "") -> None:
        """Say goodbye; a peer that does not listen is dropped."""
        self.flush()
        self._open = False
        try:
            await asyncio.wait_for(self._websocket.close(code, reason), _FAREWELL_S)
        except (TimeoutError, WebSocketDisconnect, RuntimeError):
            self.abort()

    async def serve(self, handle: Callable[["Socket", Inbound], None]) -> None:
        """Read until the client is gone."""
        try:
            await self._read(handle)
        except (WebSocketDisconnect, RuntimeError, asyncio.CancelledError):
            # Cancelled means that the server is stopping, and a fault at run time that we closed: both ends know.
            pass
        finally:
            self._open = False

    async def _read(self, handle: Callable[["Socket", Inbound], None]) -> None:
        while True:
            try:
                message = await asyncio.wait_for(self._websocket.receive(), _IDLE_S)
            except TimeoutError:
                await self.close(_CLOSED_IDLE)
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
