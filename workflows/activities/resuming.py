"""What an ended harness leaves in its sandbox, and how a later one of the same work takes it up."""

from dataclasses import dataclass

from contracts.base import Contract
from contracts.harness import (
    ContinuityNote,
    ContinuityPart,
    ContinuityReceipt,
    HarnessResumed,
    LaunchOrigin,
)
from contracts.queue import Queued
from contracts.refusals import Code
from contracts.states import Phase
from contracts.vocabulary import Continuity
from contracts.work import LAUNCH_KIND, LaunchWork
from ledger import harness, kept
from ledger.kept import KEPT_FOR, Left
from ledger.pool import Tx, transaction
from runtime import changes
from runtime.failures import Failure
from runtime.sandboxes import Sandbox
from workflows.activities.harness import tell
from workflows.activities.outside import LOST, Drivers, Place, left_labels, sandbox_name

_LEAVE = (Phase.FAILED, Phase.CANCELLED)
_CONTEXT = ContinuityNote(
    what=ContinuityPart.CONTEXT,
    detail="The earlier harness's processes, and what they held in memory, ended when its sandbox was stopped.",
)


class Base(Contract):
    """What a sandbox holds: the branch that was cloned and the commit it was at."""

    branch: str
    commit: str


@dataclass(frozen=True)
class Opened:
    """What a harness took up: no `sandbox` if nothing survived, and no `receipt` either if it starts afresh."""

    sandbox: Sandbox | None = None
    receipt: ContinuityReceipt | None = None
    left: Left | None = None


@dataclass(frozen=True)
class Launched:
    """The sandbox in which a harness works, and how long it took to get it ready."""

    opened: Opened
    sandbox: Sandbox
    duration_ms: int


async def taken_up(drivers: Drivers, queued: Queued, place: Place, head: Base) -> Opened:
    """What the harness takes up, and the true receipt for it; repeating finds the same.

    Raises:
        Failure: RUNTIME_LOST, if what is known to have survived is gone meanwhile.
    """
    async with transaction(drivers.pool) as tx:
        known = await harness.receipt(tx, queued.org_id, queued.harness_id)
        left = await kept.taken_by(tx, queued.org_id, queued.harness_id)
    if known.continuity is Continuity.FRESH:
        return Opened()
    if left is None:
        # What had survived was put away, if the work was begun anew after a recovery case.
        told = bool(known.lost) and not known.survived
        return Opened(receipt=known if told else _gone(known, "What the earlier harness left is gone"))
    why = _cannot_go_on(left, place, head)
    sandbox = None if why else await drivers.sandboxes.reopen(left.sandbox_name, left_labels(queued))
    if sandbox is not None and await changes.holds_checkout(sandbox, left.base_commit):
        return Opened(sandbox, _survived(known, left), left)
    if known.survived:
        # It was told as survived, so somebody is asked; whoever launches it again finds nothing to take up.
        await _delete(drivers, queued, left)
        raise Failure(Code.RUNTIME_LOST, LOST)
    why = why or ("The repository in the sandbox was lost" if sandbox else "The earlier harness's sandbox is gone")
    await drivers.sandboxes.destroy(left.sandbox_name)
    return Opened(receipt=_gone(known, why), left=left)


def _cannot_go_on(left: Left, place: Place, head: Base) -> str | None:
    """Why a change that goes on from what was left could not be carried out; None if it could."""
    if (left.branch, left.base_commit) != (head.branch, head.commit):
        was, now = f"{left.branch} at {left.base_commit[:12]}", f"{head.branch} at {head.commit[:12]}"
        return f"The earlier harness worked on {was}, and now there is {now}"
    if left.runtime_asset_digest != place.asset.digest:
        return "The runtime asset was revised since the earlier harness"
    return None


def _survived(known: ContinuityReceipt, left: Left) -> ContinuityReceipt:
    files = (
        f"The checkout of {left.branch} at {left.base_commit[:12]}, with what the earlier harness changed, is there."
    )
    note = ContinuityNote(what=ContinuityPart.FILES, detail=files)
    return known.model_copy(update={"survived": (note,), "lost": (_CONTEXT,)})


