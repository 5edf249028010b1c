"""An engine on a database of its own for each test file, emptied before each test."""

from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.hasura.engine import Engine, running_engine
from tests.support.postgres import scratch_database

TABLES = """
DROP SCHEMA IF EXISTS shop CASCADE;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
CREATE TABLE author (id serial PRIMARY KEY, name text NOT NULL, is_active boolean NOT NULL DEFAULT true);
CREATE TABLE article (
  id serial PRIMARY KEY, title text NOT NULL, author_id int NOT NULL REFERENCES author (id), note jsonb
);
CREATE VIEW shown AS SELECT id, upper(title) AS title FROM article;
INSERT INTO author (name) VALUES ('Ann'), ('Bob');
INSERT INTO article (title, author_id) VALUES ('one', 1), ('two', 2);
"""


@pytest_asyncio.fixture(scope="session")
async def commands_database(postgres: PostgresServer) -> str:
    return await scratch_database(postgres, "hasura_commands")


@pytest_asyncio.fixture(scope="session")
async def commands_engine(commands_database: str) -> AsyncIterator[Engine]:
    async with running_engine(commands_database) as running:
        yield running


@pytest_asyncio.fixture
async def fresh(commands_engine: Engine, commands_database: str) -> Engine:
    """An engine that tracks nothing, on a database with authors and articles."""
    connection = await asyncpg.connect(commands_database)
    await connection.execute(TABLES)
    await connection.close()
    answer = await commands_engine.command("clear_metadata", {})
    assert answer.status_code == 200
    return commands_engine


@pytest_asyncio.fixture
async def library(fresh: Engine) -> Engine:
    """The same with both tables tracked, related both ways, and a reader who sees articles by active authors."""
    for kind, args in (
        ("pg_track_table", {"table": "author"}),
        ("pg_track_table", {"table": "article"}),
        (
            "pg_create_object_relationship",
            {"table": "article", "name": "author", "using": {"foreign_key_constraint_on": "author_id"}},
        ),
        (
            "pg_create_array_relationship",
            {
                "table": "author",
                "name": "articles",
                "using": {"foreign_key_constraint_on": {"table": "article", "column": "author_id"}},
            },
        ),
        (
            "pg_create_select_permission",
            {
                "table": "article",
                "role": "reader",
                "permission": {"columns": ["id", "title"], "filter": {"author": {"is_active": True}}},
            },
        ),
    ):
        answer = await fresh.command(kind, args)
        assert answer.status_code == 200, answer.text
    return fresh
