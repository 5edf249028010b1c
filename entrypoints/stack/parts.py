"""The one list of what runs: every part of the stack, what it needs to have started before, and what it is told."""

import json
import re
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from entrypoints.config import (
    DATABASE,
    HASURA_METADATA_DATABASE,
    LOOPBACK,
    ROOT,
    TEMPORAL_NAMESPACE,
    Addresses,
    Ports,
    child_environment,
    database_url,
    secret_variables,
)
from entrypoints.stack.home import Credentials, Home

READY = re.compile(r"^ready\b")
_POSTGRES_READY = re.compile(r"database system is ready to accept connections")
_TEMPORAL_READY = re.compile(r"^(Temporal )?Server: ")


@dataclass(frozen=True)
class Part:
    """One process of the stack."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    needs: tuple[str, ...] = ()
    ready: re.Pattern[str] = READY
    """Matches the line of output that says: from now on I serve."""
    one_shot: bool = False
    """It does its work and ends; what needs it starts after that."""
    stop_signal: signal.Signals = signal.SIGTERM
    stop_grace_s: float = 10
    start_limit_s: float = 60


@dataclass(frozen=True)
class Plan:
    """Everything the parts' settings are made of."""

    home: Home
    ports: Ports
    credentials: Credentials

    @property
    def addresses(self) -> Addresses:
        """Where everything will be."""
        return Addresses.on_this_machine(self.ports, self.credentials.superuser_password)

    def database(self, role: str, name: str = DATABASE) -> str:
        """The database, or another one beside it, as one login role sees it."""
        return database_url(self.ports.postgres, role, self.credentials.role_passwords[role], name)


@dataclass(frozen=True)
class Entry:
    """A part as the list below tells of it, before it is known where a stack keeps its data and listens."""

    name: str
    module: str
    told: Callable[[Plan], Mapping[str, str]]
    """What it finds in its environment beside what every program needs; nothing that it has no use for."""
    needs: tuple[str, ...] = ()
    ready: re.Pattern[str] = READY
    one_shot: bool = False
    stop_signal: signal.Signals = signal.SIGTERM
    outside: bool = False
    """It speaks to other machines, perhaps through a proxy."""


def _ledger_and_temporal(plan: Plan, role: str) -> dict[str, str]:
    return {
        "FRACTALOPS_DATABASE_URL": plan.database(role),
        "TEMPORAL_ADDRESS": plan.addresses.temporal_address,
        "TEMPORAL_NAMESPACE": TEMPORAL_NAMESPACE,
    }


