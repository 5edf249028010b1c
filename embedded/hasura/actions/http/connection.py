"""One connection to a handler, and one request at a time on it."""

import asyncio
from typing import cast

from embedded.hasura.actions.http.answer import AnswerReader, MalformedAnswerError, RawAnswer


class ConnectionClosedError(Exception):
    """A connection that ended before the answer did; `begun` says whether anything of the answer had arrived."""

    def __init__(self, message: str, *, begun: bool) -> None:
        super().__init__(message)
        self.begun = begun


class HandlerConnection(asyncio.Protocol):
    """Sends requests, one after the other."""

    def __init__(self) -> None:
        self.closed = False
        self.idle_since_s = 0.0
        self._transport: asyncio.Transport | None = None
        self._reader: AnswerReader | None = None
        self._waiting: asyncio.Future[RawAnswer] | None = None

    async def ask(self, request: bytes, *, head_only: bool) -> RawAnswer:
        """The answer to a request.

        Raises:
            ConnectionClosedError: if the connection ends first.
            MalformedAnswerError: if what comes back is no answer.
        """
        if self._transport is None or self.closed:
            raise ConnectionClosedError("the connection is closed", begun=False)
        self._reader = AnswerReader(head_only=head_only)
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        try:
            return await self._waiting
        finally:
            self._reader = self._waiting = None

    def close(self) -> None:
        """End the connection at once, whatever is under way."""
        self.closed = True
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        if self._reader is None or self._waiting is None or self._waiting.done():
            # Nobody asked for this.
            self.close()
            return
        try:
            answer = self._reader.feed(data)
        except MalformedAnswerError as error:
            self._waiting.set_exception(error)
            self.close()
            return
        if answer is not None:
            self._waiting.set_result(answer)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop."""
        self.closed = True
        if self._reader is None or self._waiting is None or self._waiting.done():
            return
        answer = self._reader.end() if exc is None else None
        if answer is not None:
            self._waiting.set_result(answer)
        else:
            message = str(exc) if exc is not None else "the connection was closed before the answer was complete"
            self._waiting.set_exception(ConnectionClosedError(message, begun=self._reader.begun))
