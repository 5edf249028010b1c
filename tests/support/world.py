"""The running stack as its users see it: organizations, repositories and work, through GraphQL and git alone."""

import os
import secrets
import subprocess
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg

from entrypoints.platform import Platform, ensure_user, signed_in
from entrypoints.stack import Stack
from runtime.secrets import FileStore, SecretValue
from tests.support.waiting import until

WITHIN_S = 90
_PROJECTION = """query ($id: uuid!) { harness_projection(where: {harness_id: {_eq: $id}}) {
    harness_id phase headline steps_done steps_total proposal_id proposal_state proof_id needs last_position } }"""
_GIT = {
    **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Test",
    "GIT_AUTHOR_EMAIL": "test@test.example",
    "GIT_COMMITTER_NAME": "Test",
    "GIT_COMMITTER_EMAIL": "test@test.example",
}


def git(folder: Path, *arguments: str) -> str:
    """What git prints, run in the folder with nobody's settings."""
    ran = subprocess.run(["git", *arguments], cwd=folder, env=_GIT, capture_output=True, check=True)
    return ran.stdout.decode(errors="surrogateescape").strip()


def repository(folder: Path, files: dict[str, bytes] | None = None) -> Path:
    """A bare repository with one commit of these files on main; `work` beside it is a checkout to push from."""
    work, bare = folder / "work", folder / "repository.git"
    work.mkdir(parents=True)
    git(work, "init", "--quiet", "--initial-branch=main")
    for name, content in (files or {"a.txt": b"before\n"}).items():
        path = work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", "First")
    git(folder, "clone", "--quiet", "--bare", str(work), str(bare))
    git(work, "remote", "add", "origin", str(bare))
    return bare


@dataclass
class World:
    """Everything a test needs to play users of the stack."""

    stack: Stack
    at: dict[str, Any]

    @classmethod
    def of(cls, stack: Stack) -> "World":
        return cls(stack, stack.description())

    async def ask_database(self, sql: str, *values: Any) -> list[asyncpg.Record]:
        """Rows as the superuser sees them: for looking and for planting, never for the path itself."""
        connection = await asyncpg.connect(self.at["database_url"])
        try:
            return await connection.fetch(sql, *values)
        finally:
            await connection.close()

    async def organization(
        self, repository_url: str, names: dict[str, str] | None = None, **changes: Any
    ) -> "Organization":
        """An onboarded organization whose checks have ended, with four people who can sign in, called so by role."""
        found = await self.recorded(repository_url, names, **changes)
        harness = await self.ask_database("SELECT harness_id FROM ledger.command WHERE id = $1", found.command_id)
        found.onboarding = await found.ended(str(harness[0]["harness_id"]))
        return found

    async def recorded(
        self, repository_url: str, names: dict[str, str] | None = None, **changes: Any
    ) -> "Organization":
        """An organization whose checks are queued, with four people who can sign in."""
        tag = secrets.token_hex(4)
        password = secrets.token_urlsafe(12)
        FileStore(self.stack.home / "secrets", self.stack.home / "keys" / "secrets.key").put(
            f"test-{tag}", "token", SecretValue("a-value-that-nobody-needs")
        )
        given = {
            "slug": f"test-{tag}",
            "name": "Test",
            "principals": [
                {"name": (names or {}).get(role, role.title()), "role": role, "email": f"{role}-{tag}@test.example"}
                for role in ("owner", "operator", "approver", "viewer")
            ],
            "secret_contracts": [
                {"name": "token", "purpose": "To read.", "reference": f"secret://file/test-{tag}#token"}
            ],
            "endpoints": [{"name": "repository", "kind": "git", "public_url": repository_url}],
            "runtime_assets": [{"name": "sandbox"}],
            "idempotency_key": str(uuid4()),
            **changes,
        }
        async with Platform.as_administrator(self.at["graphql_url"], self.at["admin_secret"]) as platform:
            answer = await platform.act("onboard_organization", "OnboardOrganization", given)
        for member in given["principals"]:
            await ensure_user(self.at["supabase_url"], self.at["service_role_key"], member["email"], password)
        return Organization(self, answer["id"], tag, password, answer["command_id"])


