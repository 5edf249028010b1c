"""Typed looks at JSON that came from outside."""

import json
from typing import Any, cast

Object = dict[str, Any]


def as_object(value: object) -> Object | None:
    """`value` if it is a JSON object, else None."""
    return cast("Object", value) if isinstance(value, dict) else None


def as_list(value: object) -> list[Any] | None:
    """`value` if it is a JSON array, else None."""
    return cast("list[Any]", value) if isinstance(value, list) else None


def as_text(value: object) -> str | None:
    """`value` if it is a string, else None."""
    return value if isinstance(value, str) else None


def parse(text: str | bytes) -> Any:
    """The JSON value in `text`.

    Raises:
        ValueError: if it is not JSON; NaN, Infinity and nesting beyond reason are not.
    """
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def compact(value: object) -> str:
    """`value` as JSON without spaces, in ASCII."""
    return json.dumps(value, separators=(",", ":"))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
