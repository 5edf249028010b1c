"""The server's end of one operation with an agent. What arrives is data of an untrusted sender: sized and checked."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any, cast

from embedded.daytona.agent.wire import DATA, END, FRAME_BYTES_MAX, HEADER, Frame, JsonObject, encode, encode_json
from embedded.daytona.refusals import Refusal, daemon, unavailable

_STATUS_LOWEST, _STATUS_HIGHEST = 400, 599


class Connection:
    """One operation: frames both ways, closed when done or given up."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send_json(self, value: JsonObject) -> None:
        """Send one object."""
        await self._send(encode_json(value))

    async def send_data(self, payload: bytes) -> None:
        """Send a piece of data."""
        await self._send(encode(DATA, payload))

    async def send_end(self) -> None:
        """Say that no more data follows."""
        await self._send(encode(END, b""))

    async def _send(self, frame: bytes) -> None:
        try:
            self._writer.write(frame)
            await self._writer.drain()
        except OSError as error:
            raise unavailable("the sandbox stopped answering") from error

    async def receive(self) -> Frame:
        """The next frame.

        Raises:
            Refusal: if the agent is gone or sends a frame that is too large.
        """
        try:
            length, kind = HEADER.unpack(await self._reader.readexactly(HEADER.size))
            if length > FRAME_BYTES_MAX:
                raise unavailable("the sandbox sent more than the wire allows")
            return Frame(kind, await self._reader.readexactly(length))
        except (asyncio.IncompleteReadError, OSError) as error:
            raise unavailable("the sandbox stopped answering") from error

    async def receive_json(self) -> JsonObject:
        """The next frame's object.

        Raises:
            Refusal: the agent's own failure, if it sent one.
        """
        return checked(await self.receive())

    async def pieces(self) -> AsyncIterator[bytes]:
        """The data frames until the end.

        Raises:
            Refusal: if the agent sends anything else.
        """
        while (frame := await self.receive()).kind != END:
            if frame.kind != DATA:
                raise failure_in(checked(frame)) or unavailable("the sandbox broke off")
            yield frame.payload

    def close(self) -> None:
        """Hang up; the agent ends what it was doing for us."""
        self._writer.close()


async def open_over(ours: socket.socket) -> Connection:
    """A connection over a socket whose other end the agent holds."""
    reader, writer = await asyncio.open_connection(sock=ours)
    return Connection(reader, writer)


def checked(frame: Frame) -> JsonObject:
    """The object in a JSON frame.

    Raises:
        Refusal: if it is none, or carries a failure.
    """
    try:
        value = frame.json()
    except (ValueError, RecursionError) as error:
        raise unavailable("the sandbox sent something unreadable") from error
    if (failure := failure_in(value)) is not None:
        raise failure
    return value


def failure_in(value: JsonObject) -> Refusal | None:
    """The failure that the agent reports, or None if it reports none."""
    error: Any = value.get("error")
    if not isinstance(error, dict):
        return None
    fields = cast("JsonObject", error)
    status = fields.get("status")
    if not isinstance(status, int) or not _STATUS_LOWEST <= status <= _STATUS_HIGHEST:
        status = 500
    return daemon(status, str(fields.get("code", "")), str(fields.get("message", "")))
