"""Whether a JSON value fits one of GraphQL's own scalars, or else the Postgres type of that name."""

import math
from typing import Any

from embedded.hasura.document.postgres_scalars import (
    check_postgres_scalar,
    is_integer_of,
    not_an_integer,
    shown_number,
)
from embedded.hasura.document.words import json_described, mismatch
from embedded.hasura.errors import EngineError, invalid

_BITS = {"Int": 31, "__limit": 31, "__offset": 63, "ID": 63}
_INTEGERS = frozenset(_BITS)
_CHECKED = _INTEGERS | {"Float", "String", "Boolean"}


def check_scalar(value: Any, scalar: str, path: str, found: str | None = None) -> None:
    """Refuse a value that is not of the scalar; null is never of it.

    `found` describes a value that was written in the document; None means it came as JSON.

    Raises:
        EngineError: validation-failed at `path`, or parse-failed for a number that is out of bounds.
    """
    if value is None:
        raise invalid(f"unexpected null value for type '{scalar}'", path)
    if scalar not in _CHECKED:
        check_postgres_scalar(value, scalar, path)
        return
    if not _kind_fits(value, scalar, written=found is not None):
        raise invalid(mismatch(scalar, found or json_described(value)), path)
    if isinstance(value, str | bool):
        return
    if scalar in _INTEGERS and not is_integer_of(value, _BITS[scalar]):
        raise not_an_integer(value, path)
    if scalar == "Float" and not _is_finite(value):
        reason = "lies outside the bounds. Is it overflowing the float bounds?"
        raise EngineError("parse-failed", f"The value {shown_number(value)} {reason}", path=path)


def _kind_fits(value: Any, scalar: str, *, written: bool) -> bool:
    if isinstance(value, bool):
        return scalar == "Boolean"
    if isinstance(value, str):
        return scalar in {"String", "ID"} or (scalar == "__offset" and value.isascii() and value.isdigit())
    if not isinstance(value, int | float):
        return False
    if scalar == "Float":
        return True
    if scalar not in _INTEGERS or (written and isinstance(value, float)):
        return False
    return scalar != "__limit" or value >= 0


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False