@dataclass
class Organization:
    """One organization and the people in it."""

    world: World
    id: str
    tag: str
    password: str
    command_id: str
    onboarding: dict[str, Any] = field(default_factory=dict)
    _opened: AsyncExitStack = field(default_factory=AsyncExitStack)
    _people: dict[str, Platform] = field(default_factory=dict)

    async def as_(self, role: str) -> Platform:
        """The platform as this organization's person of that role sees it."""
        if role not in self._people:
            token = await self.token(role)
            platform = Platform.as_bearer(self.world.at["graphql_url"], token)
            self._people[role] = await self._opened.enter_async_context(platform)
        return self._people[role]

    async def token(self, role: str) -> str:
        """An access token of this organization's person of that role."""
        at = self.world.at
        email = f"{role}-{self.tag}@test.example"
        return (await signed_in(at["supabase_url"], at["anon_key"], email, self.password))[1]

    async def act(self, role: str, action: str, type_name: str, **given: Any) -> dict[str, Any]:
        """A mutation by the person of that role, with an idempotency key of its own unless one is given."""
        return await (await self.as_(role)).act(action, type_name, {"idempotency_key": str(uuid4()), **given})

    async def places(self, protocol: str) -> dict[str, str]:
        """Where work can be done: an endpoint that speaks the protocol, and a runtime asset."""
        document = "query { endpoint { id kind } runtime_asset { id } endpoint_kind { kind protocol } }"
        declared = await (await self.as_("viewer")).ask(document)
        speaks = {one["kind"] for one in declared["endpoint_kind"] if one["protocol"] == protocol}
        endpoint = next(one for one in declared["endpoint"] if one["kind"] in speaks)
        return {"endpoint_id": endpoint["id"], "runtime_asset_id": declared["runtime_asset"][0]["id"]}

    async def work(
        self, run: str, verify: str = "true", *, title: str = "Change something", **specification: Any
    ) -> str:
        """The id of a work item on the repository, described by the operator."""
        created = await self.act(
            "operator",
            "create_work",
            "CreateWork",
            title=title,
            **await self.places(protocol="git"),
            specification={"run": run, "verify": verify, **specification},
        )
        return created["id"]

    async def call(self, title: str = "Make a thing", role: str = "operator", **call: Any) -> str:
        """The id of a work item that is one call of the only endpoint that speaks HTTP."""
        created = await self.act(
            role,
            "create_call",
            "CreateCall",
            title=title,
            **await self.places(protocol="http"),
            call={"method": "POST", "path": "/things", "body": {"text": '{"n": 1}'}, "why": "It is needed.", **call},
        )
        return created["id"]

    async def launch(self, work_id: str, role: str = "operator") -> str:
        """The id of the harness that was queued."""
        return (await self.act(role, "launch_work", "LaunchWork", work_id=work_id))["id"]

    async def projection(self, harness_id: str) -> dict[str, Any]:
        """The harness's live row as it is now."""
        rows = (await (await self.as_("viewer")).ask(_PROJECTION, id=harness_id))["harness_projection"]
        return rows[0] if rows else {}

    async def reach(self, harness_id: str, *phases: str, within_s: float = WITHIN_S) -> dict[str, Any]:
        """The harness's row once it is in one of the phases; fails at once when it ended in another."""

        async def there() -> dict[str, Any] | None:
            row = await self.projection(harness_id)
            ended = row.get("phase") in ("succeeded", "failed", "cancelled")
            if ended and row["phase"] not in phases:
                raise AssertionError(f"the harness {row['phase']}: {row['headline']}")
            return row if row.get("phase") in phases else None

        return await until(there, within_s=within_s, what=f"phase {phases}")  # type: ignore[return-value]  - until waits for a true one

    async def ended(self, harness_id: str, *, within_s: float = WITHIN_S) -> dict[str, Any]:
        """The harness's row once nothing can follow."""
        return await self.reach(harness_id, "succeeded", "failed", "cancelled", within_s=within_s)

    async def answer(self, harness_id: str, choice: str, role: str = "operator") -> dict[str, Any]:
        """The recovery case that the harness waits for, which the person of that role has answered."""
        await self.reach(harness_id, "awaiting_recovery")
        document = """query ($id: uuid!) { recovery_case(where: {harness_id: {_eq: $id}, state: {_eq: "open"}}) {
            id kind seen wanted } }"""
        [case] = (await (await self.as_("viewer")).ask(document, id=harness_id))["recovery_case"]
        answer = {"recovery_case_id": case["id"], "answer": {"choice": choice}}
        await self.act(role, "resolve_recovery_case", "ResolveRecoveryCase", **answer)
        return case

    async def failed(self, harness_id: str) -> dict[str, Any]:
        """The harness's last row; if it waits for somebody to mend what stopped it, it is given up."""
        row = await self.reach(harness_id, "awaiting_recovery", "failed")
        if row["phase"] == "awaiting_recovery":
            await self.answer(harness_id, "give_up")
        return await self.ended(harness_id)

    async def proposed(self, run: str, verify: str = "true", **specification: Any) -> dict[str, Any]:
        """A proposal under review, made by running a command: id, digest, payload, harness_id, work_id."""
        harness_id = await self.launch(await self.work(run, verify, **specification))
        row = await self.reach(harness_id, "awaiting_decision")
        return await self.proposal(row["proposal_id"])

    async def proposal(self, proposal_id: str) -> dict[str, Any]:
        """A proposal: id, digest, payload, harness_id, work_id."""
        document = "query ($id: uuid!) { proposal(where: {id: {_eq: $id}}) { id digest payload harness_id work_id } }"
        return (await (await self.as_("viewer")).ask(document, id=proposal_id))["proposal"][0]

    async def approve(self, proposal: dict[str, Any], role: str = "approver") -> dict[str, Any]:
        """The answer to an approval of exactly the proposal's digest."""
        return await self.act(
            role, "approve_proposal", "ApproveProposal", proposal_id=proposal["id"], digest=proposal["digest"]
        )

    async def carried_out(self, proposal: dict[str, Any]) -> dict[str, Any]:
        """The harness's last row after the proposal was approved and its execution ended."""
        await self.approve(proposal)
        return await self.ended(proposal["harness_id"])

    async def close(self) -> None:
        """Let go of the connections."""
        await self._opened.aclose()
