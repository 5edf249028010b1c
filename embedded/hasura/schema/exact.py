"""JSON whose numbers stay as they were written: `1.50` is not `1.5`, and long fractions lose nothing."""

import json
from json.encoder import encode_basestring  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType]  - it is there, the stubs leave it out
from typing import Any, cast

from embedded.hasura.schema.literals import ExactFloat


def _no_number(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


# Made once: json.loads with an option of its own makes a decoder for every call.
_DECODER = json.JSONDecoder(parse_float=ExactFloat, parse_constant=_no_number)

_string = cast("Any", encode_basestring)


def read_json(text: str) -> Any:
    """The value a JSON text holds; floats remember how they were written.

    Raises:
        ValueError: if it is no JSON.
        RecursionError: if it is nested too deeply.
    """
    value = _DECODER.decode(text)
    if "\\ud" in text or "\\uD" in text:
        # Half of a surrogate pair can be read, and then written nowhere.
        exact_json(value).encode()
    return value


def exact_json(value: Any) -> str:
    """The JSON text of a value that `read_json` (or a request) brought.

    Raises:
        RecursionError: if it is nested too deeply.
    """
    match value:
        case str():
            return _string(value)
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case ExactFloat():
            return value.text
        case dict():
            members = [f"{_string(key)}:{exact_json(item)}" for key, item in cast("dict[str, Any]", value).items()]
            return "{" + ",".join(members) + "}"
        case list():
            return "[" + ",".join([exact_json(item) for item in cast("list[Any]", value)]) + "]"
        case _:
            return json.dumps(value)
