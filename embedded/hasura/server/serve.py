"""One process that answers HTTP and websockets until it is told to stop.

Granian, because it answers about a third more requests than uvicorn from the same core: it reads and writes the wire in
Rust, beside Python's thread. It runs inside our own event loop, so starting and stopping stay ours.
"""

import asyncio
import resource
import signal
from collections.abc import Awaitable, Callable

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server
from starlette.types import ASGIApp

from embedded.hasura.server.port import Port

# A statement may run for half a minute; whoever stops the engine does not want to wait for it that long.
_FINISH_WITHIN_S = 5
_BACKLOG = 1024

# Standard output is for the ready line alone.
_LOGGING = {
    "handlers": {"errors": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr"}},
    "loggers": {"_granian": {"handlers": ["errors"], "propagate": False}},
}


async def serve(
    app: ASGIApp,
    port: Port,
    *,
    ready: Callable[[], None],
    stop: asyncio.Event,
    farewell: Callable[[], Awaitable[None]],
) -> None:
    """Answer requests until `stop` is set; what was begun is finished.

    `ready` is called once connections are accepted, `farewell` before the server stops: Granian would cut open
    websockets off without a word.

    Raises:
        TimeoutError: if that does not happen.
    """
    server = Server(
        app,
        address=port.host,
        port=port.number,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        backlog=_BACKLOG,
        log_level=LogLevels.error,
        log_dictconfig=_LOGGING,
    )
    serving = asyncio.create_task(server.serve())
    try:
        await port.accepts()
        ready()
        waiting = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        await farewell()
    finally:
        server.stop()
        await asyncio.wait({serving}, timeout=_FINISH_WITHIN_S)
        serving.cancel()


def allow_many_sockets() -> None:
    """Raise the limit of open files to what the system permits; a thousand websockets are above the usual one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def stop_on_signals(stop: asyncio.Event) -> None:
    """Have SIGTERM and SIGINT set `stop`."""
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wanted, stop.set)
