"""One engine for all tests of this folder, on a database of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest_asyncio

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.hasura.engine import Engine, running_engine
from tests.integration.embedded.hasura.functions.library import METADATA
from tests.support.postgres import scratch_database

HERE = Path(__file__).parent


@pytest_asyncio.fixture(scope="session")
async def library(postgres: PostgresServer) -> AsyncIterator[Engine]:
    url = await scratch_database(postgres, "hasura_library")
    connection = await asyncpg.connect(url)
    await connection.execute((HERE / "schema.sql").read_text())
    await connection.close()
    async with running_engine(url) as engine:
        answer = await engine.command("replace_metadata", METADATA)
        assert answer.status_code == 200, answer.text
        yield engine
