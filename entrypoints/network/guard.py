"""What of the API's process may reach out: its database. Everything else is refused with a sentence that says why.

The refusal is no `OSError`, so that no code which tries again after network faults takes it for one, and it is logged
where it happens, so that no `except` can keep it quiet.
"""

import logging
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

import uvloop

from entrypoints.network.database import Database, is_number

_log = logging.getLogger(__name__)

REMEDY = (
    "The API validates, records and queues. Record a command in the handler, and let an activity in"
    " workflows/activities/ reach out (docs/laws.md, law 1)."
)
_UNIX_ADDRESS = (str, bytes)


class ReachingOutError(RuntimeError):
    """The API tried to reach something that is not its database."""


@dataclass(frozen=True)
class Guard:
    """Lets through what goes to the database, and refuses the rest."""

    database: Database

    def server(self, host: object, port: object) -> None:
        """Nothing, if this is the database.

        Raises:
            ReachingOutError: otherwise.
        """
        if not self.database.serves(host, port):
            _refuse(f"a connection to {host}:{port} was refused, for only Postgres is spoken to")

    def unix_socket(self, path: object) -> None:
        """Nothing, if the database listens at this unix socket.

        Raises:
            ReachingOutError: otherwise.
        """
        if not self.database.listens_at(path):
            _refuse(f"a connection to the socket {path!r} was refused, for only Postgres is spoken to")

    def address(self, address: object) -> None:
        """Nothing, if a socket's address is the database's, or there is none: then the socket is connected already.

        Raises:
            ReachingOutError: otherwise.
        """
        if address is None:
            return
        if isinstance(address, _UNIX_ADDRESS):
            self.unix_socket(os.fsdecode(address))
            return
        pieces: tuple[object, ...] = address if isinstance(address, tuple) else (address,)  # pyright: ignore[reportUnknownVariableType]  - whatever the caller passed
        self.server(pieces[0], pieces[1] if len(pieces) > 1 else None)

    def name(self, host: object) -> None:
        """Nothing, if looking this name up tells nobody anything: it is the database's, or an address already.

        Raises:
            ReachingOutError: otherwise.
        """
        said = os.fsdecode(host) if isinstance(host, (str, bytes)) else ""
        if said and not is_number(said) and said not in self.database.names:
            _refuse(f"looking up the name {said!r} was refused, for only Postgres is spoken to")

    def program(self, what: object) -> NoReturn:
        """Never returns.

        Raises:
            ReachingOutError: always.
        """
        _refuse(f"starting a program ({what!r}) was refused")

    def watch(self) -> None:
        """Refuse from now on, in this process and until it ends, what goes around the event loop.

        An audit hook cannot be taken off again.
        """
        checks = _audited(self)

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            check = checks.get(event)
            if check is not None:
                check(arguments)

        sys.addaudithook(hook)

    def loop(self) -> "GuardedLoop":
        """A new event loop that refuses."""
        return GuardedLoop(self)


class GuardedLoop(uvloop.Loop):
    """uvloop, whose every way out leads to the database."""

    def __init__(self, guard: Guard) -> None:
        super().__init__()
        self._guard = guard

    async def create_connection(self, protocol_factory: Any, host: Any = None, port: Any = None, **options: Any) -> Any:
        """A connection to the database; any other is refused, also over a socket that somebody else connected."""
        if options.get("sock") is not None:
            self._guard.address(_peer(options["sock"]))
        else:
            self._guard.server(host, port)
        return await super().create_connection(protocol_factory, host, port, **options)

    async def create_unix_connection(self, protocol_factory: Any, path: Any = None, **options: Any) -> Any:
        """A connection to the database; any other is refused."""
        self._guard.unix_socket(_peer(options["sock"]) if options.get("sock") is not None else path)
        return await super().create_unix_connection(protocol_factory, path, **options)

    async def create_datagram_endpoint(self, *given: Any, **options: Any) -> NoReturn:
        """Refused: Postgres is never spoken to in datagrams."""
        _refuse(f"a datagram endpoint ({options or given[1:]}) was refused, for only Postgres is spoken to")

    async def sock_connect(self, sock: Any, address: Any) -> None:
        """A plain socket connected to the database; any other is refused."""
        self._guard.address(address)
        await super().sock_connect(sock, address)

    async def getaddrinfo(self, host: Any, port: Any, **options: Any) -> Any:
        """The addresses of the database's host; any other name is refused."""
        self._guard.name(host)
        return await super().getaddrinfo(host, port, **options)

    async def getnameinfo(self, sockaddr: Any, flags: int = 0) -> Any:
        """The name of the database's address; any other is refused."""
        self._guard.address(sockaddr)
        return await super().getnameinfo(sockaddr, flags)

    async def subprocess_exec(self, *given: Any, **_options: Any) -> NoReturn:
        """Refused: the API starts no program."""
        self._guard.program(given[1:])

    async def subprocess_shell(self, *given: Any, **_options: Any) -> NoReturn:
        """Refused: the API starts no program."""
        self._guard.program(given[1:])


def _audited(guard: Guard) -> dict[str, Callable[[tuple[Any, ...]], None]]:
    # The events are those of https://docs.python.org/3.11/library/audit_events.html that reach out or start something.
    programs = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn")
    return {
        "socket.connect": lambda given: guard.address(given[1]),
        "socket.sendto": lambda given: guard.address(given[1]),
        "socket.sendmsg": lambda given: guard.address(given[1]),
        "socket.getaddrinfo": lambda given: guard.name(given[0]),
        "socket.gethostbyname": lambda given: guard.name(given[0]),
        "socket.gethostbyaddr": lambda given: guard.name(given[0]),
        "socket.getnameinfo": lambda given: guard.address(given[0]),
        **dict.fromkeys(programs, lambda given: guard.program(given[0])),
        **dict.fromkeys(("os.fork", "os.forkpty"), lambda _: guard.program("fork")),
        # Foreign code connects below everything that stands here.
        "ctypes.dlopen": lambda given: _refuse(f"loading the library {given[0]!r} was refused"),
    }


def _peer(connected: socket.socket) -> object:
    # Of a socket that nobody connected yet there is no peer, and none is the database's.
    try:
        return connected.getpeername()
    except OSError:
        return ("nowhere", None)


def _refuse(what: str) -> NoReturn:
    sentence = f"In the API's process {what}. {REMEDY}"
    _log.error(sentence)
    raise ReachingOutError(sentence)
