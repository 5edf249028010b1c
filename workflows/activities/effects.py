"""The execution runtime's side of an approved change: rehearse it in a new sandbox, push exactly what was approved."""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from temporalio import activity

from contracts.artifacts import Artifact
from contracts.base import Contract
from contracts.canonical import digest_of_bytes
from contracts.refusals import Code
from ledger import executions, harness, proposals
from ledger.pool import transaction
from ledger.proposals import Proposal
from runtime import changes
from runtime.failures import Failure
from runtime.git import Commit
from workflows.activities.edge import alive, told
from workflows.activities.outside import Drivers, Place, check_approved, place_of, same_sandbox, sandbox_for
from workflows.activities.proposals import Carried
from workflows.activities.resuming import Launched, Opened, note_launch
from workflows.activities.work import keep_output, last_line

# Who commits on behalf of the platform; the proposal and its digest stand in the message.
COMMITTER_NAME = "FractalOps"
COMMITTER_EMAIL = "fractalops@users.noreply.invalid"


class Pushed(Contract):
    """The commit that is on the target branch, and the artifact that says so."""

    commit_id: str
    artifact_id: UUID


@dataclass(frozen=True)
class Effects:
    """Runtime activities of executions."""

    drivers: Drivers

    @activity.defn(name="effects.prepare")
    @told
    async def prepare(self, carried: Carried) -> None:
        """Put the base with the approved patch into a new sandbox; repeating starts over in the same one.

        Raises:
            Failure: BASE_MOVED, PATCH_DOES_NOT_APPLY, and what reaching the endpoint raises.
        """
        queued, payload = carried.queued, carried.change
        async with alive():
            place, proposal = await self._placed(carried)
            patch = await self._patch(carried, proposal)
            mirror = self.drivers.mirror(queued.org_id, place.endpoint.id)
            credential = await self.drivers.credential(queued.org_id, place.endpoint)
            head = await self.drivers.git.fetch(place.endpoint.machine_url, payload.branch, mirror, credential)
            if head != payload.base_commit:
                raise _moved(payload.branch, payload.base_commit, head)
            began = time.monotonic()
            sandbox = await sandbox_for(self.drivers, queued, place.asset)
            duration_ms = int((time.monotonic() - began) * 1000)
            async with transaction(self.drivers.pool) as tx:
                await note_launch(tx, queued, place.asset.kind, Launched(Opened(), sandbox, duration_ms))
            with tempfile.TemporaryDirectory(dir=self.drivers.mirrors) as folder:
                bundle = await self.drivers.git.bundle(mirror, payload.base_commit, Path(folder))
                await changes.checkout(sandbox, bundle, payload.base_commit)
            await changes.apply(sandbox, patch)

    @activity.defn(name="effects.verify")
    @told
    async def verify(self, carried: Carried) -> None:
        """Run VERIFY on the patched base; repeating attaches to the run that is there.

        Raises:
            Failure: VERIFY_FAILED or VERIFY_TIMED_OUT, with the end of what it printed.
        """
        payload = carried.change
        async with alive():
            sandbox = await same_sandbox(self.drivers, carried.queued)
            limit_s = payload.verify_timeout_s
            ran = await sandbox.run(payload.verify, run_id="verify", timeout_s=limit_s, cwd=changes.REPOSITORY)
            artifact_id = await keep_output(self.drivers, carried.queued, "verify-output", ran)
            await self._tie(carried, artifact_id, "verified_with")
        if ran.timed_out:
            raise Failure(Code.VERIFY_TIMED_OUT, f"VERIFY did not end within {payload.verify_timeout_s} s.")
        if ran.exit_code != 0:
            raise Failure(Code.VERIFY_FAILED, f"VERIFY ended with exit code {ran.exit_code}: {last_line(ran.output)}")

    @activity.defn(name="effects.push")
    @told
    async def push(self, carried: Carried) -> Pushed:
        """Commit exactly the approved patch on its base and push it; repeating makes and pushes the same commit.

        The commit is made here from the approved bytes, not taken from the sandbox, where VERIFY could have changed it.

        Raises:
            Failure: STALE, BASE_MOVED, PUSH_REFUSED, and what reaching the endpoint raises.
        """
        payload = carried.change
        async with alive():
            place, commit_id, branches = await self._built(carried)
            if not await self._arrived(carried, place, commit_id, branches):
                await self._check_approved(carried, place)
                if branches.get(payload.branch) != payload.base_commit:
                    raise _moved(payload.branch, payload.base_commit, branches.get(payload.branch))
                await self.drivers.git.push(
                    self.drivers.mirror(carried.queued.org_id, place.endpoint.id),
                    place.endpoint.machine_url,
                    commit_id,
                    payload.target_branch,
                    expected=payload.base_commit if payload.target_branch in branches else None,
                    credential=await self.drivers.credential(carried.queued.org_id, place.endpoint),
                )
            return await self._note_pushed(carried, commit_id)

    @activity.defn(name="effects.find_pushed")
    @told
    async def find_pushed(self, carried: Carried) -> Pushed | None:
        """The commit, if a push that failed or was lost put it on the target branch; repeating changes nothing.

        Raises:
            Failure: what reaching the endpoint raises.
        """
        async with alive():
            place, commit_id, branches = await self._built(carried)
            if not await self._arrived(carried, place, commit_id, branches):
                return None
            return await self._note_pushed(carried, commit_id)

    async def _built(self, carried: Carried) -> tuple[Place, str, dict[str, str]]:
        """The place, the commit as it is in our mirror, and where the endpoint's branches are now."""
        queued, payload = carried.queued, carried.change
        place, proposal = await self._placed(carried)
        patch = await self._patch(carried, proposal)
        url, mirror = place.endpoint.machine_url, self.drivers.mirror(queued.org_id, place.endpoint.id)
        credential = await self.drivers.credential(queued.org_id, place.endpoint)
        branches = (await self.drivers.git.heads(url, credential)).branches
        if payload.branch in branches:
            # Another machine may have prepared this execution, so that our mirror lacks the base.
            await self.drivers.git.fetch(url, payload.branch, mirror, credential)
        commit = await self._commit(carried, proposal)
        commit_id = await self.drivers.git.build_commit(mirror, payload.base_commit, patch, commit)
        return place, commit_id, branches

    async def _note_pushed(self, carried: Carried, commit_id: str) -> Pushed:
        queued = carried.queued
        artifact = Artifact.of("commit", "text/plain", f"{commit_id}\n".encode())
        async with transaction(self.drivers.pool) as tx:
            artifact_id = await harness.keep(tx, queued.org_id, queued.harness_id, artifact)
            await harness.tie(
                tx, queued.org_id, (("execution", carried.execution_id), "pushed", ("artifact", artifact_id))
            )
        return Pushed(commit_id=commit_id, artifact_id=artifact_id)

    async def _arrived(self, carried: Carried, place: Place, commit_id: str, branches: dict[str, str]) -> bool:
        """Whether an earlier try pushed the commit: the target branch is at it, or others went on from it since."""
        target, base = carried.change.target_branch, carried.change.base_commit
        head = branches.get(target)
        if head in {None, base, commit_id}:
            return head == commit_id
        mirror = self.drivers.mirror(carried.queued.org_id, place.endpoint.id)
        credential = await self.drivers.credential(carried.queued.org_id, place.endpoint)
        head = await self.drivers.git.fetch(place.endpoint.machine_url, target, mirror, credential)
        return await self.drivers.git.contains(mirror, head, commit_id)

    async def _placed(self, carried: Carried) -> tuple[Place, Proposal]:
        async with transaction(self.drivers.pool) as tx:
            proposal = await proposals.find(tx, carried.queued.org_id, carried.proposal_id)
        return await place_of(self.drivers.pool, carried.queued, proposal.work_id), proposal

    async def _check_approved(self, carried: Carried, place: Place) -> None:
        async with transaction(self.drivers.pool) as tx:
            proposal = await proposals.find(tx, carried.queued.org_id, carried.proposal_id)
        check_approved(place, proposal.bound)

    async def _patch(self, carried: Carried, proposal: Proposal) -> bytes:
        """The approved bytes, which must be those of the approved digest."""
        async with transaction(self.drivers.pool) as tx:
            patch = await harness.artifact_bytes(tx, carried.queued.org_id, proposal.change.patch_artifact_id)
        if digest_of_bytes(patch) != proposal.change.patch_digest:
            raise Failure(Code.STALE, "The stored patch is not the one that was approved.")
        return patch

    async def _commit(self, carried: Carried, proposal: Proposal) -> Commit:
        async with transaction(self.drivers.pool) as tx:
            execution = await executions.find(tx, carried.queued.org_id, carried.execution_id)
        trailers = f"FractalOps-Proposal: {proposal.id}\nFractalOps-Digest: {proposal.digest}"
        return Commit(
            message=f"{proposal.change.message}\n\n{trailers}\n",
            author_name=COMMITTER_NAME,
            author_email=COMMITTER_EMAIL,
            at=execution.started_at,
        )

    async def _tie(self, carried: Carried, artifact_id: UUID, relation: str) -> None:
        async with transaction(self.drivers.pool) as tx:
            await harness.tie(
                tx,
                carried.queued.org_id,
                (("execution", carried.execution_id), relation, ("artifact", artifact_id)),
            )


def _moved(branch: str, base: str, head: str | None) -> Failure:
    now = f"is at {head[:12]}" if head else "is gone"
    return Failure(Code.BASE_MOVED, f"The branch {branch} {now}; the change was approved on {base[:12]}.")
