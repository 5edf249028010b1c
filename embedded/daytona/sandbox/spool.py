"""The output of one session command: on disk up to a limit, replayed from its beginning to whoever asks."""

import asyncio
import struct
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NamedTuple

OUTPUT = 1
ERRORS = 2
_HEADER = struct.Struct(">BI")


class Piece(NamedTuple):
    """Bytes of one stream, in the order in which they were written."""

    stream: int
    content: bytes


class Spool:
    """An append-only file of pieces, with a way to wait for more."""

    def __init__(self, path: Path, *, bytes_max: int) -> None:
        self._path = path
        self._left_bytes = bytes_max
        self._changed = asyncio.Event()
        self.is_finished = False
        path.touch(mode=0o600)

    def append(self, piece: Piece) -> None:
        """Keep as much of `piece` as the limit allows; what the agent sends beyond its own limit is dropped."""
        content = piece.content[: self._left_bytes]
        if not content:
            return
        self._left_bytes -= len(content)
        self._write(Piece(piece.stream, content))

    def finish(self, notice: str = "") -> None:
        """End the output, with a last word on the error stream where there is one to say."""
        if notice:
            self._write(Piece(ERRORS, notice.encode()))
        self.is_finished = True
        self._wake()

    def _write(self, piece: Piece) -> None:
        with self._path.open("ab") as file:
            file.write(_HEADER.pack(piece.stream, len(piece.content)) + piece.content)
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    def pieces(self) -> Iterator[Piece]:
        """What there is now."""
        for piece, _ in self._from(0):
            yield piece

    async def follow(self) -> AsyncIterator[Piece]:
        """Everything from the beginning, then what comes, until the output is finished."""
        offset = 0
        while True:
            changed, was_finished = self._changed, self.is_finished
            for piece, after in self._from(offset):
                offset = after
                yield piece
            if was_finished:
                return
            if changed is self._changed:
                await changed.wait()

    def _from(self, offset: int) -> Iterator[tuple[Piece, int]]:
        """Pieces and the offset after each, beginning at `offset`."""
        try:
            file = self._path.open("rb")
        except FileNotFoundError:  # its session was deleted
            return
        with file:
            file.seek(offset)
            while len(header := file.read(_HEADER.size)) == _HEADER.size:
                stream, length = _HEADER.unpack(header)
                yield Piece(stream, file.read(length)), file.tell()

    def text(self, *streams: int) -> str:
        """The text of the given streams, in the order in which they were written."""
        joined = b"".join(piece.content for piece in self.pieces() if piece.stream in streams)
        return joined.decode("utf-8", "replace")
