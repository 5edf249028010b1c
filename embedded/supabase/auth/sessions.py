"""Sessions and the refresh tokens that carry them on, each good for one exchange."""

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from embedded.supabase.auth.errors import AuthRefusal
from embedded.supabase.database import Connection, Pool

# A client that lost our answer, or two tabs that refresh at once, present a used token within seconds.
GRACE_S = 10
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Session:
    """A signed-in session and the refresh token to hand out now."""

    id: UUID
    user_id: UUID
    began_at: datetime
    refresh_token: str


async def begin(connection: Connection, user_id: UUID) -> Session:
    """A new session of the user."""
    (row,) = await connection.fetch("INSERT INTO auth.sessions (user_id) VALUES ($1) RETURNING id, created_at", user_id)
    return Session(row["id"], user_id, row["created_at"], await _new_token(connection, row["id"]))


async def refresh(pool: Pool, token: str) -> Session:
    """The session that `token` belongs to, with its next token.

    A token that was exchanged longer ago than the grace is taken for stolen: its session ends, for the thief and for
    the owner alike.

    Raises:
        AuthRefusal: 400, if the token is unknown or was used before.
    """
    async with pool.acquire() as connection, connection.transaction():
        session, stolen = await _exchange(connection, token)
    if stolen or session is None:
        raise AuthRefusal(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used")
    return session


async def _exchange(connection: Connection, token: str) -> tuple[Session | None, bool]:
    row = await connection.fetchrow(
        """
        SELECT t.id, t.used_at, t.used_at < now() - make_interval(secs => $2) AS reused,
               s.id AS session_id, s.user_id, s.created_at
        FROM auth.refresh_tokens t JOIN auth.sessions s ON s.id = t.session_id
        WHERE t.token_digest = $1
        FOR UPDATE
        """,
        _digest(token),
        float(GRACE_S),
    )
    if row is None:
        raise AuthRefusal(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
    if row["reused"]:
        _log.warning("refresh token presented again, session %s ends", row["session_id"])
        await connection.execute("DELETE FROM auth.sessions WHERE id = $1", row["session_id"])
        return None, True
    await connection.execute(
        "UPDATE auth.refresh_tokens SET used_at = coalesce(used_at, now()) WHERE id = $1", row["id"]
    )
    await connection.execute("UPDATE auth.sessions SET refreshed_at = now() WHERE id = $1", row["session_id"])
    following = await _new_token(connection, row["session_id"])
    return Session(row["session_id"], row["user_id"], row["created_at"], following), False


async def _new_token(connection: Connection, session_id: UUID) -> str:
    token = secrets.token_urlsafe(24)
    await connection.execute(
        "INSERT INTO auth.refresh_tokens (session_id, token_digest) VALUES ($1, $2)", session_id, _digest(token)
    )
    return token


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
