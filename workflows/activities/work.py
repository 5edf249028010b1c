"""The execution runtime's side of work: a repository in a sandbox, a command, and the difference it makes."""

import tempfile
import time
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
from runtime.sandboxes import Ran, Sandbox
from workflows.activities.edge import alive, alive_until_cancelled, told
from workflows.activities.harness import of_round
from workflows.activities.outside import Drivers, Place, place_of, same_sandbox, sandbox_for, sandbox_name
from workflows.activities.resuming import Base, Launched, note_launch, put_away, taken_up


class Started(Contract):
    """A launched harness with what its sandbox holds; `round` counts how often the command asked before."""

    queued: Queued
    base: Base
    timeout_s: int
    resumed: bool = False
    round: int = 0

    def again(self, round_: int, timeout_s: int | None) -> "Started":
        """The same in this round, with as much time for RUN as an answer gave it."""
        return self.model_copy(update={"round": round_, "timeout_s": timeout_s or self.timeout_s})


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
        """Open the sandbox that is taken up, or clone the branch's head in a new one; repeating finds the same."""
        began = time.monotonic()
        async with alive_until_cancelled(self.drivers.pool, queued):
            place = await place_of(self.drivers.pool, queued, LaunchWork.work_id_of(queued.payload))
            if place.work.interaction_policy == InteractionPolicy.BROWSER_FIRST:
                raise Failure(
                    Code.BROWSER_OBSERVATION_REQUIRED,
                    "Browser-first work may not touch its endpoint before a browser has looked at it in this harness.",
                )
            head, mirror = await self._head(queued, place)
            opened = await taken_up(self.drivers, queued, place, head)
            sandbox = opened.sandbox or await self._cloned(queued, place, head, mirror)
            duration_ms = int((time.monotonic() - began) * 1000)
            await self._note(queued, place, head, Launched(opened, sandbox, duration_ms))
        limit_s = min(place.work.specification.run_timeout_s, place.asset.limits.run_timeout_s)
        return Started(queued=queued, base=head, timeout_s=limit_s, resumed=opened.sandbox is not None)

    async def _head(self, queued: Queued, place: Place) -> tuple[Base, Path]:
        """Where the branch is now, and our mirror, which has that commit."""
        url = place.endpoint.machine_url
        credential = await self.drivers.credential(queued.org_id, place.endpoint)
        branch = place.work.specification.branch or _default(await self.drivers.git.heads(url, credential))
        mirror = self.drivers.mirror(queued.org_id, place.endpoint.id)
        return Base(branch=branch, commit=await self.drivers.git.fetch(url, branch, mirror, credential)), mirror

    async def _cloned(self, queued: Queued, place: Place, head: Base, mirror: Path) -> Sandbox:
        sandbox = await sandbox_for(self.drivers, queued, place.asset)
        with tempfile.TemporaryDirectory(dir=self.drivers.mirrors) as folder:
            bundle = await self.drivers.git.bundle(mirror, head.commit, Path(folder))
            await changes.checkout(sandbox, bundle, head.commit)
        return sandbox

    async def _note(self, queued: Queued, place: Place, head: Base, launched: Launched) -> None:
        async with transaction(self.drivers.pool) as tx:
            await harness.observe(
                tx,
                queued.org_id,
                queued.harness_id,
                kind="repository_head",
                subject=f"{place.endpoint.name}#{head.branch}@{head.commit[:12]}",
                digest=None,
                detail={
                    "branch": head.branch,
                    "commit": head.commit,
                    "endpoint_digest": place.endpoint.digest,
                    "runtime_asset_digest": place.asset.digest,
                },
            )
            await note_launch(tx, queued, place.asset.kind, launched)

    @activity.defn(name="work.run")
    @told
    async def run(self, started: Started) -> None:
        """Run the command; repeating attaches to the one that runs or has run.

        Raises:
            Failure: RUN_FAILED or RUN_TIMED_OUT, with the end of what it printed.
        """
        queued = started.queued
        async with alive_until_cancelled(self.drivers.pool, queued):
            place = await place_of(self.drivers.pool, queued, LaunchWork.work_id_of(queued.payload))
            sandbox = await same_sandbox(self.drivers, queued)
            command = place.work.specification.run
            # A sandbox that was taken up holds the run of the harness that left it.
            run_id = "run" if sandbox.name == sandbox_name(queued) else f"run-{queued.command_id}"
            ran = await sandbox.run(command, run_id=run_id, timeout_s=started.timeout_s, cwd=changes.REPOSITORY)
            await keep_output(self.drivers, queued, of_round("run-output", started.round), ran)
        if ran.timed_out:
            raise Failure(Code.RUN_TIMED_OUT, f"RUN did not end within {started.timeout_s} s and was stopped.")
        if ran.exit_code != 0:
            raise Failure(Code.RUN_FAILED, f"RUN ended with exit code {ran.exit_code}: {last_line(ran.output)}")

    @activity.defn(name="work.difference")
    @told
    async def difference(self, started: Started) -> Change:
        """Take what the command changed, byte for byte; repeating takes the same.

        Raises:
            Failure: PATCH_TOO_LARGE, BASE_MOVED and what `runtime.changes` raises.
        """
        queued = started.queued
        async with alive_until_cancelled(self.drivers.pool, queued):
            sandbox = await same_sandbox(self.drivers, queued)
            place = await place_of(self.drivers.pool, queued, LaunchWork.work_id_of(queued.payload))
            mirror = self.drivers.mirror(queued.org_id, place.endpoint.id)
            base = changes.Base(mirror, started.base.commit)
            taken = await changes.take_difference(sandbox, self.drivers.git, base)
            if taken.empty:
                return Change()
            await self._check_base(started, place)
            name = of_round("patch", started.round)
            artifact = Artifact.of(name, "text/x-diff", taken.patch, body_bytes_max=changes.PATCH_BYTES_MAX)
            async with transaction(self.drivers.pool) as tx:
                artifact_id = await harness.keep(tx, queued.org_id, queued.harness_id, artifact)
        return Change(
            patch_artifact_id=artifact_id,
            patch_digest=taken.digest,
            files=tuple(_shown(taken.files)),
            files_changed=len(taken.files),
        )

    async def _check_base(self, started: Started, place: Place) -> None:
        """Nothing, unless the branch that the change is for is seen to stand elsewhere than when it was cloned."""
        base, target = started.base, place.work.specification.target_branch
        try:
            credential = await self.drivers.credential(started.queued.org_id, place.endpoint)
            remote = await self.drivers.git.heads(place.endpoint.machine_url, credential)
        except Failure:
            # The change is had; whether it can be pushed is found out when it is.
            return
        at = remote.branches.get(base.branch)
        if target in (None, base.branch) and at is not None and at != base.commit:
            message = f"The branch {base.branch} was at {base.commit[:12]} when RUN began and is at {at[:12]} now."
            raise Failure(Code.BASE_MOVED, message)

    @activity.defn(name="work.put_away")
    @told
    async def put_away(self, queued: Queued) -> None:
        """Keep what a failed or cancelled harness left, for one that resumes; delete the command's sandbox otherwise.

        One that is gone already is fine, and repeating changes nothing.
        """
        async with alive():
            await put_away(self.drivers, queued)


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
