"""Who may pass: the project's API key at the door, the bearer's token inside."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from embedded.supabase import tokens
from embedded.supabase.auth import records
from embedded.supabase.auth.errors import AuthRefusal
from embedded.supabase.auth.service import service_of
from embedded.supabase.json_values import Object, as_object, parse

_OPEN_SUFFIX = "/.well-known/jwks.json"
_BODY_MAX_BYTES = 1_000_000
_KEY_ROLES = ("anon", "service_role")


class ApiKeyGate:
    """Lets requests with one of the project's keys through, like the API gateway in front of Supabase."""

    def __init__(self, app: ASGIApp, keys: frozenset[str], secret: str) -> None:
        self._app = app
        self._keys = keys
        self._secret = secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 401."""
        if scope["type"] == "http" and not scope["path"].endswith(_OPEN_SUFFIX):
            request = Request(scope)
            key = request.headers.get("apikey") or QueryParams(scope["query_string"]).get("apikey")
            if key not in self._keys and not self._is_project_key(key):
                await _refusal(key)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _is_project_key(self, key: str | None) -> bool:
        """Whether it is a key of the project under another date: signed with its secret, and nobody's own token."""
        try:
            claims = tokens.verify(self._secret, key or "")
        except tokens.TokenError:
            return False
        return claims["role"] in _KEY_ROLES and "sub" not in claims


@dataclass(frozen=True)
class Caller:
    """The signed-in user of a request; `session_id` None means a token that no session backs."""

    row: asyncpg.Record
    user_id: UUID
    session_id: UUID | None


async def caller_of(request: Request) -> Caller:
    """The user whose token the request carries.

    Raises:
        AuthRefusal: 401 or 403, if there is no such token, session or user.
    """
    auth, claims = service_of(request), bearer_claims(request)
    user_id, session_id = uuid_in(claims.get("sub")), uuid_in(claims.get("session_id"))
    if user_id is None:
        raise AuthRefusal(403, "bad_jwt", "invalid claim: missing sub claim")
    row = await records.by_id(auth.pool, user_id)
    if row is None or row["deleted_at"] is not None:
        raise AuthRefusal(403, "user_not_found", "User from sub claim in JWT does not exist")
    if session_id is not None and not await records.session_exists(auth.pool, session_id):
        raise AuthRefusal(403, "session_not_found", "Session from session_id claim in JWT does not exist")
    return Caller(row, user_id, session_id)


def require_service_role(request: Request) -> None:
    """Let only the service role pass.

    Raises:
        AuthRefusal: 401 or 403, if the bearer is somebody else.
    """
    if bearer_claims(request).get("role") != "service_role":
        raise AuthRefusal(403, "not_admin", "User not allowed")


def bearer_claims(request: Request) -> Object:
    """The claims of the bearer token.

    Raises:
        AuthRefusal: 401 without a token, 403 with one that does not hold.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise AuthRefusal(401, "no_authorization", "This endpoint requires a valid Bearer token")
    try:
        return tokens.verify(service_of(request).settings.jwt_secret, token)
    except tokens.TokenError as error:
        message = f"invalid JWT: unable to parse or verify signature, {error.message}"
        raise AuthRefusal(403, "bad_jwt", message) from error


async def body_of(request: Request) -> Object:
    """The JSON object in the request; no body is an empty one.

    Raises:
        AuthRefusal: 400, if it is something else; 413, if it is too large.
    """
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > _BODY_MAX_BYTES:
            raise AuthRefusal(413, "validation_failed", "Request body is too large")
    try:
        body = as_object(parse(bytes(raw))) if raw else {}
    except ValueError:
        body = None
    if body is None:
        raise AuthRefusal(400, "bad_json", "Could not parse request body as JSON")
    return body


def uuid_in(value: object) -> UUID | None:
    """The UUID that `value` spells, or None."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _refusal(key: str | None) -> JSONResponse:
    if not key:
        message, hint = "No API key found in request", "No `apikey` request header or url param was found."
    else:
        message = "Invalid API key"
        hint = "Double check your Supabase `anon` or `service_role` API key."
    return JSONResponse({"message": message, "hint": hint}, 401)
