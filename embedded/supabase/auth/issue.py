"""The access token of a session."""

import time

import asyncpg

from embedded.supabase import tokens
from embedded.supabase.auth import shapes
from embedded.supabase.auth.service import AuthService
from embedded.supabase.auth.sessions import Session
from embedded.supabase.json_values import Object


async def token_answer(auth: AuthService, row: asyncpg.Record, session: Session, method: str) -> Object:
    """The body of a successful `/token`: both tokens and the user.

    Raises:
        AuthRefusal: as the hook asks for it.
    """
    claims = _claims(auth, row, session)
    if auth.hook is not None:
        claims = await auth.hook.claims(auth.pool, str(row["id"]), method, claims)
    return {
        "access_token": tokens.sign(auth.settings.jwt_secret, claims),
        "token_type": "bearer",
        "expires_in": auth.settings.token_ttl_s,
        "expires_at": claims["exp"],
        "refresh_token": session.refresh_token,
        "user": shapes.user(row),
    }


def _claims(auth: AuthService, row: asyncpg.Record, session: Session) -> Object:
    now = int(time.time())
    return {
        "iss": auth.settings.issuer,
        "sub": str(row["id"]),
        "aud": row["aud"],
        "exp": now + auth.settings.token_ttl_s,
        "iat": now,
        "email": row["email"] or "",
        "phone": "",
        "app_metadata": row["raw_app_meta_data"],
        "user_metadata": row["raw_user_meta_data"],
        "role": row["role"],
        "aal": "aal1",
        "amr": [{"method": "password", "timestamp": int(session.began_at.timestamp())}],
        "session_id": str(session.id),
        "is_anonymous": False,
    }
