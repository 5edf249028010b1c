"""How the engine is set up, read from variables named like Hasura's own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

_PREFIX = "HASURA_GRAPHQL_"


class WrongSettingError(Exception):
    """A variable whose value makes no sense."""


@dataclass(frozen=True)
class Limits:
    """Bounds on what one client can ask for."""

    body_bytes_max: int = 4 * 1024 * 1024
    depth_max: int = 30
    batch_max: int = 50
    timeout_ms: int = 30_000


@dataclass(frozen=True)
class Settings:
    """Everything the engine is told at its start."""

    database_url: str
    admin_secret: str | None = None
    jwt: dict[str, Any] | None = None
    unauthorized_role: str | None = None
    metadata_dir: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8080
    dev_mode: bool = False
    admin_internal_errors: bool = True
    cors_domain: str = "*"
    cors_disabled: bool = False
    connections_max: int = 20
    numbers_as_text: bool = False
    limits: Limits = field(default_factory=Limits)
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings that the environment holds.

    Raises:
        WrongSettingError: naming the variable that is missing or wrong.
    """
    read = _Reader(environment)
    secret = read.text("ADMIN_SECRET") or read.text("ACCESS_KEY")
    jwt = read.json("JWT_SECRET")
    role = read.text("UNAUTHORIZED_ROLE")
    if secret is None and (jwt is not None or role is not None):
        raise WrongSettingError("HASURA_GRAPHQL_JWT_SECRET and …_UNAUTHORIZED_ROLE need HASURA_GRAPHQL_ADMIN_SECRET")
    url = read.text("DATABASE_URL")
    if url is None:
        raise WrongSettingError("HASURA_GRAPHQL_DATABASE_URL is not set")
    folder = read.text("METADATA_DIR")
    return Settings(
        database_url=url,
        admin_secret=secret,
        jwt=jwt,
        unauthorized_role=role,
        metadata_dir=Path(folder) if folder else None,
        host=read.text("SERVER_HOST") or "127.0.0.1",
        port=read.number("SERVER_PORT", 8080),
        dev_mode=read.truth("DEV_MODE", default=False),
        admin_internal_errors=read.truth("ADMIN_INTERNAL_ERRORS", default=True),
        cors_domain=read.text("CORS_DOMAIN") or "*",
        cors_disabled=read.truth("DISABLE_CORS", default=False),
        numbers_as_text=read.truth("STRINGIFY_NUMERIC_TYPES", default=False),
        connections_max=read.number("PG_CONNECTIONS", 20),
        limits=Limits(
            body_bytes_max=read.number("LIMIT_BODY_BYTES", Limits.body_bytes_max),
            depth_max=read.number("LIMIT_DEPTH", Limits.depth_max),
            batch_max=read.number("LIMIT_BATCH", Limits.batch_max),
            timeout_ms=read.number("LIMIT_TIMEOUT_MS", Limits.timeout_ms),
        ),
        environment=environment,
    )


class _Reader:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def text(self, name: str) -> str | None:
        return self._environment.get(_PREFIX + name) or None

    def number(self, name: str, default: int) -> int:
        written = self.text(name)
        if written is None:
            return default
        if not written.isdecimal():
            raise WrongSettingError(f"{_PREFIX}{name} is no whole number: {written}")
        return int(written)

    def truth(self, name: str, *, default: bool) -> bool:
        written = (self.text(name) or "").lower()
        if not written:
            return default
        if written not in {"true", "false", "t", "f", "yes", "no", "1", "0"}:
            raise WrongSettingError(f"{_PREFIX}{name} is neither true nor false: {written}")
        return written in {"true", "t", "yes", "1"}

    def json(self, name: str) -> dict[str, Any] | None:
        written = self.text(name)
        if written is None:
            return None
        try:
            value = json.loads(written)
        except ValueError:
            raise WrongSettingError(f"{_PREFIX}{name} is no JSON") from None
        if not isinstance(value, dict):
            raise WrongSettingError(f"{_PREFIX}{name} is no JSON object")
        return cast("dict[str, Any]", value)
