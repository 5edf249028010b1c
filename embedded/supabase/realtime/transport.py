"""uvicorn's websocket protocol, with a way to drop a connection whose peer does not read.

ASGI knows only the closing handshake, which waits behind everything that is already written.
"""

from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request


class AbortableWebSocket(WebSocketsSansIOProtocol):
    """Puts `transport.abort` into the connection's scope."""

    def handle_connect(self, event: Request) -> None:
        """Begin the session; the application runs only after this returns."""
        super().handle_connect(event)
        scope = cast("dict[str, Any] | None", getattr(self, "scope", None))
        if scope is not None:
            scope["transport.abort"] = self.transport.abort
