"""Peers behind the very server that serves the engine."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import asyncpg
import uvloop

from embedded.hasura.server.port import Port
from embedded.hasura.server.serve import serve, stop_on_signals

Pool = Any
Application = Any


async def _keep(_connection: Any) -> None:
    """Nothing to reset after single SELECT statements; asyncpg's own reset would cost a quarter of the throughput."""


async def _pool() -> Pool:
    size = int(os.environ["CONNECTIONS"])
    return await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=1, max_size=size, reset=_keep)


async def _run(made: Callable[[Pool], Awaitable[Application]]) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    port = Port.reserve("127.0.0.1", 0)
    pool = await _pool()
    await serve(await made(pool), port, ready=partial(_tell, port.url), stop=stop, farewell=pool.close)


def _tell(url: str) -> None:
    print(f"ready {url}", flush=True)  # noqa: T201  - whoever started the process reads it


def run(made: Callable[[Pool], Awaitable[Application]]) -> None:
    """Serve what `made` makes of a pool until SIGTERM; the ready line is like the engine's."""
    uvloop.run(_run(made))
    sys.exit(0)
