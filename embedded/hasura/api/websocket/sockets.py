"""All open sockets, to count them and to end them together."""

import asyncio

from embedded.hasura.api.websocket.connection import Connection
from embedded.hasura.api.websocket.protocol import Closing
from embedded.hasura.errors import EngineError

CONNECTIONS_MAX = 10_000

# How long the farewell of all may take together.
_FAREWELL_TIMEOUT_S = 3


class Sockets:
    """The open sockets of an engine."""

    def __init__(self) -> None:
        self._open: dict[Connection, asyncio.Task[None]] = {}
        self._closed = False

    def refuse_if_full(self) -> None:
        """Refuse a further socket if there are too many, or if the engine goes away.

        Raises:
            EngineError: busy.
        """
        if self._closed or len(self._open) >= CONNECTIONS_MAX:
            raise EngineError("busy", "no further websocket can be opened", status=503)

    async def serve(self, connection: Connection) -> None:
        """Serve one socket until it ends."""
        # In a task of its own: what Granian runs the application in is none, and cannot be cancelled.
        task = self._open[connection] = asyncio.create_task(connection.run())
        try:
            await asyncio.wait({task})
        finally:
            del self._open[connection]
            task.cancel()
        task.result()

    def end_all(self, closing: Closing) -> None:
        """End all sockets that are open now."""
        for connection in self._open:
            connection.end(closing)

    async def close(self) -> None:
        """Let no client in any more, and tell those who are in that the engine goes away."""
        self._closed = True
        self.end_all(Closing(1001, "the engine stops"))
        if self._open:
            await asyncio.wait(self._open.values(), timeout=_FAREWELL_TIMEOUT_S)
