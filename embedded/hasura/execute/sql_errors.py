"""Postgres' errors in Hasura's codes and words."""

from typing import Any

import asyncpg

from embedded.hasura.errors import EngineError

_CONSTRAINTS = {
    "23505": ("constraint-violation", "Uniqueness violation. "),
    "23503": ("constraint-violation", "Foreign key violation. "),
    "23502": ("constraint-violation", "Not-NULL violation. "),
    "23001": ("constraint-violation", "Can not delete or update due to data being referred. "),
    "23P01": ("constraint-violation", "Exclusion violation. "),
    # A CHECK of the table counts as a permission, other than all constraints.
    "23514": ("permission-error", "Check constraint violation. "),
}


# A LIKE pattern that ends in its escape character is the request's fault as a whole, not the field's.
_BAD_ESCAPE = "22025"

# The engine's own SQL is well-formed, so what Postgres cannot parse is a value: of ltree, lquery or a text query.
_BAD_SYNTAX = "42601"


def translated(error: asyncpg.PostgresError, path: str = "$", internal: dict[str, Any] | None = None) -> EngineError:
    """The error of a GraphQL field."""
    state = str(error.sqlstate or "")
    message = str(error.args[0]) if error.args else str(error)
    if state.startswith("23"):
        code, prefix = _CONSTRAINTS.get(state, ("constraint-violation", ""))
        return EngineError(code, prefix + message, path=path)
    if state == _BAD_ESCAPE:
        return EngineError("bad-request", message)
    if state.startswith("22") or state == _BAD_SYNTAX:
        return EngineError("data-exception", message, path=path)
    if state == "40001":
        return EngineError("concurrent-update", "serialization failure due to concurrent update", path=path)
    if state == "42501":
        return EngineError("permission-error", message, path=path)
    if state == "57014":
        return EngineError("timeout", "the query was cancelled because it took too long", path=path, status=504)
    details: dict[str, Any] = {"error": described(error), **(internal or {})}
    return EngineError("postgres-error", "database query error", path=path, internal=details)


def described(error: asyncpg.PostgresError) -> dict[str, Any]:
    """Postgres' own account of an error."""
    return {
        "exec_status": "FatalError",
        "hint": getattr(error, "hint", None),
        "message": str(error.args[0]) if error.args else str(error),
        "status_code": str(error.sqlstate or ""),
        "description": getattr(error, "detail", None),
    }
