"""The API process: Hasura's action handlers on uvicorn."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvicorn

from actions.app import build
from entrypoints.config import Api
from entrypoints.processes import say_ready, start_logging
from ledger.pool import Pool, connect

# More transactions at once than this wait for the organization's place in the order inside Postgres, where waiting
# costs more than here: with 16 connections a saturated API recorded a fifth less, and its slowest took twice as long.
_CONNECTIONS_MAX = 4


def main() -> None:
    """Serve until SIGTERM."""
    start_logging()
    config = Api.from_environment(os.environ)

    @asynccontextmanager
    async def pool() -> AsyncGenerator[Pool]:
        connected = await connect(config.database_url, size_max=_CONNECTIONS_MAX, application="fractalops-api")
        try:
            say_ready(f"http://{config.host}:{config.port}")
            yield connected
        finally:
            await connected.close()

    app = build(pool, action_secret=config.action_secret)
    uvicorn.run(app, host=config.host, port=config.port, access_log=False, log_level="warning", lifespan="on")


if __name__ == "__main__":
    main()
