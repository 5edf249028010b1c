"""A user's row as Auth's clients read it."""

from datetime import datetime
from typing import Any

import asyncpg

from embedded.supabase.json_values import Object


def user(row: asyncpg.Record) -> Object:
    """The user object of every answer; the password's hash is never part of it."""
    user_id, email = str(row["id"]), row["email"] or ""
    confirmed_at = _time(row["email_confirmed_at"])
    shape: Object = {
        "id": user_id,
        "aud": row["aud"],
        "role": row["role"],
        "email": email,
        "email_confirmed_at": confirmed_at,
        "phone": "",
        "confirmed_at": confirmed_at,
        "last_sign_in_at": _time(row["last_sign_in_at"]),
        "app_metadata": row["raw_app_meta_data"],
        "user_metadata": row["raw_user_meta_data"],
        "identities": [_email_identity(row, user_id, email)],
        "created_at": _time(row["created_at"]),
        "updated_at": _time(row["updated_at"]),
        "banned_until": _time(row["banned_until"]),
        "deleted_at": _time(row["deleted_at"]),
        "is_anonymous": False,
    }
    return {name: value for name, value in shape.items() if value is not None}


def _email_identity(row: asyncpg.Record, user_id: str, email: str) -> dict[str, Any]:
    verified = row["email_confirmed_at"] is not None
    return {
        # Auth keeps identities in a table of their own; with e-mail as the only provider there is one per user.
        "identity_id": user_id,
        "id": user_id,
        "user_id": user_id,
        "identity_data": {"email": email, "email_verified": verified, "phone_verified": False, "sub": user_id},
        "provider": "email",
        "email": email,
        "last_sign_in_at": _time(row["last_sign_in_at"]),
        "created_at": _time(row["created_at"]),
        "updated_at": _time(row["updated_at"]),
    }


def _time(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat().replace("+00:00", "Z")
