"""`/token`: a password or a refresh token for an access token."""

from datetime import UTC, datetime

import asyncpg
from starlette.requests import Request
from starlette.responses import JSONResponse

from embedded.supabase.auth import records, sessions
from embedded.supabase.auth.errors import AuthRefusal
from embedded.supabase.auth.gate import body_of
from embedded.supabase.auth.issue import token_answer
from embedded.supabase.auth.service import AuthService, service_of
from embedded.supabase.json_values import Object, as_text

_PASSWORD_MAX = 4096


async def token(request: Request) -> JSONResponse:
    """An access token and a refresh token."""
    grant = request.query_params.get("grant_type")
    address = request.client.host if request.client else ""
    auth = service_of(request)
    auth.limit.called(address)
    body = await body_of(request)
    match grant:
        case "password":
            answer = await _by_password(auth, body, address)
        case "refresh_token":
            answer = await _by_refresh_token(auth, body)
        case "id_token" | "pkce" | "web3":
            raise AuthRefusal(501, "not_supported", f"Grant {grant} is not supported by the embedded gateway")
        case _:
            raise AuthRefusal(400, "invalid_credentials", "unsupported_grant_type")
    return JSONResponse(answer, headers={"cache-control": "no-store"})


async def _by_password(auth: AuthService, body: Object, address: str) -> Object:
    email, password = as_text(body.get("email")), as_text(body.get("password"))
    if body.get("phone"):
        raise AuthRefusal(400, "phone_provider_disabled", "Phone logins are disabled")
    if not email or not password or len(password) > _PASSWORD_MAX:
        raise AuthRefusal(400, "validation_failed", "missing email or phone")
    auth.limit.attempt(address, email)
    row = await records.by_email(auth.pool, email)
    hashed: str | None = None if row is None else row["encrypted_password"]
    if not await auth.passwords.matches(hashed, password) or row is None:
        raise _wrong()
    auth.limit.succeeded(address, email)
    _check_admitted(row)
    async with auth.pool.acquire() as connection, connection.transaction():
        session = await sessions.begin(connection, auth.settings, row["id"])
        row = await records.update(connection, row["id"], {"last_sign_in_at": datetime.now(UTC)})
    if row is None:
        raise _wrong()
    return await token_answer(auth, row, session, "password")


async def _by_refresh_token(auth: AuthService, body: Object) -> Object:
    presented = as_text(body.get("refresh_token"))
    if not presented:
        raise AuthRefusal(400, "validation_failed", "refresh_token required")
    session = await sessions.refresh(auth.pool, auth.settings, presented)
    row = await records.by_id(auth.pool, session.user_id)
    if row is None:
        raise AuthRefusal(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
    _check_admitted(row)
    return await token_answer(auth, row, session, "token_refresh")


def _wrong() -> AuthRefusal:
    return AuthRefusal(400, "invalid_credentials", "Invalid login credentials")


def _check_admitted(row: asyncpg.Record) -> None:
    # Said only to someone who proved to be the owner, so that nobody learns which accounts exist.
    if row["deleted_at"] is not None:
        raise _wrong()
    if records.is_banned(row, datetime.now(UTC)):
        raise AuthRefusal(400, "user_banned", "User is banned")
    if row["email_confirmed_at"] is None:
        raise AuthRefusal(400, "email_not_confirmed", "Email not confirmed")
