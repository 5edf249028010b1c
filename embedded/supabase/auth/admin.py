"""What the service role does with any account."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
from starlette.requests import Request
from starlette.responses import JSONResponse

from embedded.supabase.auth import records, shapes
from embedded.supabase.auth.account import checked_password, merged
from embedded.supabase.auth.errors import AuthRefusal
from embedded.supabase.auth.gate import body_of, require_service_role, uuid_in
from embedded.supabase.auth.service import AuthService, service_of
from embedded.supabase.json_values import Object, as_text

_PAGE_SIZE = 50
_PAGE_SIZE_MAX = 1000
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)")
_UNIT_S = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_UNSUPPORTED = ("phone", "password_hash", "nonce", "phone_confirm")
_ROLES = ("authenticated", "anon", "service_role")


async def create(request: Request) -> JSONResponse:
    """The new user."""
    require_service_role(request)
    auth, body = service_of(request), await body_of(request)
    if not body.get("email"):
        raise AuthRefusal(400, "validation_failed", "Cannot create a user without either an email or phone")
    values = await _values(auth, body, {"provider": "email", "providers": ["email"]}, {})
    if body.get("id") is not None:
        values["id"] = _id(body["id"])
    async with auth.pool.acquire() as connection:
        return JSONResponse(shapes.user(await records.insert(connection, values)))


async def listing(request: Request) -> JSONResponse:
    """One page of users; the total is in a header."""
    require_service_role(request)
    number = _positive(request, "page", 1)
    size = min(_positive(request, "per_page", _PAGE_SIZE), _PAGE_SIZE_MAX)
    rows, total = await records.page(service_of(request).pool, number, size)
    last = max(1, -(-total // size))
    links = [f'<{request.url.path}?page={last}&per_page={size}>; rel="last"']
    if number < last:
        links.insert(0, f'<{request.url.path}?page={number + 1}&per_page={size}>; rel="next"')
    body = {"users": [shapes.user(row) for row in rows], "aud": "authenticated"}
    return JSONResponse(body, headers={"x-total-count": str(total), "link": ", ".join(links)})


async def read(request: Request) -> JSONResponse:
    """The user with this id."""
    return JSONResponse(shapes.user(await _wanted(request)))


async def change(request: Request) -> JSONResponse:
    """The user after the changes; a ban or a new password ends every session."""
    auth, row = service_of(request), await _wanted(request)
    body = await body_of(request)
    values = await _values(auth, body, row["raw_app_meta_data"], row["raw_user_meta_data"])
    async with auth.pool.acquire() as connection, connection.transaction():
        changed = await records.update(connection, row["id"], values)
        if "encrypted_password" in values or values.get("banned_until") is not None:
            await records.sign_out(connection, row["id"], only=None, keep=None)
    return JSONResponse(shapes.user(changed or row))


async def delete(request: Request) -> JSONResponse:
    """Nothing; the user is gone, or with `should_soft_delete` only nameless and locked out."""
    auth, row = service_of(request), await _wanted(request)
    soft = (await body_of(request)).get("should_soft_delete") is True
    async with auth.pool.acquire() as connection, connection.transaction():
        if soft:
            gone = {"deleted_at": datetime.now(UTC), "email": None, "encrypted_password": None}
            await records.update(connection, row["id"], {**gone, "raw_user_meta_data": {}})
            await records.sign_out(connection, row["id"], only=None, keep=None)
        else:
            await records.delete(connection, row["id"])
    return JSONResponse({})


async def _wanted(request: Request) -> asyncpg.Record:
    require_service_role(request)
    row = await records.by_id(service_of(request).pool, _id(request.path_params["user_id"]))
    if row is None:
        raise AuthRefusal(404, "user_not_found", "User not found")
    return row


async def _values(auth: AuthService, body: Object, app: Object, user: Object) -> dict[str, Any]:
    for name in _UNSUPPORTED:
        if body.get(name):
            raise AuthRefusal(501, "not_supported", f"Setting {name} is not supported by the embedded gateway")
    values: dict[str, Any] = {
        "raw_app_meta_data": merged(app, body.get("app_metadata") or {}),
        "raw_user_meta_data": merged(user, body.get("user_metadata") or body.get("data") or {}),
    }
    if body.get("email"):
        values["email"] = _email(body["email"])
    if body.get("password"):
        values["encrypted_password"] = await auth.passwords.hash(checked_password(body["password"]))
    if body.get("email_confirm"):
        values["email_confirmed_at"] = datetime.now(UTC)
    if body.get("ban_duration"):
        values["banned_until"] = _banned_until(body["ban_duration"])
    if body.get("role"):
        values["role"] = _role(body["role"])
    return values


def _role(value: object) -> str:
    if value not in _ROLES:
        raise AuthRefusal(400, "validation_failed", f"Role must be one of {', '.join(_ROLES)}")
    return str(value)


def _email(value: object) -> str:
    email = (as_text(value) or "").strip().lower()
    if not _EMAIL.fullmatch(email):
        raise AuthRefusal(400, "validation_failed", "Unable to validate email address: invalid format")
    return email


def _banned_until(value: object) -> datetime | None:
    if value == "none":
        return None
    parts = _DURATION.findall(str(value))
    if not parts or "".join(number + unit for number, unit in parts) != value:
        raise AuthRefusal(400, "validation_failed", "invalid format for ban duration")
    return datetime.now(UTC) + timedelta(seconds=sum(float(number) * _UNIT_S[unit] for number, unit in parts))


def _id(value: object) -> UUID:
    user_id = uuid_in(value)
    if user_id is None:
        raise AuthRefusal(404, "validation_failed", "user_id must be an UUID")
    return user_id


def _positive(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name) or str(default)
    if not text.isdecimal() or int(text) < 1:
        raise AuthRefusal(400, "validation_failed", f"Bad Pagination Parameters: {name}")
    return int(text)
