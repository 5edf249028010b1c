"""The path: onboarding, work, proposal, decision, execution, proof, each through the outside interfaces."""

import secrets
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from contracts.proofs import ProofBundle
from entrypoints import proofs, scenarios
from entrypoints.demo.live import Live, Row
from entrypoints.demo.repository import Job
from entrypoints.demo.show import Show
from entrypoints.platform import Platform, RefusedError, ensure_user, signed_in
from runtime.secrets import FileStore, SecretValue

_ONBOARDING_WITHIN_S = 120
# RUN and VERIFY may take as long as the work allows; this is that and time to start.
_WORK_WITHIN_S = 2_400

_PROJECTIONS = """query { harness_projection(order_by: {updated_at: desc}, limit: 20) {
    harness_id phase headline steps_done steps_total proposal_id proof_id last_position } }"""
_DECLARED = """query { organization { id state onboarding_checks { subject_name state detail remedy } }
    endpoint { id name } runtime_asset { id name } }"""
_PROPOSAL = "query ($id: uuid!) { proposal(where: {id: {_eq: $id}}) { id digest payload expires_at } }"
_EXECUTION = """query ($id: uuid!) { execution(where: {harness_id: {_eq: $id}}) {
    id state reason commit_id base_commit } artifact(where: {harness_id: {_eq: $id}}) { name digest size_bytes } }"""
_PROOF = f"query ($input: VerifyProof!) {{ verify_proof(input: $input) {{ {proofs.BUNDLE_FIELDS} }} }}"


class FailedError(Exception):
    """The path ended before its end; the message says where and why."""


@dataclass(frozen=True)
class Place:
    """Where the stack is, and what opens it."""

    graphql_url: str
    admin_secret: str
    supabase_url: str
    anon_key: str
    service_role_key: str
    secrets_dir: Path
    secrets_key_file: Path


