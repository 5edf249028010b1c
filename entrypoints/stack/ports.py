"""Ports that nobody else takes while a stack lives."""

import fcntl
import os
import random
import socket
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import TextIO

import psutil

from entrypoints.config import LOOPBACK, Ports

_LOWEST = 20000
_TRIES_MAX = 2000


class PortReservation:
    """The ports of one stack, promised to it among all stacks of this user until `release`.

    A port found free by binding it is free for a moment only. So ports are taken from below the range that the system
    hands out for outgoing connections, and each is held by a locked file for as long as the stack lives.
    """

    def __init__(self) -> None:
        self._held: list[TextIO] = []
        self._folder = Path(tempfile.gettempdir()) / f"fractalops-ports-{os.getuid()}"
        self._folder.mkdir(mode=0o700, exist_ok=True)

    def free(self) -> Ports:
        """A free port for every part."""
        return Ports(**{field.name: self._any() for field in fields(Ports)})

    def preferred(self) -> tuple[Ports, list[str]]:
        """The default ports, with another one in place of each that is taken, and a sentence about each such one."""
        chosen: dict[str, int] = {}
        notices: list[str] = []
        for name, wanted in vars(Ports()).items():
            if self._take(wanted):
                chosen[name] = wanted
                continue
            chosen[name] = self._any()
            notices.append(
                f"Port {wanted} ({name}) is taken by {holder_of(wanted)}; this time {name} listens on {chosen[name]}."
            )
        return Ports(**chosen), notices

    @property
    def held_files(self) -> list[int]:
        """The file descriptors of the locks."""
        return [held.fileno() for held in self._held]

    def release(self) -> None:
        """Let others have the ports; safe to repeat."""
        while self._held:
            self._held.pop().close()

    def _any(self) -> int:
        highest = _first_outgoing_port()
        for _ in range(_TRIES_MAX):
            port = random.randrange(_LOWEST, highest)  # noqa: S311  - spreads stacks out, keeps no secret
            if self._take(port):
                return port
        raise OSError(f"No free port was found between {_LOWEST} and {highest}.")

    def _take(self, port: int) -> bool:
        held = (self._folder / str(port)).open("w")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
            return False
        if not is_free(port):
            held.close()
            return False
        self._held.append(held)
        return True


def is_free(port: int) -> bool:
    """Whether a server could listen on the loopback port now."""
    with socket.socket() as probe:
        # As servers do it: connections that linger after a server has gone do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def holder_of(port: int) -> str:
    """Who listens on the port, in words; other users' processes can only be told as such."""
    for connection in psutil.net_connections(kind="tcp"):
        listens = connection.status == psutil.CONN_LISTEN and connection.laddr[1:] == (port,)
        if listens and connection.pid:
            try:
                return f"process {connection.pid} ({psutil.Process(connection.pid).name()})"
            except psutil.NoSuchProcess:
                break
    return "a process that this user may not see, or another stack"


def _first_outgoing_port() -> int:
    try:
        low = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    except OSError:
        low = 0
    return low if low > _LOWEST + _TRIES_MAX else 32768
