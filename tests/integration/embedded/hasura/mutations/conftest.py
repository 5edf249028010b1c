"""An engine over a database that tests may fill and empty."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest_asyncio

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.hasura.engine import Engine, running_engine
from tests.support.postgres import scratch_database

HERE = Path(__file__).parent


def _foreign(table: str, column: str) -> dict[str, Any]:
    return {"foreign_key_constraint_on": {"table": table, "column": column}}


METADATA: dict[str, Any] = {
    "version": 3,
    "sources": [
        {
            "name": "default",
            "kind": "postgres",
            "configuration": {"connection_info": {"database_url": {"from_env": "HASURA_GRAPHQL_DATABASE_URL"}}},
            "tables": [
                {
                    "table": "team",
                    "array_relationships": [{"name": "members", "using": _foreign("member", "team_id")}],
                    "select_permissions": [
                        {"role": "lead", "permission": {"columns": "*", "filter": {"lead": "X-Hasura-User-Id"}}}
                    ],
                    "insert_permissions": [
                        {
                            "role": "lead",
                            "permission": {
                                "columns": ["name"],
                                "check": {"name": {"_neq": "forbidden"}},
                                "set": {"lead": "X-Hasura-User-Id", "budget": 10},
                            },
                        }
                    ],
                    "update_permissions": [
                        {
                            "role": "lead",
                            "permission": {
                                "columns": ["name", "budget"],
                                "filter": {"lead": "X-Hasura-User-Id"},
                                "check": {"budget": {"_lte": 100}},
                            },
                        }
                    ],
                },
                {
                    "table": "member",
                    "object_relationships": [
                        {"name": "team", "using": {"foreign_key_constraint_on": "team_id"}},
                        {"name": "badge", "using": _foreign("badge", "member_id")},
                    ],
                    "select_permissions": [
                        {"role": "lead", "permission": {"columns": ["id", "name"], "filter": {"age": {"_gt": 30}}}}
                    ],
                    "insert_permissions": [
                        {
                            "role": "lead",
                            "permission": {"columns": "*", "check": {"team": {"lead": "X-Hasura-User-Id"}}},
                        }
                    ],
                    "delete_permissions": [
                        {"role": "lead", "permission": {"filter": {"team": {"lead": "X-Hasura-User-Id"}}}}
                    ],
                },
                {"table": "badge"},
                {"table": "sample"},
                {
                    "table": "note",
                    "insert_permissions": [
                        {"role": "server", "permission": {"columns": "*", "check": {}, "backend_only": True}}
                    ],
                    "delete_permissions": [{"role": "server", "permission": {"filter": {}}}],
                },
                {"table": "adult"},
                {"table": "head_count"},
            ],
            "functions": [{"function": "add_note", "configuration": {"exposed_as": "mutation"}}],
        }
    ],
    "actions": [
        {
            "name": "ring",
            "definition": {
                "handler": "{{HANDLER_URL}}/ring",
                "output_type": "Rung",
                "kind": "synchronous",
                "arguments": [],
            },
        }
    ],
    "custom_types": {"objects": [{"name": "Rung", "fields": [{"name": "times", "type": "Int!"}]}]},
}

TABLES = "team, member, badge, sample, note"


@pytest_asyncio.fixture(scope="session")
async def mutations_database(postgres: PostgresServer) -> str:
    url = await scratch_database(postgres, "hasura_mutations")
    connection = await asyncpg.connect(url)
    await connection.execute((HERE / "schema.sql").read_text())
    await connection.close()
    return url


@pytest_asyncio.fixture(scope="session")
async def writing_engine(mutations_database: str, session_handler: Any) -> AsyncIterator[Engine]:
    async with running_engine(
        mutations_database, HANDLER_URL=session_handler.url, HASURA_GRAPHQL_PG_CONNECTIONS="4"
    ) as running:
        answer = await running.command("replace_metadata", METADATA)
        assert answer.status_code == 200, answer.text
        yield running


@pytest_asyncio.fixture
async def database(mutations_database: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the test's own; the tables are empty."""
    connection = await asyncpg.connect(mutations_database)
    await connection.execute(f"TRUNCATE {TABLES} RESTART IDENTITY CASCADE")
    yield connection
    await connection.close()


@pytest_asyncio.fixture
async def engine(writing_engine: Engine, database: asyncpg.Connection) -> Engine:
    """The engine over empty tables."""
    del database
    return writing_engine
