"""One socket from the upgrade to its end."""

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from embedded.hasura.api.websocket.messages import (
    Init,
    Message,
    Ping,
    Pong,
    Start,
    Stop,
    Terminate,
    UnreadableMessageError,
    read_message,
)
from embedded.hasura.api.websocket.operations import Operations
from embedded.hasura.api.websocket.outbox import Outbox
from embedded.hasura.api.websocket.protocol import Closing, Reply, SubProtocol
from embedded.hasura.auth.identity import Authenticator, Identity
from embedded.hasura.engine import Engine
from embedded.hasura.errors import EngineError

_log = logging.getLogger("hasura.websocket")

# A client that takes nothing for so long is gone, or as good as gone.
_SEND_TIMEOUT_S = 60
# How long the last messages and the closing may take.
_FAREWELL_TIMEOUT_S = 1

_REASON_BYTES_MAX = 123

_ALIVE = "alive"


class Connection:
    """A client's socket."""

    def __init__(
        self,
        websocket: WebSocket,
        protocol: SubProtocol,
        engine: Engine,
        authenticator: Authenticator,
        headers: Mapping[str, str],
    ) -> None:
        self._websocket = websocket
        self._protocol = protocol
        self._authenticator = authenticator
        self._headers = headers
        self._settings = engine.settings
        self._outbox = Outbox()
        self._operations = Operations(engine, protocol, self._outbox, self._reply)
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[Closing] = self._loop.create_future()
        self._who: Identity | None = None
        self._client: list[tuple[str, str]] = []
        self._timers: dict[str, asyncio.TimerHandle] = {}

    async def run(self) -> None:
        """Serve the socket until either side ends it."""
        self._later("init", self._settings.websockets.init_timeout_s, self._init_is_late)
        reader = asyncio.create_task(self._read())
        writer = asyncio.create_task(self._write())
        worker = asyncio.create_task(self._operations.work())
        tasks = {reader, writer, worker}
        try:
            await asyncio.wait({*tasks, self._ended}, return_when=asyncio.FIRST_COMPLETED)
            if self._ended.done():
                # What was said before the end, the reason of it perhaps, should still arrive.
                self._outbox.finish()
                await asyncio.wait({writer}, timeout=_FAREWELL_TIMEOUT_S)
        finally:
            for timer in self._timers.values():
                timer.cancel()
            self._operations.close()
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
        closing = self._closing(results, client_left=reader.done() and not reader.cancelled())
        if closing is not None:
            await self._close(closing)

    def _closing(self, results: list[BaseException | None], *, client_left: bool) -> Closing | None:
        broken = [result for result in results if isinstance(result, Exception)]
        for error in broken:
            _log.error("a socket broke", exc_info=error)
        if self._ended.done():
            return self._ended.result()
        if broken:
            return Closing(1011, "internal error")
        return None if client_left else Closing(1008, "the client reads too slowly")

    def end(self, closing: Closing) -> None:
        """End the socket from this side."""
        if not self._ended.done():
            self._ended.set_result(closing)

    async def _read(self) -> None:
        while not self._ended.done():
            await self._outbox.room()
            event = await self._websocket.receive()
            if event["type"] == "websocket.disconnect":
                return
            text = _text(event)
            if text is None or len(text) > self._settings.limits.body_bytes_max:
                self.end(Closing(1009, "the message is too large") if text else Closing(1007, "no UTF-8"))
                return
            try:
                message = read_message(text)
            except UnreadableMessageError as error:
                self._reply(self._protocol.unreadable(str(error)))
            else:
                await self._hear(message)

    async def _write(self) -> None:
        try:
            while (text := await self._outbox.take()) is not None:
                async with asyncio.timeout(_SEND_TIMEOUT_S):
                    await self._websocket.send_text(text)
        except (WebSocketDisconnect, RuntimeError, OSError, TimeoutError):
            # The client left, or stopped reading: there is nobody to tell.
            return

    async def _hear(self, message: Message) -> None:
        match message:
            case Init(headers):
                self._initialise(headers)
            case Start():
                await self._start(message)
            case Stop(id):
                self._operations.stop(id)
            case Ping(payload):
                self._outbox.put(self._protocol.pong(payload))
            case Pong():
                pass
            case Terminate():
                self.end(Closing(1000, "GQL_CONNECTION_TERMINATE received"))

    async def _start(self, start: Start) -> None:
        if self._who is None:
            why = "start received before the connection is initialised"
            self._reply(self._protocol.start_refused(start.id, why, initialised=False))
        else:
            await self._operations.start(start, self._who, self._client)

    def _initialise(self, headers: dict[str, str]) -> None:
        try:
            self._who = self._authenticator.identify({**self._headers, **headers})
        except EngineError as error:
            self._reply(self._protocol.init_refused(error.message))
            return
        self._client = list(headers.items())
        self._cancel("init")
        self._outbox.put(self._protocol.acknowledged())
        self._keep_alive()
        self._cancel("expiry")
        if self._who.expires_at is not None:
            self._later("expiry", self._who.expires_at - time.time(), self._token_has_expired)

    def _keep_alive(self) -> None:
        self._outbox.put_newest(_ALIVE, self._protocol.alive, 0)
        self._later("alive", self._settings.websockets.keepalive_s, self._keep_alive)

    def _init_is_late(self) -> None:
        self.end(Closing(4408, "Connection initialisation timed out"))

    def _token_has_expired(self) -> None:
        self.end(Closing(4403, "Could not verify JWT: JWTExpired"))

    def _reply(self, reply: Reply) -> None:
        for message in reply.messages:
            self._outbox.put(message)
        if reply.closing is not None:
            self.end(reply.closing)

    def _later(self, name: str, seconds: float, do: Any) -> None:
        self._cancel(name)
        self._timers[name] = self._loop.call_later(max(0, seconds), do)

    def _cancel(self, name: str) -> None:
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.cancel()

    async def _close(self, closing: Closing) -> None:
        reason = closing.reason.encode()[:_REASON_BYTES_MAX].decode(errors="ignore")
        try:
            async with asyncio.timeout(_FAREWELL_TIMEOUT_S):
                await self._websocket.close(closing.code, reason)
        except (WebSocketDisconnect, RuntimeError, OSError, TimeoutError):
            return


def _text(event: Mapping[str, Any]) -> str | None:
    """The text of a message, None if it is no text in UTF-8."""
    text = event.get("text")
    if text is not None:
        return text
    try:
        return bytes(event.get("bytes") or b"").decode()
    except UnicodeDecodeError:
        return None