class Demo:
    """One run of the path, as four principals of a new organization."""

    def __init__(self, place: Place, job: Job, show: Show, *, run: str) -> None:
        self._place = place
        self._job = job
        self._show = show
        self._run = run
        self._password = secrets.token_urlsafe(16)
        self._scenario = scenarios.load(
            "demo",
            {
                "run": run,
                "repository_url": job.repository_url,
                "title": job.title,
                "command": job.run,
                "verify": job.verify,
                "target_branch": job.target_branch or "",
            },
        )

    async def play(self) -> str:
        """Play all of it; the last headline, once the path came to its end.

        Raises:
            FailedError: if a step fails.
        """
        async with AsyncExitStack() as opened:
            onboarding_id = await self._onboard()
            viewer, token = await self._sign_in("viewer")
            live = await opened.enter_async_context(Live(viewer, token, self._show.pushed))
            eyes = await opened.enter_async_context(Platform.as_bearer(self._place.graphql_url, token))
            live.catch_up((await eyes.ask(_PROJECTIONS))["harness_projection"])
            await self._activated(live, eyes, onboarding_id)
            owner = await opened.enter_async_context(
                Platform.as_bearer(self._place.graphql_url, (await self._sign_in("owner"))[1])
            )
            row = await self._work(live, owner)
            if row["phase"] == "awaiting_decision":
                row = await self._decide(opened, live, owner, row)
                await self._prove(eyes, row)
            return str(row["headline"])

    async def _onboard(self) -> str:
        self._show.title("Onboarding")
        organization = self._scenario["organization"]
        store = FileStore(self._place.secrets_dir, self._place.secrets_key_file)
        store.put(f"demo-{self._run}/repository", "token", SecretValue(secrets.token_urlsafe(24)))
        for member in organization["principals"]:
            await ensure_user(self._place.supabase_url, self._place.service_role_key, member["email"], self._password)
        async with Platform.as_administrator(self._place.graphql_url, self._place.admin_secret) as platform:
            answer = await platform.act("onboard_organization", "OnboardOrganization", _keyed(organization))
            found = await platform.ask(
                "query ($id: uuid!) { harness(where: {command_id: {_eq: $id}}) { id } }", id=answer["command_id"]
            )
        self._show.fact("organization", f"{organization['slug']}  {answer['id']}")
        return found["harness"][0]["id"]

    async def _activated(self, live: Live, eyes: Platform, harness_id: str) -> None:
        row = await live.reach(harness_id, {"succeeded", "failed"}, within_s=_ONBOARDING_WITHIN_S)
        for check in (await eyes.ask(_DECLARED))["organization"][0]["onboarding_checks"]:
            self._show.fact(check["subject_name"], f"{check['state']}: {check['detail']}")
        if row["phase"] == "failed":
            raise FailedError(f"Onboarding failed. {row['headline']}")

    async def _work(self, live: Live, owner: Platform) -> Row:
        self._show.title("Work")
        declared = await owner.ask(_DECLARED)
        work = self._scenario["work"]
        ids = {kind: {one["name"]: one["id"] for one in declared[kind]} for kind in ("endpoint", "runtime_asset")}
        specification = {name: value for name, value in work["specification"].items() if value}
        created = await owner.act(
            "create_work",
            "CreateWork",
            _keyed(
                {
                    "title": work["title"],
                    "endpoint_id": ids["endpoint"][work["endpoint"]],
                    "runtime_asset_id": ids["runtime_asset"][work["runtime_asset"]],
                    "specification": specification,
                }
            ),
        )
        self._show.fact("work", f"{created['id']}  {work['title']}")
        launched = await owner.act(
            "launch_work", "LaunchWork", _keyed({"work_id": created["id"], "continuity": "fresh"})
        )
        self._show.fact("harness", launched["id"])
        ends = {"awaiting_decision", "succeeded", "failed"}
        row = await live.reach(launched["id"], ends, within_s=_WORK_WITHIN_S)
        if row["phase"] == "failed":
            raise FailedError(row["headline"])
        return row

    async def _decide(self, opened: AsyncExitStack, live: Live, owner: Platform, row: Row) -> Row:
        self._show.title("Proposal and decision")
        proposal = (await owner.ask(_PROPOSAL, id=row["proposal_id"]))["proposal"][0]
        payload = proposal["payload"]
        self._show.fact("proposal", proposal["id"])
        self._show.fact("digest", proposal["digest"])
        self._show.fact("base commit", payload["base_commit"])
        for file in payload["files"][:8]:
            self._show.fact(file["status"], f"{file['path']}  +{file['added']} -{file['deleted']}")
        decision = {"proposal_id": proposal["id"], "digest": proposal["digest"]}
        try:
            await owner.act("approve_proposal", "ApproveProposal", _keyed(decision))
        except RefusedError as refused:
            self._show.note(f"The proposer is refused: {refused.code}, {refused}", "yellow")
        else:
            raise FailedError("The proposer could approve a proposal of their own.")
        _, token = await self._sign_in("approver")
        approver = await opened.enter_async_context(Platform.as_bearer(self._place.graphql_url, token))
        self._show.title("Execution")
        await approver.act("approve_proposal", "ApproveProposal", _keyed(decision))
        return await live.reach(row["harness_id"], {"succeeded", "failed"}, within_s=_WORK_WITHIN_S)

    async def _prove(self, eyes: Platform, row: Row) -> None:
        self._show.title("Proof")
        done = await eyes.ask(_EXECUTION, id=row["harness_id"])
        execution = done["execution"][0]
        self._show.fact("execution", f"{execution['id']}  {execution['state']}")
        for artifact in done["artifact"]:
            self._show.fact(artifact["name"], f"{artifact['digest']}  {artifact['size_bytes']} bytes")
        bundle = ProofBundle.model_validate(
            (await eyes.ask(_PROOF, input={"proof_id": row["proof_id"]}))["verify_proof"]
        )
        report = proofs.verify(bundle)
        self._show.fact("proof", f"{bundle.proof_id}  leaf {bundle.leaf_index} of {bundle.tree_size}")
        self._show.fact("commit", execution["commit_id"] or "none")
        self._show.fact("verified", f"by the platform: {bundle.verified}; here, offline: {report.ok}")
        if row["phase"] == "failed":
            raise FailedError(row["headline"])
        if not (bundle.verified and report.ok):
            raise FailedError("The proof does not verify.")

    async def _sign_in(self, role: str) -> tuple[Any, str]:
        members = self._scenario["organization"]["principals"]
        email = next(member["email"] for member in members if member["role"] == role)
        return await signed_in(self._place.supabase_url, self._place.anon_key, email, self._password)


def _keyed(given: dict[str, Any]) -> dict[str, Any]:
    return {**given, "idempotency_key": str(uuid4())}
