"""Where everything is: ports, platform URLs, and what each process is told.

This is the one source of platform URLs and the only reader of the environment for the product's processes. Each
process has one frozen dataclass, built by `from_environment`; a process is told what it needs and nothing else.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

LOOPBACK = "127.0.0.1"
# Where Postgres answers if its URL does not say.
POSTGRES_PORT = 5432
# A resolver asks again over TCP when an answer does not fit into a datagram.
NAME_SERVER_PORT = 53
DATABASE = "postgres"
# What Hasura keeps for itself lies apart from the product's tables, which it may only read.
HASURA_METADATA_DATABASE = "hasura_metadata"
TEMPORAL_NAMESPACE = "default"
ROOT = Path(__file__).resolve().parent.parent


class Misconfigured(SystemExit):
    """A process was started without something it needs; ends it with one line on standard error."""


@dataclass(frozen=True)
class Ports:
    """The port of every part that listens; the defaults are what a persistent stack prefers.

    They lie below the range from which systems hand out ports for outgoing connections.
    """

    postgres: int = 17432
    temporal: int = 17233
    temporal_ui: int = 17234
    daytona: int = 17300
    supabase: int = 17400
    api: int = 17500
    hasura: int = 17600
    portal: int = 17700


@dataclass(frozen=True)
class Addresses:
    """Every address of one stack, as `up --json` prints them."""

    graphql_url: str
    hasura_url: str
    supabase_url: str
    database_url: str
    temporal_address: str
    temporal_ui_url: str
    daytona_api_url: str
    portal_url: str
    actions_url: str

    @classmethod
    def on_this_machine(cls, ports: Ports, superuser_password: str) -> Self:
        """The addresses of a stack whose parts listen on loopback; `database_url` is the superuser's."""
        return cls(
            graphql_url=f"{http(ports.hasura)}/v1/graphql",
            hasura_url=http(ports.hasura),
            supabase_url=http(ports.supabase),
            database_url=database_url(ports.postgres, "postgres", superuser_password),
            temporal_address=f"{LOOPBACK}:{ports.temporal}",
            temporal_ui_url=http(ports.temporal_ui),
            daytona_api_url=f"{http(ports.daytona)}/api",
            portal_url=http(ports.portal),
            actions_url=http(ports.api),
        )

    def as_json(self) -> dict[str, str]:
        """The same, by name."""
        return asdict(self)


def http(port: int) -> str:
    """The URL of a server on loopback, without a trailing slash."""
    return f"http://{LOOPBACK}:{port}"


def database_url(port: int, role: str, password: str, database: str = DATABASE) -> str:
    """The URL of the stack's database, or of another on the same server, as `role` sees it."""
    return f"postgresql://{role}:{quote(password, safe='')}@{LOOPBACK}:{port}/{database}"


@dataclass(frozen=True)
class Api:
    """What the process that records and queues is told."""

    database_url: str
    action_secret: str
    host: str
    port: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The API's settings; `host` is loopback unless said otherwise."""
        return cls(
            database_url=_text(environment, "FRACTALOPS_DATABASE_URL"),
            action_secret=_text(environment, "FRACTALOPS_ACTION_SECRET"),
            host=environment.get("FRACTALOPS_HOST", LOOPBACK),
            port=_port(environment, "FRACTALOPS_PORT"),
        )


@dataclass(frozen=True)
class Dispatcher:
    """What the process that starts workflows from queued commands is told."""

    database_url: str
    temporal_address: str
    temporal_namespace: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The settings of a process that knows the ledger and Temporal."""
        return cls(
            database_url=_text(environment, "FRACTALOPS_DATABASE_URL"),
            temporal_address=_text(environment, "TEMPORAL_ADDRESS"),
            temporal_namespace=environment.get("TEMPORAL_NAMESPACE", TEMPORAL_NAMESPACE),
        )


@dataclass(frozen=True)
class Worker(Dispatcher):
    """What the process that runs workflows and ledger activities is told."""


@dataclass(frozen=True)
class Runtime:
    """What the execution runtime is told; the only process that sees a key to secrets."""

    database_url: str
    temporal_address: str
    temporal_namespace: str
    daytona_api_url: str
    daytona_api_key: str
    secrets_dir: Path
    secrets_key_file: Path
    signing_key_file: Path
    work_dir: Path
    allow_local_repositories: bool

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The execution runtime's settings; repositories on this machine's disk are allowed only if said so."""
        return cls(
            database_url=_text(environment, "FRACTALOPS_DATABASE_URL"),
            temporal_address=_text(environment, "TEMPORAL_ADDRESS"),
            temporal_namespace=environment.get("TEMPORAL_NAMESPACE", TEMPORAL_NAMESPACE),
            daytona_api_url=_text(environment, "DAYTONA_API_URL"),
            daytona_api_key=_text(environment, "DAYTONA_API_KEY"),
            secrets_dir=Path(_text(environment, "FRACTALOPS_SECRETS_DIR")),
            secrets_key_file=Path(_text(environment, "FRACTALOPS_SECRETS_KEY_FILE")),
            signing_key_file=Path(_text(environment, "FRACTALOPS_SIGNING_KEY_FILE")),
            work_dir=Path(_text(environment, "FRACTALOPS_WORK_DIR")),
            allow_local_repositories=_flag(environment, "FRACTALOPS_ALLOW_LOCAL_REPOSITORIES"),
        )


