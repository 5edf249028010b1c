"""Whether a JSON value fits one of GraphQL's own scalars; all other scalars take any JSON."""

from typing import Any

from embedded.hasura.document.words import json_described, mismatch
from embedded.hasura.errors import invalid

_INT_MIN, _INT_MAX, _BIGINT_MAX = -(2**31), 2**31 - 1, 2**63 - 1

_CHECKED = {"Int", "Float", "String", "Boolean", "__limit", "__offset"}


def check_scalar(value: Any, scalar: str, path: str) -> None:
    """Refuse a value that is not of the scalar; null is never of it.

    Raises:
        EngineError: validation-failed at `path`.
    """
    if value is None:
        raise invalid(f"unexpected null value for type '{scalar}'", path)
    if scalar in _CHECKED and not _fits(value, scalar):
        raise invalid(mismatch(scalar, json_described(value)), path)


def _fits(value: Any, scalar: str) -> bool:
    match scalar:
        case "Int":
            whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
            return whole and not isinstance(value, bool) and _INT_MIN <= value <= _INT_MAX
        case "__limit":
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _INT_MAX
        case "__offset":
            digits = isinstance(value, str) and value.isdecimal()
            return digits or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _BIGINT_MAX)
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "String":
            return isinstance(value, str)
        case _:
            return isinstance(value, bool)
