"""The statements on `auth.users`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from embedded.supabase.auth.errors import AuthRefusal
from embedded.supabase.database import Connection, Executor, Pool

# Only these may be set through `update`; the names go into the statement as they are.
_SETTABLE = {
    "id",
    "email",
    "encrypted_password",
    "email_confirmed_at",
    "raw_app_meta_data",
    "raw_user_meta_data",
    "banned_until",
    "role",
    "last_sign_in_at",
    "deleted_at",
}


async def by_email(pool: Pool, email: str) -> asyncpg.Record | None:
    """The living user with this address, in any case of letters."""
    return await pool.fetchrow("SELECT * FROM auth.users WHERE lower(email) = lower($1) AND deleted_at IS NULL", email)


async def by_id(connection: Executor, user_id: UUID) -> asyncpg.Record | None:
    """The user with this id."""
    return await connection.fetchrow("SELECT * FROM auth.users WHERE id = $1", user_id)


async def insert(connection: Connection, values: dict[str, Any]) -> asyncpg.Record:
    """The new user's row.

    Raises:
        AuthRefusal: 422, if the address is taken.
    """
    names = list(values)
    places = ", ".join(f"${i}" for i in range(1, len(names) + 1))
    _check_names(names)
    statement = f"INSERT INTO auth.users ({', '.join(names)}) VALUES ({places}) RETURNING *"  # noqa: S608  - own names
    return await _unique(connection, statement, *values.values())


async def update(connection: Connection, user_id: UUID, values: dict[str, Any]) -> asyncpg.Record | None:
    """The changed row, or None if there is no such user.

    Raises:
        AuthRefusal: 422, if the new address is taken.
    """
    _check_names(values)
    sets = "".join(f", {name} = ${i}" for i, name in enumerate(values, 2))
    statement = f"UPDATE auth.users SET updated_at = now(){sets} WHERE id = $1 RETURNING *"  # noqa: S608  - own names
    return await _unique(connection, statement, user_id, *values.values())


async def page(pool: Pool, number: int, size: int) -> tuple[list[asyncpg.Record], int]:
    """One page of living users, newest first, and how many there are in all."""
    statement = "SELECT * FROM auth.users WHERE deleted_at IS NULL ORDER BY created_at DESC, id OFFSET $1 LIMIT $2"
    rows = await pool.fetch(statement, (number - 1) * size, size)
    total: int = await pool.fetchval("SELECT count(*) FROM auth.users WHERE deleted_at IS NULL")
    return rows, total


async def delete(connection: Connection, user_id: UUID) -> bool:
    """Whether a user was there to delete; sessions go with it."""
    return await connection.execute("DELETE FROM auth.users WHERE id = $1", user_id) == "DELETE 1"


async def sign_out(connection: Executor, user_id: UUID, *, only: UUID | None, keep: UUID | None) -> None:
    """End the sessions of a user: all, `only` one, or all but the one to `keep`.

    What the user's metadata holds for one session, under `<name>:<session id>`, goes with it.
    """
    await connection.execute(
        """
        WITH person AS (
            -- Whoever changes both takes the user first, so that nobody waits in a circle.
            SELECT id, raw_user_meta_data AS kept FROM auth.users WHERE id = $1 FOR UPDATE
        ), ended AS (
            DELETE FROM auth.sessions
            WHERE user_id = (SELECT id FROM person) AND ($2::uuid IS NULL OR id = $2) AND id IS DISTINCT FROM $3
            RETURNING id::text
        ), outdated AS (
            SELECT array_agg(name) AS names FROM person, jsonb_object_keys(kept) AS name
            WHERE name LIKE '%:%' AND split_part(name, ':', -1) IN (SELECT id FROM ended)
        )
        UPDATE auth.users SET raw_user_meta_data = raw_user_meta_data - names FROM outdated
        WHERE id = $1 AND names IS NOT NULL
        """,
        user_id,
        only,
        keep,
    )


async def session_exists(pool: Pool, session_id: UUID) -> bool:
    """Whether the session was not ended."""
    statement = "SELECT EXISTS (SELECT FROM auth.sessions WHERE id = $1 AND ended_at IS NULL)"
    return bool(await pool.fetchval(statement, session_id))


def is_banned(row: asyncpg.Record, now: datetime) -> bool:
    """Whether the user may not sign in at the moment."""
    until: datetime | None = row["banned_until"]
    return until is not None and until > now


def _check_names(names: Iterable[str]) -> None:
    strange = set(names) - _SETTABLE
    if strange:
        raise ValueError(f"not columns that may be set: {strange}")


async def _unique(connection: Connection, statement: str, *values: Any) -> Any:
    try:
        return await connection.fetchrow(statement, *values)
    except asyncpg.UniqueViolationError as error:
        message = "A user with this email address has already been registered"
        raise AuthRefusal(422, "email_exists", message) from error
