"""The API process: Hasura's action handlers on uvicorn, behind a guard that lets it reach Postgres and nothing else."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import uvicorn
from starlette.applications import Starlette
from uvicorn.config import STARTUP_FAILURE

from actions.app import build
from entrypoints.config import NAME_SERVER_PORT, Api, Misconfigured
from entrypoints.network import kernel
from entrypoints.network.database import Database
from entrypoints.network.guard import Guard
from entrypoints.processes import say_ready, start_logging
from ledger.pool import Pool, connect

_log = logging.getLogger(__name__)

# More transactions at once than this wait for the organization's place in the order inside Postgres, where waiting
# costs more than here: with 16 connections a saturated API recorded a fifth less, and its slowest took twice as long.
_CONNECTIONS_MAX = 4


def main() -> None:
    """Serve until SIGTERM; ends with code 3 if it cannot."""
    start_logging()
    config = Api.from_environment(os.environ)
    guard = guarded(config.database_url)
    server = uvicorn.Server(
        uvicorn.Config(
            application(config),
            host=config.host,
            port=config.port,
            access_log=False,
            log_level="warning",
            lifespan="on",
            ws="none",
        )
    )
    with suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=guard.loop) as runner:
        runner.run(server.serve())
    if not server.started:
        sys.exit(STARTUP_FAILURE)


def guarded(database_url: str) -> Guard:
    """The guard, already watching this process; the kernel holds what it can, and the log says what holds."""
    try:
        database = Database.of(database_url)
    except ValueError as error:
        raise Misconfigured(f"The environment variable FRACTALOPS_DATABASE_URL cannot be used: {error}.") from error
    # Before the audit hook, which would refuse the kernel's interface as well.
    held = kernel.restrict(database.ports | ({NAME_SERVER_PORT} if database.names else set[int]()))
    guard = Guard(database)
    guard.watch()
    _log.info("Only Postgres can be reached. The event loop and the audit hook refuse all else; the kernel: %s.", held)
    return guard


def application(config: Api) -> Starlette:
    """The handlers over a pool that lives as long as they do."""

    @asynccontextmanager
    async def pool() -> AsyncGenerator[Pool]:
        connected = await connect(config.database_url, size_max=_CONNECTIONS_MAX, application="fractalops-api")
        try:
            say_ready(f"http://{config.host}:{config.port}")
            yield connected
        finally:
            await connected.close()

    return build(pool, action_secret=config.action_secret)


if __name__ == "__main__":
    main()
