"""What is wrong with JSON that does not fit, in Hasura's words and with its paths."""

from typing import Any, cast

from pydantic import ValidationError

from embedded.hasura.errors import EngineError
from embedded.hasura.json_kind import json_kind

# pydantic's name for a complaint -> what Hasura was parsing, and the kind of JSON it wants for that.
_WANTED = {
    "string_type": ("Text", "String"),
    "bool_type": ("Bool", "Boolean"),
    "bool_parsing": ("Bool", "Boolean"),
    "int_type": ("Int", "Number"),
    "int_parsing": ("Int", "Number"),
    "int_from_float": ("Int", "Number"),
    "list_type": ("[]", "Array"),
    "dict_type": ("HashMap", "Object"),
    "model_type": ("Object", "Object"),
    "model_attributes_type": ("Object", "Object"),
}


def wrong_type(parsed: str, wanted: str, value: object, path: str) -> EngineError:
    """The error for a value that is of another kind than wanted."""
    message = f"parsing {parsed} failed, expected {wanted}, but encountered {json_kind(value)}"
    return EngineError("parse-failed", message, path=path)


def parse_error(error: ValidationError, written: object) -> EngineError:
    """The first of pydantic's complaints about `written`, as a parse-failed error."""
    first = error.errors(include_url=False)[0]
    kind, path = str(first["type"]), _path(first["loc"], written)
    if kind == "missing":
        return EngineError("parse-failed", f"the key '{first['loc'][-1]}' was not present", path=path)
    if kind == "extra_forbidden":
        owner, _, _ = path.rpartition(".")
        message = f'unexpected keys when parsing TableMetadata: ["{first["loc"][-1]}"]'
        return EngineError("parse-failed", message, path=owner)
    if kind in _WANTED:
        parsed, wanted = _WANTED[kind]
        return wrong_type(parsed, wanted, first["input"], path)
    if kind == "greater_than_equal":
        return EngineError("parse-failed", "unexpected negative value", path=path)
    if kind == "value_error":
        return EngineError("parse-failed", str(first["msg"]).removeprefix("Value error, "), path=path)
    return EngineError("parse-failed", first["msg"], path=path)


def _path(steps: tuple[int | str, ...], written: object) -> str:
    """Where in `written` a complaint is; pydantic also names the branches of unions, which are no steps."""
    path, here = "$", cast("Any", written)
    for step in steps:
        if isinstance(here, dict) and step in here:
            path, here = f"{path}.{step}", cast("Any", here)[step]
        elif isinstance(here, list) and isinstance(step, int):
            path, here = f"{path}[{step}]", cast("Any", here)[step]
    return path
