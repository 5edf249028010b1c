"""One organization on its way: onboarded, work launched, a change approved and carried out."""

import asyncio
import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from temporalio.client import WorkflowFailureError, WorkflowHandle

from contracts.secrets import SealedFor
from ledger import secrets
from ledger.pool import transaction
from runtime.secrets import SecretValue
from tests.support.endpoint import Received
from tests.support.ledger import Onboarded, onboarded, organization, work_on
from tests.support.waiting import until
from tests.support.workshop.meddling import Way, plainly
from tests.support.workshop.shop import Workshop
from tests.support.world import git, repository

# Cheap, and a run that happened twice would show in the file.
RUN = "echo ran >> a.txt"
VERIFY = "grep ran a.txt"
# Fails half-way; gone on with, it would last for minutes.
HALF = "if [ -e half ]; then sleep 600; else touch half; exit 3; fi"
_WITHIN_S = 120
# The endpoint that is called, and a call of it that may be sent again.
CALLED = "things"
CALL = {
    "method": "POST",
    "path": "/things",
    "body": {"text": '{"n": 1}'},
    "expect_status": [201],
    "idempotency_header": "Idempotency-Key",
    "why": "It is needed.",
}

_ASKED_WITHIN_S = 60

Ways = Callable[["Course"], Way]


def as_they_are(_course: "Course") -> Way:
    """Activities are carried out as they are."""
    return plainly


