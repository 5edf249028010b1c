"""What all metadata commands share: reading their arguments and finding what they are about."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.files import parse_error
from embedded.hasura.metadata.names import QualifiedName, qualified
from embedded.hasura.metadata.tables import Table
from embedded.hasura.metadata.tree import Metadata, Source

Arguments = dict[str, Any]
Command = Callable[[Metadata, Arguments], None]
Model = TypeVar("Model", bound=BaseModel)


def read(model: type[Model], written: object) -> Model:
    """The arguments as a typed object.

    Raises:
        EngineError: parse-failed.
    """
    try:
        return model.model_validate(written)
    except ValidationError as error:
        raise parse_error(error, "$.args") from None


def name_in(arguments: Arguments, key: str = "table") -> QualifiedName:
    """The name of a table or function under `key`.

    Raises:
        EngineError: parse-failed.
    """
    if key not in arguments:
        raise EngineError("parse-failed", f"the key '{key}' was not present", path="$.args")
    try:
        return qualified(arguments[key])
    except ValueError as error:
        raise EngineError("parse-failed", str(error), path=f"$.args.{key}") from None


def source_of(metadata: Metadata, arguments: Arguments) -> Source:
    """The source a command is about.

    Raises:
        EngineError: not-exists.
    """
    name = str(arguments.get("source", "default"))
    source = metadata.source(name)
    if source is None:
        raise EngineError("not-exists", f'source with name "{name}" does not exist', path="$.args")
    return source


def table_of(metadata: Metadata, arguments: Arguments) -> Table:
    """The tracked table a command is about.

    Raises:
        EngineError: not-exists, if it is not tracked.
    """
    name = name_in(arguments)
    table = source_of(metadata, arguments).table(name)
    if table is None:
        raise EngineError("not-exists", f'table "{name.display}" does not exist', path="$.args.table")
    return table
