"""An engine with something to hide: a library whose roles see little, and names that were chosen to break SQL."""

from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.hasura.adversary.victim import METADATA, TABLES
from tests.integration.embedded.hasura.engine import Engine, running_engine
from tests.support.postgres import scratch_database


@pytest_asyncio.fixture(scope="session")
async def victim_database(postgres: PostgresServer) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    url = await scratch_database(postgres, "hasura_victim")
    connection = await asyncpg.connect(url)
    await connection.execute(TABLES)
    yield connection
    await connection.close()


@pytest_asyncio.fixture(scope="session")
async def victim(
    postgres: PostgresServer, victim_database: "asyncpg.Connection[asyncpg.Record]"
) -> AsyncIterator[Engine]:
    del victim_database
    url = postgres.url.rsplit("/", 1)[0] + "/hasura_victim"
    async with running_engine(url, HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL="100") as engine:
        answer = await engine.command("replace_metadata", METADATA)
        assert answer.status_code == 200, answer.text
        yield engine