def _gone(known: ContinuityReceipt, why: str) -> ContinuityReceipt:
    note = ContinuityNote(what=ContinuityPart.FILES, detail=f"{why}, so the repository was cloned anew.")
    return known.model_copy(update={"survived": (), "lost": (note, _CONTEXT)})


async def note_launch(tx: Tx, queued: Queued, runtime_kind: str, launched: Launched) -> None:
    """Keep how the launch came about, and tell the receipt of a harness that resumes; repeating changes nothing."""
    opened, sandbox = launched.opened, launched.sandbox
    await harness.diagnose_launch(
        tx,
        queued.org_id,
        queued.harness_id,
        kind=runtime_kind,
        name=sandbox.name,
        origin=_origin(opened),
        duration_ms=launched.duration_ms,
    )
    receipt = opened.receipt
    if receipt is None or receipt.from_harness_id is None:
        return
    if opened.left is not None and opened.sandbox is None:
        await kept.forget(tx, queued.org_id, opened.left.sandbox_name)
    await harness.set_receipt(tx, queued.org_id, queued.harness_id, receipt)
    event = HarnessResumed(from_harness_id=receipt.from_harness_id, survived=receipt.survived, lost=receipt.lost)
    await tell(tx, queued, event, "resumed")


def _origin(opened: Opened) -> LaunchOrigin:
    """How the runtime came about; a repeated try that finds the sandbox of the first one tells the same."""
    if opened.sandbox is not None:
        return LaunchOrigin.RESTORED
    return LaunchOrigin.COLD if opened.receipt is None else LaunchOrigin.RECREATED


async def put_away(drivers: Drivers, queued: Queued) -> None:
    """The sandbox of an ended command is stopped and kept if a later harness can go on in it, and gone otherwise."""
    async with transaction(drivers.pool) as tx:
        if await kept.keeps(tx, queued.org_id, queued.harness_id):
            # This was done before, by a worker that did not live to say so; it may be taken up by now.
            return
        standing = await harness.seen(tx, queued.org_id, queued.harness_id)
        taken = await kept.taken_by(tx, queued.org_id, queued.harness_id)
        checked_out = await harness.checked_out(tx, queued.org_id, queued.harness_id)
    if queued.kind != LAUNCH_KIND or standing not in _LEAVE:
        await _delete(drivers, queued, taken)
    elif checked_out is None:
        await _give_back(drivers, queued, taken)
    else:
        left = Left(
            sandbox_name=taken.sandbox_name if taken else sandbox_name(queued),
            work_id=LaunchWork.work_id_of(queued.payload),
            harness_id=queued.harness_id,
            branch=checked_out.branch,
            base_commit=checked_out.commit,
            runtime_asset_digest=checked_out.runtime_asset_digest,
        )
        await _keep(drivers, queued, left)


async def _keep(drivers: Drivers, queued: Queued, left: Left) -> None:
    if not await drivers.sandboxes.rest(left.sandbox_name, kept_for=KEPT_FOR):
        await _delete(drivers, queued, left)
        return
    async with transaction(drivers.pool) as tx:
        too_many = await kept.keep(tx, queued.org_id, left)
    for name in too_many:
        await drivers.sandboxes.destroy(name)


async def _give_back(drivers: Drivers, queued: Queued, taken: Left | None) -> None:
    """The harness never came to its checkout: what it was to take up stays as it was, for another one."""
    await drivers.sandboxes.destroy(sandbox_name(queued))
    if taken is None:
        return
    if await drivers.sandboxes.rest(taken.sandbox_name, kept_for=KEPT_FOR):
        async with transaction(drivers.pool) as tx:
            await kept.release(tx, queued.org_id, queued.harness_id)
    else:
        await _delete(drivers, queued, taken)


async def _delete(drivers: Drivers, queued: Queued, taken: Left | None) -> None:
    await drivers.sandboxes.destroy(sandbox_name(queued))
    if taken is not None:
        await drivers.sandboxes.destroy(taken.sandbox_name)
        async with transaction(drivers.pool) as tx:
            await kept.forget(tx, queued.org_id, taken.sandbox_name)
