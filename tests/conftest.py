"""Fixtures that every kind of test may use."""

from collections.abc import AsyncGenerator, AsyncIterator

import pytest_asyncio

from embedded.postgres.server import PostgresServer
from entrypoints.stack import Stack
from tests.support.ledger import Api, Ledger, migrated_database, running_api
from tests.support.postgres import scratch_postgres
from tests.support.workshop.shop import Workshop, open_workshop
from tests.support.world import World


@pytest_asyncio.fixture(scope="session")
async def postgres() -> AsyncIterator[PostgresServer]:
    """One scratch PostgreSQL for the whole session; make a database of your own on it."""
    async with scratch_postgres() as server:
        yield server


@pytest_asyncio.fixture(scope="session")
async def ledger(postgres: PostgresServer) -> Ledger:
    """A migrated database for the whole session; tests keep apart by their organizations."""
    return await migrated_database(postgres)


@pytest_asyncio.fixture(scope="session")
async def api(ledger: Ledger) -> AsyncGenerator[Api]:
    """The action handlers over that database."""
    async with running_api(ledger) as running:
        yield running


@pytest_asyncio.fixture(scope="session")
async def stack() -> AsyncGenerator[Stack]:
    """The whole stack on free ports, started once for the session."""
    async with Stack.ephemeral() as running:
        yield running


@pytest_asyncio.fixture(scope="session")
async def world(stack: Stack) -> World:
    """The stack as its users see it."""
    return World.of(stack)


@pytest_asyncio.fixture(scope="session")
async def workshop(postgres: PostgresServer) -> AsyncGenerator[Workshop]:
    """Real servers with the workers in this process, so that a test may come between them and their activities."""
    async with open_workshop(postgres) as opened:
        yield opened
