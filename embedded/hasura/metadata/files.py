"""Load a metadata folder (config v3), following its includes."""

from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import ValidationError

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.action_sdl import joined_actions
from embedded.hasura.metadata.declared_twice import refuse_declared_twice
from embedded.hasura.metadata.parsing import parse_error
from embedded.hasura.metadata.tree import Metadata

_INCLUDE = "!include "

# File name -> key of the exported metadata. A file that is not there means the part is empty.
_PARTS = {
    "remote_schemas.yaml": "remote_schemas",
    "query_collections.yaml": "query_collections",
    "allow_list.yaml": "allowlist",
    "cron_triggers.yaml": "cron_triggers",
    "rest_endpoints.yaml": "rest_endpoints",
    "api_limits.yaml": "api_limits",
    "network.yaml": "network",
    "metrics_config.yaml": "metrics_config",
    "inherited_roles.yaml": "inherited_roles",
    "graphql_schema_introspection.yaml": "graphql_schema_introspection",
    "opentelemetry.yaml": "opentelemetry",
    "backend_configs.yaml": "backend_configs",
}


def load_folder(folder: Path) -> Metadata:
    """The metadata that a v3 folder holds; an empty or missing folder is empty metadata.

    Raises:
        EngineError: parse-failed, naming the place, if a file is not what it should be.
    """
    written: dict[str, Any] = {"version": 3}
    written["sources"] = _load(folder / "databases" / "databases.yaml") or []
    for file, key in _PARTS.items():
        part = _load(folder / file)
        if part:
            written[key] = part
    sdl = folder / "actions.graphql"
    text = sdl.read_text(encoding="utf-8") if sdl.exists() else ""
    written.update(joined_actions(text, _load(folder / "actions.yaml") or {}))
    return parse_metadata(written)


def parse_metadata(written: object) -> Metadata:
    """The typed form of metadata in its JSON form.

    Raises:
        EngineError: parse-failed at the first thing that does not fit.
    """
    try:
        metadata = Metadata.model_validate(written)
    except ValidationError as error:
        raise parse_error(error, written) from None
    refuse_declared_twice(metadata)
    return metadata


class _Tagged(yaml.SafeLoader):
    """A loader that knows the `!include` tag; the tag becomes the string form."""


def _tag(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return _INCLUDE + str(loader.construct_scalar(node))


_Tagged.add_constructor("!include", _tag)


def _load(path: Path) -> Any:
    if not path.exists():
        return None
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _Tagged)  # noqa: S506  - a safe loader, with one tag more
    except yaml.YAMLError as error:
        raise EngineError("parse-failed", f"{path.name}: {error}") from None
    return _resolve(content, path.parent)


def _resolve(content: Any, folder: Path) -> Any:
    """The content with every include replaced; paths are relative to the file that holds the include."""
    match content:
        case str() if content.startswith(_INCLUDE):
            path = folder / content.removeprefix(_INCLUDE).strip().strip('"')
            if not path.exists():
                raise EngineError("parse-failed", f"included file does not exist: {path}")
            return _load(path)
        case list():
            return [_resolve(item, folder) for item in cast("list[Any]", content)]
        case dict():
            return {str(key): _resolve(value, folder) for key, value in cast("dict[Any, Any]", content).items()}
        case _:
            return content
