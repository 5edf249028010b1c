"""What all metadata commands share: reading their arguments and finding what they are about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.names import QualifiedName, qualified
from embedded.hasura.metadata.parsing import parse_error, wrong_type
from embedded.hasura.metadata.tables import Table
from embedded.hasura.metadata.tree import Metadata, Source

Arguments = dict[str, Any]


@dataclass(frozen=True)
class About:
    """The one object a command made or altered, called as lists of inconsistent objects call it."""

    name: str


@dataclass(frozen=True)
class Dropped:
    """Something is gone; with `cascade`, so shall be what depends on it."""

    cascade: bool


Command = Callable[[Metadata, Arguments], About | Dropped | None]
Model = TypeVar("Model", bound=BaseModel)


def read(model: type[Model], written: object) -> Model:
    """The arguments as a typed object.

    Raises:
        EngineError: parse-failed.
    """
    try:
        return model.model_validate(written)
    except ValidationError as error:
        raise parse_error(error, written) from None


def any_text_in(arguments: Arguments, key: str) -> str:
    """The text under `key`.

    Raises:
        EngineError: parse-failed.
    """
    if key not in arguments:
        raise EngineError("parse-failed", f"the key '{key}' was not present")
    value = arguments[key]
    if not isinstance(value, str):
        raise wrong_type("Text", "String", value, f"$.{key}")
    return value


def text_in(arguments: Arguments, key: str) -> str:
    """The text under `key`, which may not be empty.

    Raises:
        EngineError: parse-failed.
    """
    value = any_text_in(arguments, key)
    if not value:
        raise EngineError("parse-failed", "empty string not allowed", path=f"$.{key}")
    return value


def name_in(arguments: Arguments, key: str = "table") -> QualifiedName:
    """The name of a table or function under `key`.

    Raises:
        EngineError: parse-failed.
    """
    if key not in arguments:
        raise EngineError("parse-failed", f"the key '{key}' was not present")
    try:
        return qualified(arguments[key])
    except ValueError as error:
        raise EngineError("parse-failed", str(error), path=f"$.{key}") from None


def truth_in(arguments: Arguments, key: str, *, default: bool = False) -> bool:
    """The boolean under `key`; null is as good as nothing.

    Raises:
        EngineError: parse-failed.
    """
    value = arguments.get(key)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise wrong_type("Bool", "Boolean", value, f"$.{key}")
    return value


def dropped(arguments: Arguments) -> Dropped:
    """That something is gone, and whether what depends on it shall go as well."""
    return Dropped(truth_in(arguments, "cascade"))


def source_of(metadata: Metadata, arguments: Arguments) -> Source:
    """The source a command is about.

    Raises:
        EngineError: not-exists.
    """
    name = str(arguments.get("source") or "default")
    source = metadata.source(name)
    if source is None:
        raise EngineError("not-exists", f'source with name "{name}" does not exist', path="$.args")
    return source


def table_of(metadata: Metadata, arguments: Arguments, path: str = "$.args") -> Table:
    """The tracked table a command is about.

    Raises:
        EngineError: not-exists, if it is not tracked.
    """
    name = name_in(arguments)
    source = source_of(metadata, arguments)
    table = source.table(name)
    if table is None:
        message = f'table "{name.display}" does not exist in source: {source.name}'
        raise EngineError("not-exists", message, path=path)
    return table


def without_place(arguments: Arguments) -> Arguments:
    """The arguments but for those that say which table is meant."""
    return {key: value for key, value in arguments.items() if key not in {"table", "source"}}
