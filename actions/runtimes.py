"""Revising runtime assets."""

from actions.call import Call, Outcome
from actions.command import Handler
from contracts.runtimes import ReviseRuntimeAsset, RuntimeAssetRevised
from ledger import outbox, runtimes


async def revise(call: Call, body: ReviseRuntimeAsset) -> Outcome:
    """Replace a runtime asset's capabilities and limits.

    Raises:
        Refusal: NOT_FOUND.
    """
    name, version, digest = await runtimes.revise(call.tx, call.org_id, body)
    event = RuntimeAssetRevised(runtime_asset_id=body.runtime_asset_id, name=name, version=version, digest=digest)
    subject = f"runtime_asset/{body.runtime_asset_id}"
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("revised"), subject=subject)
    return Outcome(body.runtime_asset_id, "active")


HANDLERS: dict[str, Handler] = {"revise_runtime_asset": revise}
