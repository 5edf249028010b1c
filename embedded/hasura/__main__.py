"""Serve the engine, set up by the same variables as Hasura: `python -m embedded.hasura`."""

# ruff: noqa: T201  - the ready line and the reason of a failed start are for whoever started the process

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Generator
from contextlib import contextmanager

import asyncpg
import uvicorn
import uvloop

from embedded.hasura.api.app import application
from embedded.hasura.engine import Engine
from embedded.hasura.errors import EngineError
from embedded.hasura.settings import Settings, WrongSettingError, settings_from


class _Server(uvicorn.Server):
    """A server that says on standard output when it is ready, and for which SIGTERM is a clean end."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for server in self.servers:
            for listening in server.sockets:
                host, port = listening.getsockname()[:2]
                print(f"ready http://{host}:{port}", flush=True)

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        loop = asyncio.get_running_loop()
        for wanted in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(wanted, self.handle_exit, wanted, None)
        yield


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    engine = Engine(settings)
    try:
        await engine.open()
        config = uvicorn.Config(
            application(engine),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
            http="httptools",
            lifespan="off",
            timeout_keep_alive=75,
            timeout_graceful_shutdown=5,
        )
        await _Server(config).serve()
    finally:
        await engine.close()


def main() -> int:
    """The exit code: 0 after a clean end, 1 with a sentence if the start fails."""
    try:
        uvloop.run(serve(settings_from(os.environ)))
    except EngineError as error:
        print(f"{error.code}: {error.message} ({error.path})", file=sys.stderr)
        return 1
    except (WrongSettingError, OSError, asyncpg.PostgresError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
