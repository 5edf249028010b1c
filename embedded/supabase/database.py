"""The database: what Supabase's own image would bring, made when it is missing, and the connections of the gateway."""

import json
from pathlib import Path
from typing import TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
Executor: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record] | Pool"

# Values are compared and shown as text: both kinds of connection must write them alike.
VALUE_STYLE = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, MDY",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
}
_SQL = Path(__file__).parent / "sql"
_PREPARATION_LOCK = 7_310_451_212
_POOL_MAX = 8
_STATEMENT_LIMIT_S = 30


class UnusableDatabase(Exception):  # noqa: N818  - it names the state, and reads so where it is raised
    """The server lacks something that the gateway cannot do without."""


async def prepare(database_url: str) -> None:
    """Make roles, schemas, functions and the publication unless they are there; safe to repeat.

    Raises:
        UnusableDatabase: if the server does not decode its log.
    """
    connection = await asyncpg.connect(database_url, server_settings=_server_settings())
    try:
        level = await connection.fetchval("SHOW wal_level")
        if level != "logical":
            raise UnusableDatabase(f"Realtime needs wal_level=logical; this server runs with {level}.")
        async with connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock($1)", _PREPARATION_LOCK)
            for file in sorted(_SQL.glob("*.sql")):
                await connection.execute(file.read_text())
    finally:
        await connection.close()


async def open_pool(database_url: str) -> Pool:
    """Connections for short statements; none is held while nobody asks."""
    return await asyncpg.create_pool(
        database_url,
        min_size=0,
        max_size=_POOL_MAX,
        command_timeout=_STATEMENT_LIMIT_S,
        server_settings=_server_settings(),
        init=read_json,
    )


async def open_connection(database_url: str) -> "asyncpg.Connection[asyncpg.Record]":
    """One connection of one's own, set up like those of the pool."""
    connection = await asyncpg.connect(
        database_url, command_timeout=_STATEMENT_LIMIT_S, server_settings=_server_settings()
    )
    await read_json(connection)
    return connection


async def read_json(connection: Connection) -> None:
    """Have jsonb arrive as Python values on this connection."""
    await connection.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")


def _server_settings() -> dict[str, str]:
    return {"application_name": "supabase-gateway", **VALUE_STYLE}
