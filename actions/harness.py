"""Cancelling a harness: recorded here; whoever works for it sees that and stops."""

from actions.call import Call, Outcome
from actions.command import Handler
from actions.recovery import wake
from contracts.harness import CancelHarness, HarnessCancelled, cancellable
from contracts.refusals import Code, Refusal
from contracts.states import Phase, ProposalState
from contracts.vocabulary import Purpose
from ledger import harness, kept, outbox, proposals
from ledger.harness import Standing


async def cancel(call: Call, body: CancelHarness) -> Outcome:
    """Cancel a harness of work, and withdraw its proposal under review with it.

    Raises:
        Refusal: NOT_FOUND, WRONG_STATE.
    """
    # Decisions hold the proposal before its harness, so this does too.
    proposal = await proposals.lock_of_harness(call.tx, call.org_id, body.harness_id)
    standing = await harness.lock(call.tx, call.org_id, body.harness_id)
    _check(standing)
    if standing.phase is Phase.AWAITING_DECISION:
        # It may have been made while its harness was waited for.
        proposal = proposal or await proposals.lock_of_harness(call.tx, call.org_id, body.harness_id)
    if standing.phase is Phase.QUEUED:
        await kept.release(call.tx, call.org_id, body.harness_id)
    if standing.phase is Phase.AWAITING_RECOVERY:
        await wake(call, body.harness_id)
    if proposal is not None:
        await proposals.move(call.tx, call.org_id, proposal[0], ProposalState.WITHDRAWN)
    await harness.move(call.tx, call.org_id, body.harness_id, Phase.CANCELLED)
    event = HarnessCancelled(
        principal_id=call.principal(), reason=body.reason, proposal_id=None if proposal is None else proposal[0]
    )
    await outbox.append(
        call.tx,
        call.org_id,
        event,
        cause=call.cause("cancelled"),
        subject=f"harness/{body.harness_id}",
        harness_id=body.harness_id,
    )
    return Outcome(body.harness_id, Phase.CANCELLED)


def _check(standing: Standing) -> None:
    if standing.phase.final:
        raise Refusal(Code.WRONG_STATE, f"The harness has ended already: it {_ENDED[standing.phase]}.")
    if standing.purpose is not Purpose.WORK:
        raise Refusal(Code.WRONG_STATE, "Only a harness of work can be cancelled; this one ends by itself.")
    if not cancellable(standing.phase):
        raise Refusal(
            Code.WRONG_STATE,
            f"The harness is {standing.phase}: an effect may have been had, and how that went must be told.",
        )


_ENDED = {Phase.SUCCEEDED: "succeeded", Phase.FAILED: "failed", Phase.CANCELLED: "was cancelled"}

HANDLERS: dict[str, Handler] = {"cancel_harness": cancel}
