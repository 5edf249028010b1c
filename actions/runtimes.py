"""Revising and retiring runtime assets."""

from actions.call import Call, Outcome
from actions.command import Handler
from contracts.refusals import Code, Refusal
from contracts.runtimes import RetireRuntimeAsset, ReviseRuntimeAsset, RuntimeAssetRetired, RuntimeAssetRevised
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


async def retire(call: Call, body: RetireRuntimeAsset) -> Outcome:
    """Take a runtime asset out of use.

    Raises:
        Refusal: NOT_FOUND.
    """
    name = await runtimes.retire(call.tx, call.org_id, body.runtime_asset_id)
    if name is None:
        raise Refusal(Code.NOT_FOUND, "There is no such runtime asset in use in this organization.")
    event = RuntimeAssetRetired(runtime_asset_id=body.runtime_asset_id, name=name)
    subject = f"runtime_asset/{body.runtime_asset_id}"
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("retired"), subject=subject)
    return Outcome(body.runtime_asset_id, "retired")


HANDLERS: dict[str, Handler] = {"revise_runtime_asset": revise, "retire_runtime_asset": retire}