@dataclass
class Course:
    """An organization with a repository of its own, and what was asked for in it so far."""

    shop: Workshop
    org: Onboarded
    bare: Path
    slug: str

    @classmethod
    async def recorded(
        cls, shop: Workshop, name: str, way: Ways = as_they_are, *, secret: bool = True, called: bool = False
    ) -> "Course":
        """An organization whose checks are queued and will go this way; without its `secret` one of them fails.

        One that is `called` has a second endpoint, which speaks HTTP.
        """
        bare = repository(shop.folder / name)
        declared = organization()
        if secret:
            shop.secrets.put(f"{declared['slug']}/repository", "token", SecretValue("a-value-that-nobody-needs"))
        declared["endpoints"][0]["public_url"] = bare.as_uri()
        if called:
            auth = {"kind": "bearer", "secret_contract": "token"}
            url = f"{shop.endpoint.url}/{declared['slug']}"
            declared["endpoints"].append({"name": CALLED, "kind": "web_app", "public_url": url, "auth": auth})
        # Somebody else's dispatching would start the checks before their way is known.
        async with shop.dispatching:
            course = cls(shop, await onboarded(shop.api, active=False, **declared), bare, declared["slug"])
            course.go(way(course))
        return course

    @classmethod
    async def active(cls, shop: Workshop, name: str, *, called: bool = False) -> "Course":
        """An organization whose checks have passed."""
        course = await cls.recorded(shop, name, called=called)
        await course.checked()
        return course

    async def checked(self) -> None:
        """The checks that were queued have ended, however they went."""
        await self.shop.dispatch()
        await self.ended(self.org.command_id)

    def go(self, way: Way) -> None:
        """From now on the organization's activities go this way."""
        self.shop.meddling.ways[self.org.id] = way

    async def act(self, role: str, action: str, given: dict[str, Any]) -> UUID:
        """The id of the command that an action queued, which has its workflow."""
        answer = await self.shop.api.ok(action, given, as_=self.org.callers[role])
        await self.shop.dispatch()
        return UUID(answer["command_id"])

    async def sent(self, value: str = "a-value-that-was-sent", **changes: Any) -> UUID:
        """The id of a command that puts the sealed value of the organization's secret; `changes` are what is wrong."""
        sql = "SELECT id AS secret_contract_id, org_id, version, digest FROM secret_contract WHERE org_id = $1"
        row = dict(await self.shop.superuser.fetchrow(sql, self.org.id) or {})
        key = self.shop.drivers.sealing.newest()
        async with transaction(self.shop.drivers.pool) as tx:
            await secrets.announce_sealing_key(tx, key.key_id, key.public_key)
        bound = SealedFor(**{**row, **changes})
        given = {
            "secret_contract_id": str(row["secret_contract_id"]),
            "version": row["version"],
            "key_id": key.key_id,
            "sealed": base64.b64encode(key.seal(SecretValue(value), bound)).decode(),
        }
        return await self.act("owner", "send_secret_value", given)

    async def launched(self, run: str = RUN, verify: str = VERIFY, **specification: Any) -> UUID:
        """The id of a command that does new work."""
        described = work_on(self.org, specification={"run": run, "verify": verify, **specification})
        created = await self.shop.api.ok("create_work", described, as_=self.org.callers["operator"])
        return await self.act("operator", "launch_work", {"work_id": created["id"]})

    async def queued(self) -> UUID:
        """The id of a command that does new work once it is dispatched."""
        created = await self.shop.api.ok("create_work", work_on(self.org), as_=self.org.callers["operator"])
        answer = await self.shop.api.ok("launch_work", {"work_id": created["id"]}, as_=self.org.callers["operator"])
        return UUID(answer["command_id"])

    async def resumed(self) -> UUID:
        """The id of a command that takes up what the latest harness of work left."""
        sql = (
            "SELECT work_id::text FROM harness WHERE org_id = $1 AND purpose = 'work' ORDER BY created_at DESC LIMIT 1"
        )
        work_id = await self.shop.superuser.fetchval(sql, self.org.id)
        return await self.act("operator", "launch_work", {"work_id": work_id, "continuity": "resume"})

    async def cancelled(self, command_id: UUID, *, at: str) -> UUID:
        """The same command, whose harness was cancelled once it had come to a phase or a step."""
        sql = "SELECT harness_id::text FROM ledger.command WHERE id = $1"
        harness_id = await self.shop.superuser.fetchval(sql, command_id)

        async def there() -> bool:
            sql = "SELECT $2 IN (phase, coalesce(step, '')) FROM harness_projection WHERE harness_id = $1"
            return await self.shop.superuser.fetchval(sql, UUID(harness_id), at)

        await until(there, within_s=_WITHIN_S, what=f"that the harness comes to {at}")
        await self.shop.api.ok("cancel_harness", {"harness_id": harness_id}, as_=self.org.callers["operator"])
        return command_id

    async def called(self, **changes: Any) -> UUID:
        """The id of a command that proposes a call of the second endpoint."""
        sql = "SELECT id::text FROM endpoint WHERE org_id = $1 AND name = $2"
        described = {
            "title": "Make a thing",
            "endpoint_id": await self.shop.superuser.fetchval(sql, self.org.id, CALLED),
            "runtime_asset_id": str(self.org.runtime_asset_id),
            "call": {**CALL, **changes},
        }
        created = await self.shop.api.ok("create_call", described, as_=self.org.callers["operator"])
        return await self.act("operator", "launch_work", {"work_id": created["id"]})

    def arrived(self) -> list[str]:
        """What was sent to the second endpoint beside looks: each request once, however often it came."""
        return sorted({f"{one.method} {one.headers.get('idempotency-key')}" for one in self._sent()})

    def _sent(self) -> list[Received]:
        return [one for one in self.shop.endpoint.received if one.method != "GET" and f"{self.slug}/" in one.target]

    async def approved(self) -> UUID:
        """The id of the command that carries out the one proposal under review."""
        sql = "SELECT id::text AS proposal_id, digest FROM proposal WHERE org_id = $1 AND state = 'submitted'"
        proposal = dict(await self.shop.superuser.fetchrow(sql, self.org.id) or {})
        await self.act("approver", "approve_proposal", proposal)
        sql = "SELECT id FROM ledger.command WHERE org_id = $1 AND kind = 'proposals.apply' ORDER BY arrival DESC"
        return await self.shop.superuser.fetchval(sql, self.org.id)

    async def asked(self) -> dict[str, Any]:
        """The recovery case that waits for an answer, once there is one."""
        sql = "SELECT id::text, harness_id, kind, seen, wanted FROM recovery_case WHERE org_id = $1 AND state = 'open'"

        async def found() -> dict[str, Any] | None:
            row = await self.shop.superuser.fetchrow(sql, self.org.id)
            return None if row is None else dict(row)

        return await until(found, within_s=_ASKED_WITHIN_S, what="a recovery case")

    async def answered(self, choice: str, **answer: Any) -> None:
        """The one case that waits has got this answer."""
        case = await self.asked()
        given = {"recovery_case_id": case["id"], "answer": {"choice": choice, **answer}}
        await self.act("owner", "resolve_recovery_case", given)

    async def without_repository(self) -> None:
        """What the endpoint names is gone, until `with_repository`."""
        await asyncio.to_thread(self.bare.rename, self.bare.with_name("away.git"))

    async def with_repository(self) -> None:
        """What the endpoint names is there again."""
        await asyncio.to_thread(self.bare.with_name("away.git").rename, self.bare)

    async def without_secret(self) -> None:
        """The endpoint needs the organization's secret, and that is gone."""
        given = {
            "endpoint_id": str(self.org.endpoint_id),
            "public_url": self.bare.as_uri(),
            "auth": {"kind": "bearer", "secret_contract": "token"},
        }
        await self.shop.api.ok("revise_endpoint", given, as_=self.org.callers["owner"])
        self.shop.secrets.remove(*await self.secret_place())

    async def mended(self) -> UUID:
        """The id of a command that found no secret, asked, and was answered once it was there."""
        await self.without_secret()
        command_id = await self.launched()
        await self.asked()
        await until(lambda: self._rests(command_id), within_s=_ASKED_WITHIN_S, what="the workflow's rest")
        self.shop.secrets.put(*await self.secret_place(), SecretValue("a-value-that-nobody-needs"))
        await self.answered("retry")
        return command_id

    async def _rests(self, command_id: UUID) -> bool:
        """Whether the command's workflow has no activity under way."""
        return not (await self.workflow(command_id).describe()).raw_description.pending_activities

    async def handed_on(self) -> None:
        """Every answer that was given has been handed on."""
        sql = "SELECT id FROM ledger.command WHERE org_id = $1 AND kind = 'recovery.resume'"
        for row in await self.shop.superuser.fetch(sql, self.org.id):
            await self.ended(row["id"])

    async def secret_place(self) -> tuple[str, str]:
        """Path and key of the organization's one secret, in the store that the runtime reads."""
        slug = await self.shop.superuser.fetchval("SELECT slug FROM organization WHERE id = $1", self.org.id)
        return f"{slug}/repository", "token"

    async def damaged(self) -> None:
        """A row of the live read says something that no event told."""
        sql = "UPDATE harness_projection SET headline = 'Damaged.' WHERE org_id = $1"
        await self.shop.superuser.execute(sql, self.org.id)

    async def repaired(self) -> UUID:
        """The id of a command that repairs the live read."""
        return await self.act("owner", "repair_projection", {})

    async def proposals(self, state: str) -> int:
        """How many proposals of the organization stand so."""
        sql = "SELECT count(*) FROM proposal WHERE org_id = $1 AND state = $2"
        return await self.shop.superuser.fetchval(sql, self.org.id, state)

    def workflow(self, command_id: UUID) -> WorkflowHandle[Any, Any]:
        """The command's workflow."""
        return self.shop.client.get_workflow_handle(f"command/{command_id}")

    async def ended(self, command_id: UUID) -> None:
        """The command's workflow came to its end, by itself or by failing."""
        try:
            await self.workflow(command_id).result()
        except WorkflowFailureError:
            return

    async def whole_way(self, run: str = RUN, verify: str = VERIFY, *, mended: bool = False) -> None:
        """Onboarded; if that went well work is done, its proposal approved if it made one, and carried out.

        `mended`: the work asks before, and is answered.
        """
        await self.checked()
        if await self.shop.superuser.fetchval("SELECT state FROM organization WHERE id = $1", self.org.id) != "active":
            return
        await self.ended(await (self.mended() if mended else self.launched(run, verify)))
        await self.handed_on()
        if await self.proposals("submitted"):
            await self.ended(await self.approved())

    def commits(self) -> list[str]:
        """What is on the repository's main branch, oldest first: the subject and the tree of each commit."""
        return git(self.bare, "log", "--reverse", "--format=%s %T", "main").splitlines()

    async def sandboxes(self) -> list[str]:
        """The names of the organization's sandboxes that are there now."""
        found = await self.shop.drivers.sandboxes._list({"organization": str(self.org.id)})
        return sorted(one.name for one in found)
