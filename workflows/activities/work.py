"""The execution runtime's side of work: a repository in a sandbox, a command, and the difference it makes."""

import tempfile
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from temporalio import activity

from contracts.artifacts import Artifact
from contracts.base import Contract
from contracts.proposals import FILES_SHOWN_MAX, PATHS_SHOWN_CHARACTERS_MAX, ChangedFile
from contracts.queue import Queued
from contracts.refusals import Code
from contracts.vocabulary import InteractionPolicy
from contracts.work import LaunchWork
from ledger import harness
from ledger.pool import transaction
from runtime import changes, git
from runtime.failures import Failure
from runtime.git import Remote
from runtime.sandboxes import Ran
from workflows.activities.edge import alive, told
from workflows.activities.outside import Drivers, Place, place_of, same_sandbox, sandbox_for, sandbox_name


class Base(Contract):
    """What a sandbox holds: the branch that was cloned and the commit it was at."""

    branch: str
    commit: str


class Started(Contract):
    """A launched harness with what its sandbox holds."""

    queued: Queued
    base: Base
    timeout_s: int


class Change(Contract):
    """The difference that a command made; without an artifact it made none."""

    patch_artifact_id: UUID | None = None
    patch_digest: str | None = None
    files: tuple[ChangedFile, ...] = ()
    files_changed: int = 0


@dataclass(frozen=True)
class Workbench:
    """Runtime activities of work."""

    drivers: Drivers

    @activity.defn(name="work.checkout")
    @told
    async def checkout(self, queued: Queued) -> Started:
        """Clone the branch's head in a sandbox; repeating finds the same sandbox and starts over."""
        async with alive():
            place = await place_of(self.drivers.pool, queued, LaunchWork.work_id_of(queued.payload))
            if place.work.interaction_policy == InteractionPolicy.BROWSER_FIRST:
                raise Failure(
                    Code.BROWSER_OBSERVATION_REQUIRED,
                    "Browser-first work may not touch its endpoint before a browser has looked at it in this harness.",
                )
            base = await self._clone(queued, place)
            await self._note(queued, place, base)
        limit_s = min(place.work.specification.run_timeout_s, place.asset.limits.run_timeout_s)
        return Started(queued=queued, base=base, timeout_s=limit_s)

    async def _clone(self, queued: Queued, place: Place) -> Base:
        url = place.endpoint.machine_url
        credential = await self.drivers.credential(queued.org_id, place.endpoint)
        branch = place.work.specification.branch or _default(await self.drivers.git.heads(url, credential))
        mirror = self.drivers.mirror(queued.org_id, place.endpoint.id)
        commit = await self.drivers.git.fetch(url, branch, mirror, credential)
        sandbox = await sandbox_for(self.drivers, queued, place.asset)
        with tempfile.TemporaryDirectory(dir=self.drivers.mirrors) as folder:
            bundle = await self.drivers.git.bundle(mirror, commit, Path(folder))
            await changes.checkout(sandbox, bundle, commit)
        return Base(branch=branch, commit=commit)

    async def _note(self, queued: Queued, place: Place, base: Base) -> None:
        async with transaction(self.drivers.pool) as tx:
            await harness.observe(
                tx,
                queued.org_id,
                queued.harness_id,
                kind="repository_head",
                subject=f"{place.endpoint.name}#{base.branch}",
                digest=None,
                detail={"commit": base.commit, "endpoint_digest": place.endpoint.digest},
            )
            await harness.diagnose_launch(
                tx,
                queued.org_id,
                queued.harness_id,
                kind=place.asset.kind,
                name=sandbox_name(queued),
                origin="cold",
                duration_ms=int((activity.info().started_time - activity.info().scheduled_time).total_seconds() * 1000),
            )

    @activity.defn(name="work.run")
    @told
    async def run(self, started: Started) -> None:
        """Run the command; repeating attaches to the one that runs or has run.

        Raises:
            Failure: RUN_FAILED or RUN_TIMED_OUT, with the end of what it printed.
        """
        queued = started.queued
        async with alive():
            place = await place_of(self.drivers.pool, queued, LaunchWork.work_id_of(queued.payload))
            sandbox = await same_sandbox(self.drivers, queued)
            command = place.work.specification.run
            ran = await sandbox.run(command, run_id="run", timeout_s=started.timeout_s, cwd=changes.REPOSITORY)
            await keep_output(self.drivers, queued, "run-output", ran)
        if ran.timed_out:
            raise Failure(Code.RUN_TIMED_OUT, f"RUN did not end within {started.timeout_s} s and was stopped.")
        if ran.exit_code != 0:
            raise Failure(Code.RUN_FAILED, f"RUN ended with exit code {ran.exit_code}: {last_line(ran.output)}")

    @activity.defn(name="work.difference")
    @told
    async def difference(self, started: Started) -> Change:
        """Take what the command changed, byte for byte; repeating takes the same.

        Raises:
            Failure: PATCH_TOO_LARGE and what `runtime.changes` raises.
        """
        queued = started.queued
        async with alive():
            sandbox = await same_sandbox(self.drivers, queued)
            place = await place_of(self.drivers.pool, queued, LaunchWork.work_id_of(queued.payload))
            mirror = self.drivers.mirror(queued.org_id, place.endpoint.id)
            base = changes.Base(mirror, started.base.commit)
            taken = await changes.take_difference(sandbox, self.drivers.git, base)
            if taken.empty:
                return Change()
            artifact = Artifact.of("patch", "text/x-diff", taken.patch, body_bytes_max=changes.PATCH_BYTES_MAX)
            async with transaction(self.drivers.pool) as tx:
                artifact_id = await harness.keep(tx, queued.org_id, queued.harness_id, artifact)
        return Change(
            patch_artifact_id=artifact_id,
            patch_digest=taken.digest,
            files=tuple(_shown(taken.files)),
            files_changed=len(taken.files),
        )

    @activity.defn(name="work.put_away")
    @told
    async def put_away(self, queued: Queued) -> None:
        """Delete the command's sandbox; one that is gone already is fine."""
        async with alive():
            await self.drivers.sandboxes.destroy(sandbox_name(queued))


def _shown(files: Sequence[git.ChangedFile]) -> Generator[ChangedFile]:
    characters = 0
    for file in files[:FILES_SHOWN_MAX]:
        characters += len(file.path)
        if characters > PATHS_SHOWN_CHARACTERS_MAX:
            return
        yield ChangedFile(path=file.path, status=file.status.value, added=file.added, deleted=file.deleted)


def _default(remote: Remote) -> str:
    if remote.empty:
        raise Failure(Code.REPOSITORY_EMPTY, "The repository is empty; push a first commit to it.")
    if remote.default_branch is None:
        raise Failure(
            Code.BRANCH_MISSING, "The repository has no default branch; name one in the work's specification."
        )
    return remote.default_branch


async def keep_output(drivers: Drivers, queued: Queued, name: str, ran: Ran) -> UUID:
    """The artifact of what a command printed."""
    # The sandbox has cut it already, in the middle; cut again, it would lose its last words.
    output = ran.output.encode()
    artifact = Artifact.of(name, "text/plain", output, body_bytes_max=len(output))
    if ran.truncated:
        artifact = artifact.model_copy(update={"truncated": True})
    async with transaction(drivers.pool) as tx:
        return await harness.keep(tx, queued.org_id, queued.harness_id, artifact)


def last_line(output: str) -> str:
    """The last line that says something, short enough for a headline."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it printed nothing."
