"""Scenarios of `seeds/`: organizations and work, ready to be sent as GraphQL input."""

from pathlib import Path
from string import Template
from typing import Any, cast

import yaml

from entrypoints.config import ROOT

SCENARIOS = ROOT / "seeds" / "scenarios"


def load(name: str, values: dict[str, str] | None = None, folder: Path = SCENARIOS) -> dict[str, Any]:
    """The scenario with `$name` replaced in every text; a text that is only `$name` becomes the value as it is.

    Raises:
        KeyError: if a value is missing.
    """
    document = yaml.safe_load((folder / f"{name}.yaml").read_text())
    return cast("dict[str, Any]", _filled(document, values or {}))


def _filled(node: Any, values: dict[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _filled(value, values) for key, value in cast("dict[str, Any]", node).items()}
    if isinstance(node, list):
        return [_filled(item, values) for item in cast("list[Any]", node)]
    return Template(node).substitute(values) if isinstance(node, str) else node
