"""What users do with their own account."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from embedded.supabase.auth import records, shapes
from embedded.supabase.auth.errors import AuthRefusal
from embedded.supabase.auth.gate import Caller, body_of, caller_of
from embedded.supabase.auth.service import AuthService, service_of
from embedded.supabase.json_values import Object, as_object, as_text

PASSWORD_MIN = 6
PASSWORD_MAX = 4096


async def read(request: Request) -> JSONResponse:
    """The caller's user."""
    return JSONResponse(shapes.user((await caller_of(request)).row))


async def change(request: Request) -> JSONResponse:
    """The caller's user after merging `data` and setting `password`; a new password ends the other sessions."""
    auth, caller, body = service_of(request), await caller_of(request), await body_of(request)
    if body.get("phone") or as_text(body.get("email") or caller.row["email"]) != caller.row["email"]:
        message = "Changing the email address or phone is not supported by the embedded gateway"
        raise AuthRefusal(501, "not_supported", message)
    values: dict[str, Any] = {}
    if body.get("data") is not None:
        values["raw_user_meta_data"] = merged(caller.row["raw_user_meta_data"], body["data"])
    if body.get("password") is not None:
        values["encrypted_password"] = await _new_password(auth, caller, body)
    async with auth.pool.acquire() as connection, connection.transaction():
        row = await records.update(connection, caller.user_id, values)
        if "encrypted_password" in values:
            await records.sign_out(connection, caller.user_id, only=None, keep=caller.session_id)
    return JSONResponse(shapes.user(row or caller.row))


async def logout(request: Request) -> Response:
    """Nothing; the caller's sessions in `scope` are over."""
    auth, caller = service_of(request), await caller_of(request)
    scope = request.query_params.get("scope", "global")
    match scope:
        case "global":
            await records.sign_out(auth.pool, caller.user_id, only=None, keep=None)
        case "local" if caller.session_id is not None:
            await records.sign_out(auth.pool, caller.user_id, only=caller.session_id, keep=None)
        case "others" if caller.session_id is not None:
            await records.sign_out(auth.pool, caller.user_id, only=None, keep=caller.session_id)
        case _:
            raise AuthRefusal(400, "validation_failed", f'Unsupported logout scope "{scope}"')
    return Response(status_code=204)


def merged(before: Object, changes: object) -> Object:
    """Metadata after `changes`: keys are added or replaced, and null takes a key away.

    Raises:
        AuthRefusal: 400, if `changes` is no object.
    """
    new = as_object(changes)
    if new is None:
        raise AuthRefusal(400, "validation_failed", "Metadata must be a JSON object")
    return {name: value for name, value in {**before, **new}.items() if value is not None}


def checked_password(value: object) -> str:
    """A password that may be set.

    Raises:
        AuthRefusal: 422, if it is too short or too long.
    """
    password = as_text(value) or ""
    if len(password) < PASSWORD_MIN:
        message = f"Password should be at least {PASSWORD_MIN} characters."
        raise AuthRefusal(422, "weak_password", message, {"weak_password": {"reasons": ["length"]}})
    if len(password) > PASSWORD_MAX:
        raise AuthRefusal(422, "validation_failed", f"Password cannot be longer than {PASSWORD_MAX} characters")
    return password


async def _new_password(auth: AuthService, caller: Caller, body: Object) -> str:
    password, hashed = checked_password(body["password"]), caller.row["encrypted_password"]
    current = as_text(body.get("current_password"))
    if current is not None and not await auth.passwords.matches(hashed, current):
        raise AuthRefusal(400, "current_password_mismatch", "Current password is incorrect")
    if await auth.passwords.matches(hashed, password):
        raise AuthRefusal(422, "same_password", "New password should be different from the old password.")
    return await auth.passwords.hash(password)
