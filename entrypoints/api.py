"""The API process: Hasura's action handlers on uvicorn."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvicorn

from actions.app import build
from entrypoints.config import Api
from entrypoints.processes import say_ready, start_logging
from ledger.pool import Pool, connect

# One request holds one connection for about a millisecond; more connections than cores only queue inside Postgres.
_CONNECTIONS_MAX = 16


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
