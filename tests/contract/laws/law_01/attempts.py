"""A process behind the API's guard that tries every way out and prints how each one ended, as one JSON object.

`reached` means that the guard failed; `refused` carries the guard's sentence, `kernel` means that Linux refused.
"""

import asyncio
import ctypes
import json
import multiprocessing
import os
import pty
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import asyncpg
import httpx
import uvloop

from entrypoints.api import guarded
from entrypoints.network.guard import ReachingOutError

_LIMIT_S = 5


@dataclass
class Elsewhere:
    """A listener of the test: TCP and UDP on one port, and a unix socket."""

    port: int
    path: str

    @property
    def address(self) -> tuple[str, int]:
        return ("127.0.0.1", self.port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"


def plain(of: Elsewhere) -> dict[str, Callable[[], object]]:
    """Attempts outside the event loop; what stops them is the audit hook."""
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    return {
        "socket": lambda: socket.create_connection(of.address, timeout=_LIMIT_S),
        "socket, not waiting": lambda: socket.socket().connect_ex(of.address),
        "unix socket": lambda: socket.socket(socket.AF_UNIX).connect(of.path),
        "datagram": lambda: udp.sendto(b"x", of.address),
        "datagram by message": lambda: udp.sendmsg([b"x"], [], 0, of.address),
        "looking up a name": lambda: socket.getaddrinfo("elsewhere.example", 443),
        "looking up a name, the old way": lambda: socket.gethostbyname("elsewhere.example"),
        "urllib": lambda: urllib.request.urlopen(of.url, timeout=_LIMIT_S),  # noqa: S310  - the test's own address
        "httpx": lambda: httpx.get(of.url, timeout=_LIMIT_S, trust_env=False),
        "program": lambda: subprocess.run(["/bin/true"], check=True),
        "program by posix_spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "program by the shell": lambda: os.system("true"),  # noqa: S605
        "program in place of this one": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606
        "program in a terminal": lambda: pty.spawn("/bin/true"),
        "fork": lambda: os.fork() or os._exit(0),
        "process": lambda: multiprocessing.get_context("fork").Process(target=print).start(),
        "foreign library": lambda: ctypes.CDLL(None),
    }


def looped(of: Elsewhere, database_port: int) -> dict[str, Callable[[], Coroutine[Any, Any, object]]]:
    """Attempts through the event loop, most of which no audit hook sees; what stops them is the loop."""
    loop = asyncio.get_running_loop

    async def connected_socket() -> None:
        connected, _ = socket.socketpair()
        await loop().create_connection(asyncio.Protocol, sock=connected)

    async def asynchronous_httpx() -> None:
        async with httpx.AsyncClient(trust_env=False, timeout=_LIMIT_S) as client:
            await client.get(of.url)

    return {
        "asyncio": lambda: asyncio.open_connection(*of.address),
        "asyncio, by name": lambda: asyncio.open_connection("localhost", of.port),
        "asyncio, the database's port elsewhere": lambda: asyncio.open_connection("127.0.0.2", database_port),
        "asyncio, unix socket": lambda: asyncio.open_unix_connection(of.path),
        "asyncio, connected socket": connected_socket,
        "asyncio, plain socket": lambda: loop().sock_connect(_unblocked(), of.address),
        "asyncio, datagram": lambda: loop().create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=of.address),
        "asyncio, looking up a name": lambda: loop().getaddrinfo("elsewhere.example", 443),
        "asyncio, program": lambda: asyncio.create_subprocess_exec("/bin/true"),
        "asyncio, program by the shell": lambda: asyncio.create_subprocess_shell("true"),
        "asynchronous httpx": asynchronous_httpx,
        "asyncpg to elsewhere": lambda: asyncpg.connect(f"postgresql://a@127.0.0.1:{of.port}/b", timeout=_LIMIT_S),
        "from a thread": lambda: asyncio.to_thread(socket.create_connection, of.address),
    }


def below(of: Elsewhere) -> dict[str, Callable[[], object]]:
    """Attempts below both the guarded loop and the audit hook; what stops them is the kernel."""

    def another_loop() -> None:
        loop = uvloop.new_event_loop()
        loop.run_until_complete(loop.create_connection(asyncio.Protocol, *of.address))

    def another_loops_program() -> None:
        loop = uvloop.new_event_loop()
        loop.run_until_complete(loop.subprocess_exec(asyncio.SubprocessProtocol, "/bin/true"))

    return {"another uvloop": another_loop, "another uvloop's program": another_loops_program}


async def asks_postgres(url: str) -> str:
    """What Postgres answers through the guard."""
    connection = await asyncpg.connect(url)
    answered = await connection.fetchval("SELECT 'Postgres answers'")
    await connection.close()
    return str(answered)


def outcome(attempt: Callable[[], object]) -> str:
    """How an attempt ended, in words."""
    try:
        attempt()
    except ReachingOutError as refused:
        return f"refused: {refused}"
    except PermissionError as denied:
        return f"kernel: {denied}"
    except Exception as other:  # noqa: BLE001  - the test says what it expects
        return f"{type(other).__name__}: {other}"
    return "reached"


async def looped_outcome(attempt: Callable[[], Coroutine[Any, Any, object]]) -> str:
    """The same for an attempt through the event loop."""
    try:
        async with asyncio.timeout(_LIMIT_S):
            await attempt()
    except Exception as ended:  # noqa: BLE001  - the test says what it expects
        # Who tries several addresses at once raises them together.
        cause = ended.exceptions[0] if isinstance(ended, ExceptionGroup) else ended
        return f"refused: {cause}" if isinstance(cause, ReachingOutError) else f"{type(cause).__name__}: {cause}"
    return "reached"


def _unblocked() -> socket.socket:
    made = socket.socket()
    made.setblocking(False)
    return made


def main() -> None:
    """Ask Postgres alone, or with a port and a unix socket try everything."""
    url, *rest = sys.argv[1:]
    guard = guarded(url)
    if not rest:
        with asyncio.Runner(loop_factory=guard.loop) as runner:
            print(runner.run(asks_postgres(url)))  # noqa: T201  - the program's answer
        return
    port, path = rest
    elsewhere = Elsewhere(int(port), path)
    (database_port,) = guard.database.ports

    async def through_the_loop() -> dict[str, str]:
        found = {"postgres": await asks_postgres(url)}
        return found | {
            name: await looped_outcome(attempt) for name, attempt in looped(elsewhere, database_port).items()
        }

    with asyncio.Runner(loop_factory=guard.loop) as runner:
        by_loop = runner.run(through_the_loop())
    by_hook = {name: outcome(attempt) for name, attempt in plain(elsewhere).items()}
    by_kernel = {name: outcome(attempt) for name, attempt in below(elsewhere).items()}
    print(json.dumps({"loop": by_loop, "hook": by_hook, "kernel": by_kernel}))  # noqa: T201  - the program's answer


if __name__ == "__main__":
    main()
