"""One engine for the whole session, with the metadata folder beside this file."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest_asyncio

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.hasura.engine import Engine, Handler, running_engine, running_handler
from tests.support.postgres import scratch_database

HERE = Path(__file__).parent


@pytest_asyncio.fixture(scope="session")
async def hasura_database(postgres: PostgresServer) -> str:
    url = await scratch_database(postgres, "hasura_engine")
    connection = await asyncpg.connect(url)
    await connection.execute((HERE / "schema.sql").read_text())
    await connection.close()
    return url


@pytest_asyncio.fixture(scope="session")
async def session_handler() -> AsyncIterator[Handler]:
    async with running_handler() as handler:
        yield handler


@pytest_asyncio.fixture
async def handler(session_handler: Handler) -> Handler:
    """The action handler, forgetful between tests."""
    fresh = Handler(url=session_handler.url)
    session_handler.__dict__.update({**fresh.__dict__})
    return session_handler


@pytest_asyncio.fixture(scope="session")
async def engine(hasura_database: str, session_handler: Handler) -> AsyncIterator[Engine]:
    async with running_engine(
        hasura_database,
        HASURA_GRAPHQL_METADATA_DIR=str(HERE / "metadata"),
        HANDLER_URL=session_handler.url,
        ACTION_SECRET="between-us",
    ) as running:
        yield running
