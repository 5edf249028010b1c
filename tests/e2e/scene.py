"""An organization with a bit of everything to see, played over the running stack by its people."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from contracts.procedures import BrowserProcedure
from entrypoints.demo.repository import SAMPLE_RUN, SAMPLE_VERIFY, sample
from tests.support.endpoint import serving_endpoint
from tests.support.world import Organization, World

NAMES = {"owner": "Olive Marsh", "operator": "Oscar Lind", "approver": "Ada Brook", "viewer": "Vera Stone"}
_PRICE = "/prices/oil-lamp"
_PROCEDURE = BrowserProcedure.model_validate(
    {
        "steps": [
            {"step": "open", "path": _PRICE},
            {"step": "fill", "target": {"kind": "label", "name": "Price"}, "text": "41.50"},
            {"step": "click", "target": {"kind": "button", "name": "Save"}},
        ],
        "observed": [{"step": "expect", "target": {"kind": "status", "name": "Saved"}, "text": "41.50"}],
        "why": "The shop has no interface for prices but its page.",
    }
)


@dataclass(frozen=True)
class Scene:
    """What was played, by the ids of what came of it."""

    org: Organization
    work_id: str
    work_of_call: str
    harness_proved: str
    harness_waiting: str
    harness_failed: str
    proposal_applied: str
    proposal_waiting: str
    proposal_of_call: str
    proposal_of_procedure: str
    proof_id: str
    recovery_case: str


@asynccontextmanager
async def played(world: World, folder: Path) -> AsyncGenerator[Scene]:
    """The scene: work that was proved, work that waits for a decision or for an answer, and work that failed."""
    job = sample(folder / "sample", "portal")
    with serving_endpoint() as shop:
        endpoints = [
            {"name": "repository", "kind": "git", "public_url": job.repository_url},
            {"name": "shop", "kind": "http_api", "public_url": shop.url},
        ]
        org = await world.organization(job.repository_url, NAMES, name="Harbour Books", endpoints=endpoints)
        try:
            yield await _played(org)
        finally:
            await org.close()


async def _played(org: Organization) -> Scene:
    failing = await org.launch(await org.work("make translations", title="Translate the price labels"))
    asking = await org.launch(await org.work("sleep 60", title="Count every basket", run_timeout_s=1))
    work_of_call = await org.call(
        "Raise the price of the oil lamp",
        method="PUT",
        path=_PRICE,
        headers=[{"name": "X-Shop", "value": "harbour"}],
        body={"text": '{"price": 41.5, "currency": "EUR"}'},
        expect_status=[200, 201],
        why="The supplier raised it.",
    )
    calling = await org.launch(work_of_call)
    proposal = await org.proposed(SAMPLE_RUN, SAMPLE_VERIFY, title="Give every basket items of its own")
    proved = await org.carried_out(proposal)
    waiting = await org.proposed(
        "printf '\n\ndef empty() -> list[str]:\n    return []\n' >> basket/__init__.py",
        SAMPLE_VERIFY,
        title="Let a basket start empty",
    )
    await org.ended(failing)
    return Scene(
        org=org,
        work_id=proposal["work_id"],
        work_of_call=work_of_call,
        harness_proved=proposal["harness_id"],
        harness_waiting=waiting["harness_id"],
        harness_failed=failing,
        proposal_applied=proposal["id"],
        proposal_waiting=waiting["id"],
        proposal_of_call=(await org.reach(calling, "awaiting_decision"))["proposal_id"],
        proposal_of_procedure=await _procedure(org, waiting["id"], failing),
        proof_id=proved["proof_id"],
        recovery_case=await _case_of(org, asking),
    )


async def _procedure(org: Organization, like: str, harness_id: str) -> str:
    """A procedure under review, planted: there is no action that proposes one."""
    [row] = await org.world.ask_database(
        """INSERT INTO proposal (org_id, id, kind, title, harness_id, work_id, endpoint_id, runtime_asset_id, payload,
            bound, digest, principal_id, expires_at)
        SELECT org_id, gen_random_uuid(), 'browser_procedure', 'Set the price on the page of the shop', $2, work_id,
            endpoint_id, runtime_asset_id, $3, bound, digest, principal_id, expires_at
        FROM proposal WHERE id = $1 RETURNING id""",
        UUID(like),
        UUID(harness_id),
        _PROCEDURE.model_dump_json(),
    )
    return str(row["id"])


async def _case_of(org: Organization, harness_id: str) -> str:
    await org.reach(harness_id, "awaiting_recovery")
    [row] = await org.world.ask_database("SELECT id FROM recovery_case WHERE harness_id = $1", UUID(harness_id))
    return str(row["id"])
