"""Whether a JSON value can be one of a Postgres type at all, as Hasura asks before Postgres is asked.

A string is left to Postgres, whatever the type; only paths of labels are looked at more closely.
"""

import math
from decimal import Decimal
from typing import Any

from embedded.hasura.errors import EngineError
from embedded.hasura.schema.literals import ExactFloat
from embedded.hasura.schema.names import POSTGRES_SCALARS

_LTREE = "Expecting label path: a sequence of zero or more labels separated by dots, for example L1.L2.L3"

_INTEGERS = {"smallint": ("PGSmallInt", 15), "bigint": ("PGBigInt", 63)}
_DECIMALS = {"numeric", "money"}
_OPEN = {"json", "jsonb", "geometry", "geography"}

# What Hasura calls the kind of string it looks for.
_STRINGS = {
    "uuid": "UUID", "bpchar": "Char", "citext": "Text", "lquery": "Text", "ltxtquery": "Text", "date": "Day",
    "timestamp": "LocalTime", "timestamptz": "UTCTime", "timetz": "ZonedTimeOfDay",
}  # fmt: skip

# Numbers are shown as Hasura's own language shows them: in full between these, with an exponent elsewhere.
_SHOWN_IN_FULL = (Decimal("0.1"), Decimal(10_000_000))
_DIGITS_MAX = 40


def check_postgres_scalar(value: Any, scalar: str, path: str) -> None:
    """Refuse a value that no text of the type stands for.

    Raises:
        EngineError: parse-failed at `path`.
    """
    if scalar == "ltree":
        if not isinstance(value, str) or "" in value.split("."):
            raise EngineError("parse-failed", _LTREE, path=path)
        return
    if isinstance(value, str) or scalar not in POSTGRES_SCALARS or scalar in _OPEN:
        return
    if scalar in _INTEGERS:
        shown, bits = _INTEGERS[scalar]
        number = _number(value, f"Integer expected for input type: {shown}", path)
        if not is_integer_of(number, bits):
            raise not_an_integer(number, path)
    elif scalar == "float8":
        _number(value, "Float expected for input type: PGDouble", path)
    elif scalar in _DECIMALS:
        _number(value, "Scientific", path)
    elif scalar in _STRINGS:
        raise _mismatch(value, _STRINGS[scalar], "String", path)
    else:
        raise EngineError("parse-failed", f"A string is expected for type: {scalar}", path=path)


def is_integer_of(value: float, bits: int) -> bool:
    """Whether a number is a signed integer of so many bits, not counting its sign."""
    whole = isinstance(value, int) or (math.isfinite(value) and value.is_integer())
    return whole and -(2**bits) <= value < 2**bits


def not_an_integer(value: float, path: str) -> EngineError:
    """The error of a number that is no integer of its type."""
    reason = "lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?"
    return EngineError("parse-failed", f"The value {shown_number(value)} {reason}", path=path)


def shown_number(value: float) -> str:
    """A number as messages show it."""
    exact = Decimal(value.text if isinstance(value, ExactFloat) else str(value))
    least, most = _SHOWN_IN_FULL
    if exact == 0 or least <= abs(exact) < most:
        plain = f"{exact:f}"
        return plain if "." in plain else f"{plain}.0"
    sign, digits, exponent = exact.as_tuple()
    written = "".join(map(str, digits)).rstrip("0")[:_DIGITS_MAX]
    power = len(digits) - 1 + int(exponent)
    return f"{'-' if sign else ''}{written[0]}.{written[1:] or '0'}e{power}"


def _number(value: Any, what: str, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _mismatch(value, what, "Number", path)
    return value


def _mismatch(value: Any, what: str, expected: str, path: str) -> EngineError:
    match value:
        case bool():
            found = "Boolean"
        case list():
            found = "Array"
        case dict():
            found = "Object"
        case _:
            found = "Number"
    return EngineError(
        "parse-failed", f"parsing {what} failed, expected {expected}, but encountered {found}", path=path
    )
