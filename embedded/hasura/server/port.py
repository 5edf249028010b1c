"""A port of one's own, to be listened on by one process or by several."""

import asyncio
import socket
from dataclasses import dataclass
from typing import Self

_TRIES_MAX = 1_000
_RETRY_S = 0.01


@dataclass(frozen=True)
class Port:
    """An address that is ours; 0 was replaced by a free number.

    Each serving process listens with SO_REUSEPORT and the kernel deals the connections out. That option alone would let
    a second engine take half of the first one's connections, so at first the address is bound without it.
    """

    host: str
    number: int
    _reserved: socket.socket

    @classmethod
    def reserve(cls, host: str, number: int) -> Self:
        """The address, kept for us until `release`.

        Raises:
            OSError: if somebody listens there, or the address is not this machine's.
        """
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as first:
            first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            first.bind((host, number))
            number = first.getsockname()[1]
        return cls(host, number, _shared(family, host, number))

    @classmethod
    def join(cls, host: str, number: int) -> Self:
        """An address that another process of ours has reserved."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return cls(host, number, _shared(family, host, number))

    @property
    def url(self) -> str:
        """Where to find it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.number}"

    def release(self) -> None:
        """Give the address up."""
        self._reserved.close()

    async def accepts(self) -> None:
        """Return when connections are accepted.

        Raises:
            TimeoutError: if they are not.
        """
        for _ in range(_TRIES_MAX):
            if await self._accepted():
                return
            await asyncio.sleep(_RETRY_S)
        raise TimeoutError(f"nothing listens on {self.url}")

    async def _accepted(self) -> bool:
        try:
            _, writer = await asyncio.open_connection(self.host, self.number)
        except OSError:
            return False
        writer.close()
        return True


def _shared(family: socket.AddressFamily, host: str, number: int) -> socket.socket:
    kept = socket.socket(family, socket.SOCK_STREAM)
    kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    kept.bind((host, number))
    return kept
