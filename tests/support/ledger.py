"""A migrated database with the login roles' passwords set, and an API over it."""

import json
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from actions.app import SECRET_HEADER, build
from embedded.postgres.server import PostgresServer
from entrypoints.migrate import found, load_catalogue, migrate, set_passwords
from ledger.pool import Pool, connect
from tests.support.postgres import scratch_database

ROLES = ("fo_api", "fo_dispatcher", "fo_worker", "fo_runtime", "fo_hasura")
PASSWORD = "scratch"
ACTION_SECRET = "action-secret"


@dataclass(frozen=True)
class Ledger:
    """A migrated database: the superuser's URL, and each login role's."""

    url: str

    def url_of(self, role: str) -> str:
        host = self.url.rsplit("@", 1)[1]
        return f"postgresql://{role}:{PASSWORD}@{host}"


async def migrated_database(server: PostgresServer) -> Ledger:
    """A new database with every migration applied."""
    url = await scratch_database(server, f"ledger_{secrets.token_hex(4)}")
    await migrate(url, found())
    await load_catalogue(url)
    await set_passwords(url, dict.fromkeys(ROLES, PASSWORD))
    return Ledger(url)


@dataclass
class Api:
    """The action handlers over HTTP, called as Hasura calls them."""

    http: httpx.AsyncClient
    pool: Pool
    superuser: Pool
    org: dict[str, Any] = field(default_factory=dict)

    async def call(
        self, action: str, given: dict[str, Any], *, as_: "Caller | None" = None, key: UUID | None = None
    ) -> httpx.Response:
        body = {
            "action": {"name": action},
            "input": {"input": {"idempotency_key": str(key or uuid4()), **given}},
            "session_variables": (as_ or ADMIN).session,
        }
        # Written here, because httpx refuses what a test may want to send: half a character.
        return await self.http.post(f"/actions/{action}", content=json.dumps(body))

    async def ok(
        self, action: str, given: dict[str, Any], *, as_: "Caller | None" = None, key: UUID | None = None
    ) -> Any:
        answer = await self.call(action, given, as_=as_, key=key)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def refused(
        self, action: str, given: dict[str, Any], *, as_: "Caller | None" = None, key: UUID | None = None
    ) -> str:
        answer = await self.call(action, given, as_=as_, key=key)
        assert answer.status_code == 400, answer.text
        return answer.json()["extensions"]["code"]


@dataclass(frozen=True)
class Caller:
    """Session variables as Hasura sends them."""

    role: str
    org_id: UUID | None = None
    principal_id: UUID | None = None

    @property
    def session(self) -> dict[str, str]:
        session = {"x-hasura-role": self.role}
        if self.org_id:
            session["x-hasura-org-id"] = str(self.org_id)
        if self.principal_id:
            session["x-hasura-user-id"] = str(self.principal_id)
        return session


ADMIN = Caller("admin")


@asynccontextmanager
async def running_api(ledger: Ledger) -> AsyncGenerator[Api]:
    """The API as role fo_api, and a superuser's pool to look with."""
    superuser = await connect(ledger.url, size_max=4, application="test")
    pool = await connect(ledger.url_of("fo_api"), size_max=10, application="test-api")

    @asynccontextmanager
    async def lend() -> AsyncGenerator[Pool]:
        yield pool

    app = build(lend, action_secret=ACTION_SECRET)
    app.state.pool = pool
    transport = httpx.ASGITransport(app=app)
    headers = {SECRET_HEADER: ACTION_SECRET}
    async with httpx.AsyncClient(transport=transport, base_url="http://api", headers=headers) as http:
        yield Api(http, pool, superuser)
    await pool.close()
    await superuser.close()


def organization(**changes: Any) -> dict[str, Any]:
    """The input of onboard_organization, with a slug and emails of its own."""
    tag = secrets.token_hex(4)
    return {
        "slug": f"org-{tag}",
        "name": "An organization",
        "principals": [
            {"name": role.title(), "role": role, "email": f"{role}-{tag}@test.example"}
            for role in ("owner", "operator", "approver", "viewer")
        ],
        "secret_contracts": [
            {
                "name": "token",
                "purpose": "To read the repository.",
                "reference": f"secret://file/{changes.get('slug', f'org-{tag}')}/repository#token",
            }
        ],
        "endpoints": [{"name": "repository", "kind": "git", "public_url": "https://git.example/a.git"}],
        "runtime_assets": [{"name": "sandbox"}],
        **changes,
    }


@dataclass(frozen=True)
class Onboarded:
    """An organization as it was recorded, and who may call in it."""

    id: UUID
    callers: dict[str, Caller]
    endpoint_id: UUID
    runtime_asset_id: UUID
    secret_contract_id: UUID
    harness_id: UUID
    command_id: UUID


async def onboarded(api: Api, *, active: bool = True, **changes: Any) -> Onboarded:
    """A recorded organization; `active` as if its checks had passed."""
    answer = await api.ok("onboard_organization", organization(**changes))
    org_id = UUID(answer["id"])
    if active:
        await api.superuser.execute("UPDATE organization SET state = 'active' WHERE id = $1", org_id)
    members = await api.superuser.fetch("SELECT role, principal_id FROM membership WHERE org_id = $1", org_id)

    async def id_of(table: str) -> UUID:
        return await api.superuser.fetchval(f"SELECT id FROM {table} WHERE org_id = $1 LIMIT 1", org_id)  # noqa: S608  - tables named below

    return Onboarded(
        id=org_id,
        callers={m["role"]: Caller(m["role"], org_id, m["principal_id"]) for m in members},
        endpoint_id=await id_of("endpoint"),
        runtime_asset_id=await id_of("runtime_asset"),
        secret_contract_id=await id_of("secret_contract"),
        harness_id=await id_of("harness"),
        command_id=UUID(answer["command_id"]),
    )


def work_on(org: Onboarded, **changes: Any) -> dict[str, Any]:
    """The input of create_work."""
    return {
        "title": "Tidy up",
        "endpoint_id": str(org.endpoint_id),
        "runtime_asset_id": str(org.runtime_asset_id),
        "specification": {"run": "true", "verify": "true"},
        **changes,
    }
