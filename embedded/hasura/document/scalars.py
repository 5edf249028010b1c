"""Whether a JSON value fits one of GraphQL's own scalars; all other scalars take any JSON."""

import math
from decimal import Decimal
from typing import Any

from embedded.hasura.document.words import json_described, mismatch
from embedded.hasura.errors import EngineError, invalid
from embedded.hasura.schema.literals import ExactFloat

_BITS = {"Int": 31, "__limit": 31, "__offset": 63, "ID": 63}
_INTEGERS = frozenset(_BITS)
_CHECKED = _INTEGERS | {"Float", "String", "Boolean"}

# Numbers are shown as Hasura's own language shows them: in full between these, with an exponent elsewhere.
_SHOWN_IN_FULL = (Decimal("0.1"), Decimal(10_000_000))
_DIGITS_MAX = 40


def check_scalar(value: Any, scalar: str, path: str, found: str | None = None) -> None:
    """Refuse a value that is not of the scalar; null is never of it.

    `found` describes a value that was written in the document; None means it came as JSON.

    Raises:
        EngineError: validation-failed at `path`, or parse-failed for a number that is out of bounds.
    """
    if value is None:
        raise invalid(f"unexpected null value for type '{scalar}'", path)
    if scalar not in _CHECKED:
        return
    if not _kind_fits(value, scalar, written=found is not None):
        raise invalid(mismatch(scalar, found or json_described(value)), path)
    if isinstance(value, str | bool):
        return
    if scalar in _INTEGERS and not _is_integer_of(value, _BITS[scalar]):
        reason = "lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?"
        raise EngineError("parse-failed", f"The value {_shown(value)} {reason}", path=path)
    if scalar == "Float" and not _is_finite(value):
        reason = "lies outside the bounds. Is it overflowing the float bounds?"
        raise EngineError("parse-failed", f"The value {_shown(value)} {reason}", path=path)


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


def _is_integer_of(value: float, bits: int) -> bool:
    whole = isinstance(value, int) or value.is_integer()
    return whole and -(2**bits) <= value < 2**bits


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def _shown(value: float) -> str:
    exact = Decimal(value.text if isinstance(value, ExactFloat) else str(value))
    least, most = _SHOWN_IN_FULL
    if exact == 0 or least <= abs(exact) < most:
        plain = f"{exact:f}"
        return plain if "." in plain else f"{plain}.0"
    sign, digits, exponent = exact.as_tuple()
    written = "".join(map(str, digits)).rstrip("0")[:_DIGITS_MAX]
    power = len(digits) - 1 + int(exponent)
    return f"{'-' if sign else ''}{written[0]}.{written[1:] or '0'}e{power}"
