"""Sessions and the refresh tokens that carry them on, each good for one exchange.

A token is made from a seed and the project's secret. The database keeps the seed and the token's digest, so whoever
reads it cannot refresh with it, and yet the present token can be handed out a second time.
"""

import hashlib
import hmac
import logging
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import asyncpg

from embedded.supabase.auth.errors import AuthRefusal
from embedded.supabase.database import Connection, Pool
from embedded.supabase.settings import Settings

_TOKEN_BYTES = 24
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Session:
    """A signed-in session and the refresh token to hand out now."""

    id: UUID
    user_id: UUID
    began_at: datetime
    refresh_token: str


async def begin(connection: Connection, settings: Settings, user_id: UUID) -> Session:
    """A new session of the user."""
    (row,) = await connection.fetch("INSERT INTO auth.sessions (user_id) VALUES ($1) RETURNING id, created_at", user_id)
    return Session(row["id"], user_id, row["created_at"], await _new_token(connection, settings, row["id"], None))


async def refresh(pool: Pool, settings: Settings, token: str) -> Session:
    """The session that `token` belongs to, with its next token.

    A used token is answered as well while it is the last one before the present token, for its client did not store
    our answer; it gets the present token again. Within the reuse interval any used token gets a successor. Otherwise it
    is taken for stolen: its session ends, for the thief and for the owner alike.

    Raises:
        AuthRefusal: 400, if the token is unknown or was used before.
    """
    async with pool.acquire() as connection, connection.transaction():
        session = await _exchange(connection, settings, token)
    if session is None:
        raise AuthRefusal(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used")
    return session


async def _exchange(connection: Connection, settings: Settings, token: str) -> Session | None:
    row = await connection.fetchrow(
        """
        SELECT t.id, t.used_at IS NOT NULL AS used, t.used_at < now() - make_interval(secs => $2) AS too_late,
               s.id AS session_id, s.user_id, s.created_at, s.ended_at
        FROM auth.refresh_tokens t JOIN auth.sessions s ON s.id = t.session_id
        WHERE t.token_digest = $1
        FOR UPDATE
        """,
        _digest(token),
        float(settings.reuse_interval_s),
    )
    if row is None:
        raise AuthRefusal(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
    if row["ended_at"] is not None:
        return None
    following = await _present_again(connection, settings, row) if row["used"] else None
    if following is None and row["too_late"]:
        _log.warning("refresh token presented again, session %s ends", row["session_id"])
        await connection.execute("UPDATE auth.sessions SET ended_at = now() WHERE id = $1", row["session_id"])
        return None
    if following is None:
        # At most one token of a session is unused; what was given out before counts as used from now on.
        await connection.execute(
            "UPDATE auth.refresh_tokens SET used_at = now() WHERE session_id = $1 AND used_at IS NULL",
            row["session_id"],
        )
        following = await _new_token(connection, settings, row["session_id"], row["id"])
    await connection.execute("UPDATE auth.sessions SET refreshed_at = now() WHERE id = $1", row["session_id"])
    return Session(row["session_id"], row["user_id"], row["created_at"], following)


async def _present_again(connection: Connection, settings: Settings, used: asyncpg.Record) -> str | None:
    """The unused token that the used one was exchanged for, None if there is none."""
    row = await connection.fetchrow(
        "SELECT seed, token_digest FROM auth.refresh_tokens WHERE parent_id = $1 AND used_at IS NULL", used["id"]
    )
    if row is None:
        return None
    token = _token(settings, row["seed"])
    # After a change of the secret the present token cannot be made again.
    return token if _digest(token) == row["token_digest"] else None


async def _new_token(connection: Connection, settings: Settings, session_id: UUID, parent_id: int | None) -> str:
    seed = uuid4()
    token = _token(settings, seed)
    await connection.execute(
        "INSERT INTO auth.refresh_tokens (session_id, seed, parent_id, token_digest) VALUES ($1, $2, $3, $4)",
        session_id,
        seed,
        parent_id,
        _digest(token),
    )
    return token


def _token(settings: Settings, seed: UUID) -> str:
    made = hmac.digest(settings.jwt_secret.encode(), b"refresh token " + seed.bytes, "sha256")
    return urlsafe_b64encode(made[:_TOKEN_BYTES]).decode()


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
