"""Output on its way to the server: forwarded up to a limit, then read and dropped, so that the writer ends normally."""

import os
from collections.abc import Callable

from embedded.daytona.agent.wire import CHUNK_BYTES

# A background writer never lets a pipe run dry, so what is taken after the command's end has a limit.
DRAIN_BYTES_MAX = 1024 * 1024


class Pump:
    """What one command wrote so far, counted over its streams."""

    def __init__(self, bytes_max: int) -> None:
        self._left_bytes = bytes_max
        self.dropped_bytes = 0

    def forward(self, piece: bytes, send: Callable[[bytes], None]) -> None:
        """Send as much of `piece` as the limit allows and count the rest as dropped."""
        kept = piece[: self._left_bytes]
        if kept:
            send(kept)
        self._left_bytes -= len(kept)
        self.dropped_bytes += len(piece) - len(kept)

    def drain(self, descriptor: int, send: Callable[[bytes], None]) -> None:
        """Take what lies in a non-blocking pipe now, without waiting for its writers to close it."""
        taken = 0
        while taken < DRAIN_BYTES_MAX:
            try:
                piece = os.read(descriptor, CHUNK_BYTES)
            except BlockingIOError:
                return
            if not piece:
                return
            taken += len(piece)
            self.forward(piece, send)
