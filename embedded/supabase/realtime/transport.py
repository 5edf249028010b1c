"""uvicorn's websocket protocol, with the connection's transport within reach of the application.

ASGI has one message for each frame and encodes it for each peer anew; a change that hundreds hear of is encoded once
here, and its bytes go straight to each connection. ASGI also knows only the closing handshake, which waits behind
everything that is already written: a peer that does not read has to be dropped at once.
"""

import struct
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

_TEXT, _BINARY = 0x81, 0x82
_SHORT_MAX, _MEDIUM_MAX = 125, 65_535


class DirectWebSocket(WebSocketsSansIOProtocol):
    """Puts `transport` into the connection's scope."""

    def handle_connect(self, event: Request) -> None:
        """Begin the session; the application runs only after this returns."""
        super().handle_connect(event)
        scope = cast("dict[str, Any] | None", getattr(self, "scope", None))
        if scope is not None:
            scope["transport"] = self.transport


def framed(message: str | bytes) -> bytes:
    """The bytes of a whole, unmasked frame: what a server sends is the same for every peer."""
    if isinstance(message, str):
        return framed_parts(message.encode())
    return _header(_BINARY, len(message)) + message


def framed_parts(*parts: bytes) -> bytes:
    """The bytes of a text frame whose text is these parts."""
    return b"".join((_header(_TEXT, sum(map(len, parts))), *parts))


def _header(kind: int, size: int) -> bytes:
    if size <= _SHORT_MAX:
        return bytes((kind, size))
    if size <= _MEDIUM_MAX:
        return struct.pack("!BBH", kind, 126, size)
    return struct.pack("!BBQ", kind, 127, size)
