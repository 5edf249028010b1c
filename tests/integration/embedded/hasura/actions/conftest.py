"""An engine of its own for actions: a database with people and jobs, and a far side that is told what to answer."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest_asyncio

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.hasura.actions.far_side import FarSide, running_far_side
from tests.integration.embedded.hasura.engine import Engine, running_engine
from tests.support.postgres import scratch_database

SCHEMA = """
CREATE TABLE person (id int PRIMARY KEY, name text NOT NULL, secret text, owner text);
CREATE TABLE job (id int PRIMARY KEY, person_id int NOT NULL REFERENCES person, title text NOT NULL);
INSERT INTO person VALUES (1, 'Ann', 's1', 'ann'), (2, 'Bob', 's2', 'bob'), (3, 'Cid', 's3', 'ann');
INSERT INTO job VALUES (1, 1, 'dig'), (2, 1, 'saw'), (3, 2, 'cut'), (4, 3, 'mow');
"""

METADATA: dict[str, Any] = {
    "version": 3,
    "sources": [
        {
            "name": "default",
            "kind": "postgres",
            "configuration": {"connection_info": {"database_url": {"from_env": "HASURA_GRAPHQL_DATABASE_URL"}}},
            "tables": [
                {
                    "table": "person",
                    "array_relationships": [
                        {
                            "name": "jobs",
                            "using": {"foreign_key_constraint_on": {"table": "job", "column": "person_id"}},
                        }
                    ],
                    "select_permissions": [
                        {
                            "role": "member",
                            "permission": {"columns": ["id", "name"], "filter": {"owner": "X-Hasura-User-Id"}},
                        }
                    ],
                },
                {
                    "table": "job",
                    "select_permissions": [
                        {
                            "role": "member",
                            "permission": {
                                "columns": "*",
                                "filter": {},
                                "allow_aggregations": True,
                            },
                        }
                    ],
                },
            ],
        }
    ],
}


@pytest_asyncio.fixture(scope="session")
async def action_database(postgres: PostgresServer) -> str:
    url = await scratch_database(postgres, "hasura_actions")
    connection = await asyncpg.connect(url)
    await connection.execute(SCHEMA)
    await connection.close()
    return url


@pytest_asyncio.fixture(scope="session")
async def session_far() -> AsyncIterator[FarSide]:
    async with running_far_side() as far:
        yield far


@pytest_asyncio.fixture
async def far(session_far: FarSide) -> FarSide:
    session_far.forget()
    return session_far


@pytest_asyncio.fixture(scope="session")
async def action_engine(action_database: str, session_far: FarSide) -> AsyncIterator[Engine]:
    async with running_engine(
        action_database,
        HASURA_GRAPHQL_ASYNC_ACTIONS_FETCH_INTERVAL="50",
        FAR_SIDE=session_far.url,
        FAR_SECRET="between-us",
    ) as running:
        yield running
