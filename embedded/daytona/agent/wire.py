"""Length-prefixed frames on a socket: how the server and the agent speak, one connection per operation."""

import json
import socket
import struct
from typing import Any, NamedTuple

JSON = 1
DATA = 2
END = 3

HEADER = struct.Struct(">IB")
FRAME_BYTES_MAX = 16 * 1024 * 1024
CHUNK_BYTES = 64 * 1024

JsonObject = dict[str, Any]


class Frame(NamedTuple):
    """One frame: a JSON object, a piece of data, or the end of the data."""

    kind: int
    payload: bytes

    def json(self) -> JsonObject:
        """The object that a JSON frame carries.

        Raises:
            ValueError: if the frame is of another kind or holds anything but an object.
        """
        if self.kind != JSON:
            raise ValueError("expected a JSON frame")
        value = json.loads(self.payload)
        if not isinstance(value, dict):
            raise ValueError("expected a JSON object")  # noqa: TRY004  - a malformed frame, not a caller's type error
        return value  # pyright: ignore[reportUnknownVariableType]  - JSON objects have string keys


def encode(kind: int, payload: bytes) -> bytes:
    """The bytes of one frame."""
    if len(payload) > FRAME_BYTES_MAX:
        raise ValueError("the frame is larger than the wire allows")
    return HEADER.pack(len(payload), kind) + payload


def encode_json(value: JsonObject) -> bytes:
    """The bytes of a JSON frame."""
    return encode(JSON, json.dumps(value).encode())


class Channel:
    """The agent's end of one operation, blocking."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def fileno(self) -> int:
        """The descriptor, for selectors."""
        return self._connection.fileno()

    def send_json(self, value: JsonObject) -> None:
        """Send one object."""
        self._connection.sendall(encode_json(value))

    def send_data(self, payload: bytes) -> None:
        """Send a piece of data."""
        self._connection.sendall(encode(DATA, payload))

    def send_end(self) -> None:
        """Say that no more data follows."""
        self._connection.sendall(encode(END, b""))

    def receive(self) -> Frame | None:
        """The next frame, or None when the server hung up.

        Raises:
            ValueError: if the frame is larger than the wire allows.
        """
        header = self._exactly(HEADER.size)
        if header is None:
            return None
        length, kind = HEADER.unpack(header)
        if length > FRAME_BYTES_MAX:
            raise ValueError("the frame is larger than the wire allows")
        payload = self._exactly(length)
        return None if payload is None else Frame(kind, payload)

    def _exactly(self, count: int) -> bytes | None:
        pieces: list[bytes] = []
        while count:
            piece = self._connection.recv(min(count, CHUNK_BYTES))
            if not piece:
                return None
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)
