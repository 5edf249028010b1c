"""What the policies on realtime.messages let somebody do on a private topic.

PostgreSQL is asked with rows of the topic that are taken back at once, so that nobody ever sees them.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg

from embedded.supabase.database import Connection, Pool
from embedded.supabase.json_values import Object, compact
from embedded.supabase.realtime.visibility import role_of

EXTENSIONS = ("broadcast", "presence")


async def readable(pool: Pool, claims: Object, topic: str) -> frozenset[str]:
    """The extensions (broadcast, presence) that the bearer of these claims may read on the topic."""
    async with _undone(pool) as connection:
        ids = await connection.fetch(
            """
            INSERT INTO realtime.messages (topic, extension, private) SELECT $1, unnest($2::text[]), true
            RETURNING id
            """,
            topic,
            list(EXTENSIONS),
        )
        try:
            await _become(connection, claims, topic)
            rows = await connection.fetch(
                "SELECT extension FROM realtime.messages WHERE id = ANY ($1::uuid[])", [row["id"] for row in ids]
            )
        except (asyncpg.SyntaxOrAccessError, asyncpg.DataError):
            # No such role, no right to the table, or a policy that these claims make fail.
            return frozenset()
        return frozenset(row["extension"] for row in rows)


async def writable(pool: Pool, claims: Object, topic: str, extension: str) -> bool:
    """Whether the bearer of these claims may send on the topic."""
    async with _undone(pool) as connection:
        try:
            await _become(connection, claims, topic)
            await connection.execute(
                "INSERT INTO realtime.messages (topic, extension, private) VALUES ($1, $2, true)", topic, extension
            )
        except (asyncpg.SyntaxOrAccessError, asyncpg.DataError):
            # As above; a row that the policies refuse is a fault of access, too.
            return False
    return True


@asynccontextmanager
async def _undone(pool: Pool) -> AsyncGenerator[Connection]:
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        try:
            yield connection
        finally:
            await transaction.rollback()


async def _become(connection: Connection, claims: Object, topic: str) -> None:
    await connection.execute(
        """
        SELECT set_config('realtime.topic', $1, true), set_config('request.jwt.claims', $2, true),
               set_config('role', $3, true)
        """,
        topic,
        compact(claims),
        role_of(claims),
    )
