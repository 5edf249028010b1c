"""The ledger as each database role sees it."""

from collections.abc import AsyncGenerator

import asyncpg
import pytest_asyncio

from tests.support.ledger import ROLES, Ledger
from tests.support.proposals import Workers, workers_of


@pytest_asyncio.fixture(scope="module")
async def workers(ledger: Ledger) -> AsyncGenerator[Workers]:
    async with workers_of(ledger) as pools:
        yield pools


@pytest_asyncio.fixture(scope="module")
async def as_(ledger: Ledger) -> AsyncGenerator[dict[str, "asyncpg.Connection[asyncpg.Record]"]]:
    """A connection of each login role."""
    connections = {role: await asyncpg.connect(ledger.url_of(role)) for role in ROLES}
    yield connections
    for connection in connections.values():
        await connection.close()