# In the order in which they can be ready.
PARTS: tuple[Entry, ...] = (
    Entry(
        "postgres",
        module="embedded.postgres",
        told=lambda plan: {
            "PGDATA": str(plan.home.data / "postgres"),
            "PGPORT": str(plan.ports.postgres),
            "PGPASSWORD": plan.credentials.superuser_password,
            "PGHOST": LOOPBACK,
        },
        ready=_POSTGRES_READY,
        # SIGTERM would wait for every client to leave by itself.
        stop_signal=signal.SIGINT,
    ),
    Entry(
        "temporal",
        module="embedded.temporal",
        told=lambda plan: {
            "TEMPORAL_PORT": str(plan.ports.temporal),
            "TEMPORAL_UI_PORT": str(plan.ports.temporal_ui),
            "TEMPORAL_DB_FILE": str(plan.home.data / "temporal.db"),
        },
        ready=_TEMPORAL_READY,
    ),
    Entry(
        "daytona",
        module="embedded.daytona",
        told=lambda plan: {
            "DAYTONA_API_KEY": plan.credentials.daytona_api_key,
            "PORT": str(plan.ports.daytona),
            "DATA_DIR": str(plan.home.data / "daytona"),
            "SANDBOX_TOOLS": str(ROOT / ".state" / "sandbox-tools"),
        },
        outside=True,
    ),
    Entry(
        "migrate",
        module="entrypoints.migrate",
        needs=("postgres",),
        told=lambda plan: {
            "FRACTALOPS_DATABASE_URL": plan.addresses.database_url,
            "FRACTALOPS_ROLE_PASSWORDS": json.dumps(dict(plan.credentials.role_passwords)),
        },
        one_shot=True,
    ),
    Entry(
        "supabase",
        module="embedded.supabase",
        needs=("migrate",),
        told=lambda plan: {
            "DATABASE_URL": plan.addresses.database_url,
            "JWT_SECRET": plan.credentials.jwt_secret,
            "ANON_KEY": plan.credentials.anon_key,
            "SERVICE_ROLE_KEY": plan.credentials.service_role_key,
            "PORT": str(plan.ports.supabase),
            "ACCESS_TOKEN_HOOK": "pg-functions://postgres/ledger/access_token_hook",
        },
    ),
    Entry(
        "api",
        module="entrypoints.api",
        needs=("migrate",),
        told=lambda plan: {
            "FRACTALOPS_DATABASE_URL": plan.database("fo_api"),
            "FRACTALOPS_ACTION_SECRET": plan.credentials.action_secret,
            "FRACTALOPS_HOST": LOOPBACK,
            "FRACTALOPS_PORT": str(plan.ports.api),
        },
    ),
    Entry(
        "hasura",
        module="embedded.hasura",
        needs=("migrate",),
        told=lambda plan: {
            "HASURA_GRAPHQL_DATABASE_URL": plan.database("fo_hasura"),
            "HASURA_GRAPHQL_METADATA_DATABASE_URL": plan.database("fo_hasura", HASURA_METADATA_DATABASE),
            "HASURA_GRAPHQL_ADMIN_SECRET": plan.credentials.admin_secret,
            "HASURA_GRAPHQL_JWT_SECRET": json.dumps({"type": "HS256", "key": plan.credentials.jwt_secret}),
            "HASURA_GRAPHQL_SERVER_HOST": LOOPBACK,
            "HASURA_GRAPHQL_SERVER_PORT": str(plan.ports.hasura),
            "HASURA_GRAPHQL_ENABLE_CONSOLE": "true",
            "HASURA_GRAPHQL_METADATA_DIR": str(ROOT / "hasura" / "metadata"),
            "FRACTALOPS_ACTIONS_URL": plan.addresses.actions_url,
            "FRACTALOPS_ACTION_SECRET": plan.credentials.action_secret,
        },
    ),
    Entry(
        "dispatcher",
        module="entrypoints.dispatcher",
        needs=("migrate", "temporal"),
        told=lambda plan: _ledger_and_temporal(plan, "fo_dispatcher"),
    ),
    Entry(
        "worker",
        module="entrypoints.worker",
        needs=("migrate", "temporal"),
        told=lambda plan: _ledger_and_temporal(plan, "fo_worker"),
    ),
    Entry(
        "runtime",
        module="entrypoints.runtime",
        needs=("migrate", "temporal", "daytona"),
        told=lambda plan: {
            **secret_variables(),
            **_ledger_and_temporal(plan, "fo_runtime"),
            "DAYTONA_API_URL": plan.addresses.daytona_api_url,
            "DAYTONA_API_KEY": plan.credentials.daytona_api_key,
            "FRACTALOPS_SECRETS_DIR": str(plan.home.folder / "secrets"),
            "FRACTALOPS_SECRETS_KEY_FILE": str(plan.home.keys / "secrets.key"),
            "FRACTALOPS_SIGNING_KEY_FILE": str(plan.home.keys / "signing.key"),
            "FRACTALOPS_WORK_DIR": str(plan.home.data / "runtime"),
            # On one machine the repositories of the person at the keyboard are the ones to work on.
            "FRACTALOPS_ALLOW_LOCAL_REPOSITORIES": "true",
        },
        outside=True,
    ),
    Entry(
        "seed",
        module="entrypoints.seed",
        needs=("supabase", "api", "hasura"),
        told=lambda plan: {
            "FRACTALOPS_GRAPHQL_URL": plan.addresses.graphql_url,
            "FRACTALOPS_ADMIN_SECRET": plan.credentials.admin_secret,
            "FRACTALOPS_SUPABASE_URL": plan.addresses.supabase_url,
            "FRACTALOPS_ANON_KEY": plan.credentials.anon_key,
            "FRACTALOPS_SERVICE_ROLE_KEY": plan.credentials.service_role_key,
            "FRACTALOPS_SEED_PASSWORD": plan.credentials.user_password,
        },
        one_shot=True,
    ),
    Entry(
        "portal",
        module="entrypoints.portal",
        told=lambda plan: {
            "FRACTALOPS_HOST": LOOPBACK,
            "FRACTALOPS_PORTAL_PORT": str(plan.ports.portal),
            "FRACTALOPS_GRAPHQL_URL": plan.addresses.graphql_url,
            "FRACTALOPS_SUPABASE_URL": plan.addresses.supabase_url,
            "FRACTALOPS_ANON_KEY": plan.credentials.anon_key,
        },
    ),
)


def all_parts(plan: Plan) -> tuple[Part, ...]:
    """Every part of one stack, in the order of the list."""
    return tuple(
        Part(
            name=entry.name,
            command=(sys.executable, "-m", entry.module),
            environment={**child_environment(outside=entry.outside), **entry.told(plan)},
            needs=entry.needs,
            ready=entry.ready,
            one_shot=entry.one_shot,
            stop_signal=entry.stop_signal,
        )
        for entry in PARTS
    )


def log_file(logs: Path, name: str) -> Path:
    """Where the output of the part `name` goes."""
    return logs / f"{name}.log"
