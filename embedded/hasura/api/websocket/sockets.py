"""All open sockets, to count them and to end them together."""

from embedded.hasura.api.websocket.connection import Connection
from embedded.hasura.api.websocket.protocol import Closing
from embedded.hasura.errors import EngineError

CONNECTIONS_MAX = 10_000


class Sockets:
    """The open sockets of an engine."""

    def __init__(self) -> None:
        self._open: set[Connection] = set()

    def refuse_if_full(self) -> None:
        """Refuse a further socket if there are too many.

        Raises:
            EngineError: busy.
        """
        if len(self._open) >= CONNECTIONS_MAX:
            raise EngineError("busy", "no further websocket can be opened", status=503)

    async def serve(self, connection: Connection) -> None:
        """Serve one socket until it ends."""
        self._open.add(connection)
        try:
            await connection.run()
        finally:
            self._open.discard(connection)

    def end_all(self, closing: Closing) -> None:
        """End all sockets that are open now."""
        for connection in self._open:
            connection.end(closing)
