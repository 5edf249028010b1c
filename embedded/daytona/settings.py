"""What the service is told when it starts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, cast

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one sandbox may use, unless its creation asks for other resources."""

    memory_mib: int = 2048
    processes: int = 256
    disk_mib: int = 2048
    output_bytes: int = 8 * MEBIBYTE
    file_bytes: int = 1024 * MEBIBYTE
    cpus: int = 1


@dataclass(frozen=True)
class Settings:
    """Address, key, folders and limits of one service."""

    api_key: str
    host: str
    port: int
    data_dir: Path
    tools: tuple[Path, ...]
    limits: Limits


def parse(environment: Mapping[str, str]) -> Settings:
    """The settings that the environment spells.

    Raises:
        ValueError: naming the variable that is missing or wrong.
    """
    for name in ("DAYTONA_API_KEY", "PORT", "DATA_DIR"):
        if not environment.get(name):
            raise ValueError(f"{name} must be set")
    tools = tuple(Path(part).absolute() for part in environment.get("SANDBOX_TOOLS", "").split(":") if part)
    for folder in tools:
        if not folder.is_dir():
            raise ValueError(f"SANDBOX_TOOLS: {folder} is not a folder")
    return Settings(
        api_key=environment["DAYTONA_API_KEY"],
        host=environment.get("HOST", "127.0.0.1"),
        port=int(environment["PORT"]),
        data_dir=Path(environment["DATA_DIR"]).absolute(),
        tools=tools,
        limits=parse_limits(environment.get("SANDBOX_LIMITS", "")),
    )


def parse_limits(text: str) -> Limits:
    """The limits in a JSON object, defaults for the absent ones.

    Raises:
        ValueError: if a name is unknown or a value is not a positive whole number.
    """
    given: Any = json.loads(text) if text else {}
    if not isinstance(given, dict):
        raise ValueError("SANDBOX_LIMITS must be a JSON object")  # noqa: TRY004  - a wrong setting like the others
    known = {field.name for field in fields(Limits)}
    limits = cast("dict[str, Any]", given)
    for name, value in limits.items():
        if name not in known:
            raise ValueError(f"SANDBOX_LIMITS: unknown limit {name}; known are {', '.join(sorted(known))}")
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ValueError(f"SANDBOX_LIMITS: {name} must be a positive whole number")
    return Limits(**limits)
