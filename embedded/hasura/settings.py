"""How the engine is set up, read from variables named like Hasura's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from embedded.hasura.environment import PREFIX, Environment, WrongSettingError

IsolationLevel = Literal["read-committed", "repeatable-read", "serializable"]

_ISOLATION_LEVELS: tuple[IsolationLevel, ...] = ("read-committed", "repeatable-read", "serializable")
_APIS = ("metadata", "graphql", "pgdump", "config", "developer")
_APIS_ON = ("metadata", "graphql", "pgdump", "config")


@dataclass(frozen=True)
class Limits:
    """Bounds on what one client can ask for."""

    body_bytes_max: int = 4 * 1024 * 1024
    depth_max: int = 30
    fields_max: int = 5_000
    tokens_max: int = 15_000
    batch_max: int = 50
    timeout_ms: int = 30_000


@dataclass(frozen=True)
class Polling:
    """How often subscriptions are asked anew, and how many of one kind in one statement."""

    interval_ms: int = 1_000
    batch_max: int = 100


@dataclass(frozen=True)
class Websockets:
    """How websockets are kept, and when they end."""

    keepalive_s: int = 5
    init_timeout_s: int = 3
    cookies_without_cors: bool = False
    closed_on_metadata_change: bool = True


@dataclass(frozen=True)
class Settings:
    """Everything the engine is told at its start."""

    database_url: str
    metadata_database_url: str | None = None
    admin_secret: str | None = None
    jwts: tuple[dict[str, Any], ...] = ()
    unauthorized_role: str | None = None
    metadata_dir: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8080
    processes: int = 1
    dev_mode: bool = False
    admin_internal_errors: bool = True
    cors_domain: str = "*"
    cors_disabled: bool = False
    connections_max: int = 20
    isolation_level: IsolationLevel = "read-committed"
    numbers_as_text: bool = False
    allow_list_enforced: bool = False
    function_permissions_inferred: bool = True
    console: bool = False
    console_assets_dir: Path | None = None
    apis: frozenset[str] = frozenset(_APIS_ON)
    live_queries: Polling = field(default_factory=Polling)
    streaming_queries: Polling = field(default_factory=Polling)
    websockets: Websockets = field(default_factory=Websockets)
    async_actions_interval_ms: int = 1_000
    metadata_poll_interval_ms: int = 1_000
    limits: Limits = field(default_factory=Limits)
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings that the environment holds.

    Raises:
        WrongSettingError: naming the variable that is missing or wrong.
    """
    read = Environment(environment)
    url = read.text("DATABASE_URL")
    if url is None:
        raise WrongSettingError(f"{PREFIX}DATABASE_URL is not set")
    secret, jwts, role = _asking(read)
    folder, assets = read.text("METADATA_DIR"), read.text("CONSOLE_ASSETS_DIR")
    return Settings(
        database_url=url,
        metadata_database_url=read.text("METADATA_DATABASE_URL"),
        admin_secret=secret,
        jwts=jwts,
        unauthorized_role=role,
        metadata_dir=Path(folder) if folder else None,
        host=read.text("SERVER_HOST") or Settings.host,
        port=read.number("SERVER_PORT", Settings.port),
        processes=read.number("SERVER_PROCESSES", Settings.processes, least=1),
        dev_mode=read.truth("DEV_MODE", default=Settings.dev_mode),
        admin_internal_errors=read.truth("ADMIN_INTERNAL_ERRORS", default=Settings.admin_internal_errors),
        cors_domain=read.text("CORS_DOMAIN") or Settings.cors_domain,
        cors_disabled=read.truth("DISABLE_CORS", default=Settings.cors_disabled),
        connections_max=read.number("PG_CONNECTIONS", Settings.connections_max, least=1),
        isolation_level=read.word("TX_ISOLATION", _ISOLATION_LEVELS, Settings.isolation_level),
        numbers_as_text=read.truth("STRINGIFY_NUMERIC_TYPES", default=Settings.numbers_as_text),
        allow_list_enforced=read.truth("ENABLE_ALLOWLIST", default=Settings.allow_list_enforced),
        function_permissions_inferred=read.truth(
            "INFER_FUNCTION_PERMISSIONS", default=Settings.function_permissions_inferred
        ),
        console=read.truth("ENABLE_CONSOLE", default=Settings.console),
        console_assets_dir=Path(assets) if assets else None,
        apis=read.words("ENABLED_APIS", _APIS, _APIS_ON),
        live_queries=_polling(read, "LIVE_QUERIES"),
        streaming_queries=_polling(read, "STREAMING_QUERIES"),
        websockets=_websockets(read),
        async_actions_interval_ms=read.number("ASYNC_ACTIONS_FETCH_INTERVAL", Settings.async_actions_interval_ms),
        metadata_poll_interval_ms=read.number("SCHEMA_SYNC_POLL_INTERVAL", Settings.metadata_poll_interval_ms, least=1),
        limits=_limits(read),
        environment=environment,
    )


def _asking(read: Environment) -> tuple[str | None, tuple[dict[str, Any], ...], str | None]:
    """The admin secret, the token configurations and the role of requests without credentials."""
    if read.text("AUTH_HOOK") is not None:
        raise WrongSettingError(f"{PREFIX}AUTH_HOOK is set, but the embedded engine has no authentication by webhook")
    secret = read.text("ADMIN_SECRET") or read.text("ACCESS_KEY")
    one = read.object("JWT_SECRET")
    # As in Hasura, the list wins over the single one.
    jwts = read.objects("JWT_SECRETS") or (() if one is None else (one,))
    role = read.text("UNAUTHORIZED_ROLE")
    if secret is None:
        for name, given in (("JWT_SECRET", bool(jwts)), ("UNAUTHORIZED_ROLE", role is not None)):
            if given:
                raise WrongSettingError(f"{PREFIX}{name} needs {PREFIX}ADMIN_SECRET")
    return secret, jwts, role


def _polling(read: Environment, kind: str) -> Polling:
    return Polling(
        interval_ms=read.number(f"{kind}_MULTIPLEXED_REFETCH_INTERVAL", Polling.interval_ms, least=1),
        batch_max=read.number(f"{kind}_MULTIPLEXED_BATCH_SIZE", Polling.batch_max, least=1),
    )


def _websockets(read: Environment) -> Websockets:
    return Websockets(
        keepalive_s=read.number("WEBSOCKET_KEEPALIVE", Websockets.keepalive_s, least=1),
        init_timeout_s=read.number("WEBSOCKET_CONNECTION_INIT_TIMEOUT", Websockets.init_timeout_s, least=1),
        cookies_without_cors=read.truth("WS_READ_COOKIE", default=Websockets.cookies_without_cors),
        closed_on_metadata_change=read.truth(
            "CLOSE_WEBSOCKETS_ON_METADATA_CHANGE", default=Websockets.closed_on_metadata_change
        ),
    )


def _limits(read: Environment) -> Limits:
    return Limits(
        body_bytes_max=read.number("LIMIT_BODY_BYTES", Limits.body_bytes_max, least=1),
        depth_max=read.number("LIMIT_DEPTH", Limits.depth_max, least=1),
        fields_max=read.number("LIMIT_FIELDS", Limits.fields_max, least=1),
        tokens_max=read.number("LIMIT_TOKENS", Limits.tokens_max, least=1),
        batch_max=read.number("LIMIT_BATCH", Limits.batch_max, least=1),
        timeout_ms=read.number("LIMIT_TIMEOUT_MS", Limits.timeout_ms, least=1),
    )
