"""Fixtures that every kind of test may use."""

from collections.abc import AsyncIterator

import pytest_asyncio

from embedded.postgres.server import PostgresServer
from tests.support.postgres import scratch_postgres


@pytest_asyncio.fixture(scope="session")
async def postgres() -> AsyncIterator[PostgresServer]:
    """One scratch PostgreSQL for the whole session; make a database of your own on it."""
    async with scratch_postgres() as server:
        yield server