@dataclass(frozen=True)
class Migrate:
    """What the one-shot process that brings the schema up to date is told."""

    database_url: str
    role_passwords: Mapping[str, str]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The superuser's URL and the login roles' passwords by role name; no passwords leave the roles as they are."""
        return cls(
            database_url=_text(environment, "FRACTALOPS_DATABASE_URL"),
            role_passwords=_texts_by_name(environment, "FRACTALOPS_ROLE_PASSWORDS"),
        )


@dataclass(frozen=True)
class Client:
    """What a program is told that uses the platform from outside, as the CLI and the demo do."""

    graphql_url: str
    supabase_url: str
    anon_key: str
    admin_secret: str | None
    """None: the caller signs in as a principal and has no way around permissions."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The platform's addresses as a client needs them."""
        return cls(
            graphql_url=_text(environment, "FRACTALOPS_GRAPHQL_URL"),
            supabase_url=_text(environment, "FRACTALOPS_SUPABASE_URL"),
            anon_key=_text(environment, "FRACTALOPS_ANON_KEY"),
            admin_secret=environment.get("FRACTALOPS_ADMIN_SECRET"),
        )


@dataclass(frozen=True)
class Seed:
    """What the one-shot process is told that plants users and the development organization."""

    graphql_url: str
    admin_secret: str
    supabase_url: str
    anon_key: str
    service_role_key: str
    user_password: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The addresses, and the password that every development user gets."""
        return cls(
            graphql_url=_text(environment, "FRACTALOPS_GRAPHQL_URL"),
            admin_secret=_text(environment, "FRACTALOPS_ADMIN_SECRET"),
            supabase_url=_text(environment, "FRACTALOPS_SUPABASE_URL"),
            anon_key=_text(environment, "FRACTALOPS_ANON_KEY"),
            service_role_key=_text(environment, "FRACTALOPS_SERVICE_ROLE_KEY"),
            user_password=_text(environment, "FRACTALOPS_SEED_PASSWORD"),
        )


@dataclass(frozen=True)
class Portal:
    """What the process that serves the portal's files is told; all of it may be shown to a browser."""

    host: str
    port: int
    graphql_url: str
    supabase_url: str
    anon_key: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The portal's settings; `host` is loopback unless said otherwise."""
        return cls(
            host=environment.get("FRACTALOPS_HOST", LOOPBACK),
            port=_port(environment, "FRACTALOPS_PORTAL_PORT"),
            graphql_url=_text(environment, "FRACTALOPS_GRAPHQL_URL"),
            supabase_url=_text(environment, "FRACTALOPS_SUPABASE_URL"),
            anon_key=_text(environment, "FRACTALOPS_ANON_KEY"),
        )


def state_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the stack of this folder keeps its data: `FRACTALOPS_HOME`, or `.state` in the project."""
    said = environment.get("FRACTALOPS_HOME")
    return Path(said).expanduser().resolve() if said else ROOT / ".state"


# What a child needs to run at all, and what it needs to reach the world beyond this machine through a proxy or with
# a certificate authority of the house.
_FOR_ANY = ("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR", "XDG_CACHE_HOME")
_FOR_OUTSIDE = (
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "GIT_SSL_CAINFO"),
)


def child_environment(*, outside: bool, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What of this process's environment a child of the supervisor gets; `outside`: it speaks to other machines."""
    names = (*_FOR_ANY, *_FOR_OUTSIDE) if outside else _FOR_ANY
    kept = {name: environment[name] for name in names if name in environment}
    if outside:
        # A proxy must not capture what the parts of the stack say to each other.
        direct = ",".join(filter(None, (kept.get("NO_PROXY") or kept.get("no_proxy"), LOOPBACK, "localhost")))
        kept |= {"NO_PROXY": direct, "no_proxy": direct}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "PYTHONSAFEPATH": "1"}


def secret_variables(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables that hold values of `secret://env/…`; they are for the execution runtime alone."""
    return {name: value for name, value in environment.items() if name.startswith("FRACTALOPS_SECRET_")}


def _text(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        raise Misconfigured(f"The environment variable {name} is missing; `fractalops up` sets it for every process.")
    return value


def _port(environment: Mapping[str, str], name: str) -> int:
    said = _text(environment, name)
    if not said.isdecimal() or not 0 < int(said) <= 65535:  # noqa: PLR2004  - the largest port there is
        raise Misconfigured(f"The environment variable {name} must be a port number; it is {said!r}.")
    return int(said)


def _flag(environment: Mapping[str, str], name: str) -> bool:
    said = environment.get(name, "false")
    if said not in {"true", "false"}:
        raise Misconfigured(f"The environment variable {name} must be true or false; it is {said!r}.")
    return said == "true"


def _texts_by_name(environment: Mapping[str, str], name: str) -> dict[str, str]:
    try:
        given: object = json.loads(environment.get(name, "{}"))
    except json.JSONDecodeError as error:
        raise Misconfigured(f"The environment variable {name} must be a JSON object: {error}.") from error
    if not isinstance(given, dict):
        raise Misconfigured(f"The environment variable {name} must be a JSON object.")
    return {str(key): str(value) for key, value in given.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  - JSON
