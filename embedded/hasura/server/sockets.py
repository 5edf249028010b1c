"""The open websockets, so that they can be closed with a reason when the server stops."""

import asyncio
import contextlib

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# "Going away": clients of both protocols connect anew after it.
_GOING_AWAY = 1001
_CLOSED_WITHIN_S = 2


class OpenSockets:
    """Passes everything on, and knows which websockets are open."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._open: dict[int, Send] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or websocket."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        async def send_on(message: Message) -> None:
            if message["type"] == "websocket.accept":
                self._open[id(scope)] = send
            elif message["type"] == "websocket.close":
                self._open.pop(id(scope), None)
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        finally:
            self._open.pop(id(scope), None)

    async def close(self) -> None:
        """Close all that are open."""
        closing = {"type": "websocket.close", "code": _GOING_AWAY, "reason": "the server stops"}
        sends = list(self._open.values())
        self._open.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CLOSED_WITHIN_S):
                await asyncio.gather(*(send(closing) for send in sends), return_exceptions=True)
