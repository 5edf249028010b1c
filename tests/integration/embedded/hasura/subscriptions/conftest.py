"""An engine that polls often, on a database of its own, and sockets to it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.hasura.engine import Engine, running_engine
from tests.integration.embedded.hasura.subscriptions.sockets import Socket, opened
from tests.support.postgres import scratch_database

HERE = Path(__file__).parent

INTERVAL_MS = "100"

Open = Callable[..., AbstractAsyncContextManager[Socket]]


@pytest_asyncio.fixture(scope="session")
async def live_database(postgres: PostgresServer) -> str:
    url = await scratch_database(postgres, "hasura_subscriptions")
    connection = await asyncpg.connect(url)
    await connection.execute((HERE / "schema.sql").read_text())
    await connection.close()
    return url


@pytest_asyncio.fixture(scope="session")
async def live_engine(live_database: str) -> AsyncIterator[Engine]:
    settings = {
        "HASURA_GRAPHQL_METADATA_DIR": str(HERE / "metadata"),
        "HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL": INTERVAL_MS,
        "HASURA_GRAPHQL_STREAMING_QUERIES_MULTIPLEXED_REFETCH_INTERVAL": INTERVAL_MS,
        "HASURA_GRAPHQL_WEBSOCKET_CONNECTION_INIT_TIMEOUT": "1",
        "HASURA_GRAPHQL_WEBSOCKET_KEEPALIVE": "1",
        "HASURA_GRAPHQL_JWT_SECRET": '{"type": "HS256", "key": "' + "k" * 32 + '"}',
    }
    async with running_engine(live_database, **settings) as running:
        yield running


@pytest_asyncio.fixture
async def database(live_database: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A connection to tables as they were at the start."""
    connection = await asyncpg.connect(live_database)
    await connection.execute("TRUNCATE note, event RESTART IDENTITY")
    yield connection
    await connection.close()


@pytest.fixture
def socket(live_engine: Engine, database: object) -> Open:
    """Opens sockets to the engine, whose tables are as they were at the start."""
    del database
    return lambda *arguments, **named: opened(live_engine, *arguments, **named)
