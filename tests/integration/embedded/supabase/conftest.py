"""One gateway for the session on a database of its own, tables with policies, and listeners."""

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest_asyncio

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.supabase.gateway import Gateway, Listener, running_gateway
from tests.support.postgres import scratch_database


@pytest_asyncio.fixture(scope="session")
async def database_url(postgres: PostgresServer) -> str:
    return await scratch_database(postgres, f"gateway_{uuid.uuid4().hex[:8]}")


@pytest_asyncio.fixture(scope="session")
async def gateway(database_url: str) -> AsyncIterator[Gateway]:
    async with running_gateway(database_url) as running:
        yield running


@pytest_asyncio.fixture
async def sql(gateway: Gateway) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(gateway.database_url)
    yield connection
    await connection.close()


@pytest_asyncio.fixture
async def note(sql: "asyncpg.Connection[asyncpg.Record]") -> str:
    """A published table of notes that only their own organization may see."""
    name = f"note_{uuid.uuid4().hex[:8]}"
    await sql.execute(
        f"""
        CREATE TABLE {name} (id int PRIMARY KEY, org_id text NOT NULL, body text, size numeric);
        ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON {name} FOR SELECT
            USING (org_id = current_setting('request.jwt.claims', true)::jsonb ->> 'org_id');
        GRANT SELECT ON {name} TO anon, authenticated, service_role;
        ALTER PUBLICATION supabase_realtime ADD TABLE {name};
        """
    )
    return name


@pytest_asyncio.fixture
async def listen(gateway: Gateway) -> AsyncIterator[Callable[..., Awaitable[Listener]]]:
    """Subscribe to a table as the bearer of a token; returns once changes are promised."""
    listeners: list[Listener] = []

    async def _listen(
        table: str, bearer: str, *, event: str = "*", where: str | None = None, at: Gateway = gateway
    ) -> Listener:
        listener = await Listener.joining(at, table, bearer, event=event, where=where)
        listeners.append(listener)
        await listener.subscribed()
        return listener

    yield _listen
    for listener in listeners:
        await listener.close()
