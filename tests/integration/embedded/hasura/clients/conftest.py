"""An engine over a small library of books, for clients that nobody wrote with this engine in mind."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import asyncpg
import pytest_asyncio

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.hasura.clients.library import METADATA, TABLES
from tests.integration.embedded.hasura.engine import Engine, running_engine
from tests.support.postgres import scratch_database


@dataclass(frozen=True)
class Library:
    """The running engine, where it listens, and a connection to its database."""

    engine: Engine
    url: str
    database: "asyncpg.Connection[asyncpg.Record]"

    @property
    def websocket_url(self) -> str:
        return self.url.replace("http://", "ws://")


@pytest_asyncio.fixture(scope="session")
async def shelves(postgres: PostgresServer) -> AsyncIterator[Library]:
    database_url = await scratch_database(postgres, "hasura_clients")
    database = await asyncpg.connect(database_url)
    await database.execute(TABLES)
    async with running_engine(database_url, HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL="100") as engine:
        replaced = await engine.command("replace_metadata", METADATA)
        assert replaced.status_code == 200, replaced.text
        yield Library(engine, f"{engine.client.base_url}/v1/graphql".replace("//v1", "/v1"), database)
    await database.close()


@pytest_asyncio.fixture
async def library(shelves: Library) -> Library:
    """The library with the same two books in it at the beginning of every test."""
    await shelves.database.execute(
        "TRUNCATE author, book RESTART IDENTITY;"
        "INSERT INTO author (name, born) VALUES ('Ursula', '1929-10-21'), ('Stanislaw', '1921-09-12');"
        "INSERT INTO book (author_id, title, rating, details) VALUES"
        """ (1, 'The Dispossessed', 4.50, '{"pages": 341}'), (2, 'Solaris', 4.25, NULL)"""
    )
    return shelves
