"""A command's output on its way out of the sandbox: pieces of bytes become whole, redacted lines of text."""

from collections.abc import Sequence
from dataclasses import dataclass

from runtime.secrets import SecretValue, redact

# A line that does not end is handed on in pieces of this size, so that it cannot grow in memory.
_LINE_BYTES_MAX = 64 * 1024


@dataclass(frozen=True)
class Progress:
    """How a running command stands: the whole lines since the last time (often none), and for how long it has run."""

    text: str
    output_bytes: int
    watched_s: float


class Lines:
    """Puts pieces together; each byte is handed out once."""

    def __init__(self, hide: Sequence[SecretValue]) -> None:
        self._hide = hide
        self._held = b""
        self.position = 0

    def take(self, at: int, piece: bytes) -> str:
        """The lines that are whole now that the piece that begins at position `at` has come."""
        left_out = at - self.position
        if left_out:
            self._held += f"\n[... {left_out} bytes left out ...]\n".encode()
        self.position = at + len(piece)
        self._held += piece
        end = self._held.rfind(b"\n") + 1
        if len(self._held) - end > _LINE_BYTES_MAX:
            end = len(self._held)
        whole, self._held = self._held[:end], self._held[end:]
        return self._shown(whole)

    def rest(self) -> str:
        """What is left when nothing more comes."""
        rest, self._held = self._held, b""
        return self._shown(rest)

    def _shown(self, text: bytes) -> str:
        return redact(text, self._hide).decode("utf-8", "replace")
