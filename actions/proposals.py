"""Decisions on proposals; the approval that completes the policy is consumed by the command that it queues."""

from uuid import uuid4

from actions.call import Call, Outcome
from actions.command import Handler
from contracts.proposals import (
    APPLY_KIND,
    APPLY_WORKFLOW,
    ApplyProposal,
    ApproveProposal,
    ProposalApproved,
    ProposalRejected,
    ProposalWithdrawn,
    RejectProposal,
    WithdrawProposal,
    proposal_digest,
)
from contracts.refusals import Code, Refusal
from contracts.states import Phase, ProposalState
from ledger import harness, outbox, proposals, queue
from ledger.proposals import Proposal


async def approve(call: Call, body: ApproveProposal) -> Outcome:
    """Approve a digest; the last approval required queues the execution.

    Raises:
        Refusal: NOT_FOUND, WRONG_STATE, EXPIRED, STALE, OWN_PROPOSAL, FORBIDDEN.
    """
    proposal = await proposals.lock(call.tx, call.org_id, body.proposal_id)
    await _check(call, proposal, body.digest)
    decision_id = await proposals.decide(
        call.tx, call.org_id, proposal, principal_id=call.principal(), verdict="approve", reason=body.reason
    )
    await harness.tie(call.tx, call.org_id, (("proposal", proposal.id), "approved_by", ("decision", decision_id)))
    given, required = await proposals.approvals(call.tx, call.org_id, proposal)
    if given >= required:
        await _queue_execution(call, proposal)
    event = ProposalApproved(
        proposal_id=proposal.id,
        principal_id=call.principal(),
        approvals=given,
        required=required,
        execution_queued=given >= required,
    )
    await _announce(call, proposal, event, "approved")
    return Outcome(proposal.id, ProposalState.APPROVED if given >= required else ProposalState.SUBMITTED)


async def reject(call: Call, body: RejectProposal) -> Outcome:
    """Reject a digest: nothing is carried out.

    Raises:
        Refusal: NOT_FOUND, WRONG_STATE, EXPIRED, STALE, OWN_PROPOSAL, FORBIDDEN.
    """
    proposal = await proposals.lock(call.tx, call.org_id, body.proposal_id)
    _check_digest(proposal, body.digest, call)
    decision_id = await proposals.decide(
        call.tx, call.org_id, proposal, principal_id=call.principal(), verdict="reject", reason=body.reason
    )
    await harness.tie(call.tx, call.org_id, (("proposal", proposal.id), "rejected_by", ("decision", decision_id)))
    await proposals.move(call.tx, call.org_id, proposal.id, ProposalState.REJECTED)
    await harness.move(call.tx, call.org_id, proposal.harness_id, Phase.CANCELLED)
    event = ProposalRejected(proposal_id=proposal.id, principal_id=call.principal(), reason=body.reason)
    await _announce(call, proposal, event, "rejected")
    return Outcome(proposal.id, ProposalState.REJECTED)


async def withdraw(call: Call, body: WithdrawProposal) -> Outcome:
    """Take one's own proposal back.

    Raises:
        Refusal: NOT_FOUND, WRONG_STATE, FORBIDDEN.
    """
    proposal = await proposals.lock(call.tx, call.org_id, body.proposal_id)
    if proposal.principal_id != call.principal():
        raise Refusal(Code.FORBIDDEN, "Only the proposer can withdraw a proposal.")
    _check_under_review(proposal)
    await proposals.move(call.tx, call.org_id, proposal.id, ProposalState.WITHDRAWN)
    await harness.move(call.tx, call.org_id, proposal.harness_id, Phase.CANCELLED)
    await _announce(call, proposal, ProposalWithdrawn(proposal_id=proposal.id), "withdrawn")
    return Outcome(proposal.id, ProposalState.WITHDRAWN)


async def _check(call: Call, proposal: Proposal, digest: str) -> None:
    """Nothing, if the digest can be approved now: it is the one under review and what it binds has not changed."""
    _check_digest(proposal, digest, call)
    now = await proposals.bound_now(
        call.tx,
        call.org_id,
        endpoint_id=proposal.endpoint_id,
        runtime_asset_id=proposal.runtime_asset_id,
        held=True,
    )
    if now is None or proposal_digest(proposal.kind, proposal.payload, now) != proposal.digest:
        raise Refusal(
            Code.STALE,
            "The proposal is stale: its endpoint, runtime asset, secret contracts or policy changed since it was made.",
        )


def _check_digest(proposal: Proposal, digest: str, call: Call) -> None:
    _check_under_review(proposal)
    if proposal.expired:
        raise Refusal(Code.EXPIRED, "The proposal expired; launch the work again for a new one.")
    if proposal.principal_id == call.principal():
        raise Refusal(Code.OWN_PROPOSAL, "Nobody decides on a proposal of their own.")
    if proposal.digest != digest:
        raise Refusal(Code.STALE, "The digest is not the one under review; read the proposal again.")


def _check_under_review(proposal: Proposal) -> None:
    if proposal.state != ProposalState.SUBMITTED:
        raise Refusal(Code.WRONG_STATE, f"The proposal is not under review: it is {proposal.state}.")


async def _queue_execution(call: Call, proposal: Proposal) -> None:
    consumption_id = await proposals.consume(call.tx, call.org_id, proposal)
    command_id = uuid4()
    await queue.record(
        call.tx,
        queue.NewCommand(
            id=command_id,
            org_id=call.org_id,
            kind=APPLY_KIND,
            idempotency_key=uuid4(),
            input_digest=proposal.digest.encode(),
            principal_id=call.principal(),
            harness_id=proposal.harness_id,
            workflow=APPLY_WORKFLOW,
            payload=ApplyProposal(proposal_id=proposal.id, digest=proposal.digest).model_dump(mode="json"),
            approval_consumption_id=consumption_id,
        ),
    )
    await proposals.move(call.tx, call.org_id, proposal.id, ProposalState.APPROVED)
    await harness.move(call.tx, call.org_id, proposal.harness_id, Phase.APPLYING)
    await harness.tie(call.tx, call.org_id, (("proposal", proposal.id), "queued", ("command", command_id)))


async def _announce(
    call: Call, proposal: Proposal, event: ProposalApproved | ProposalRejected | ProposalWithdrawn, what: str
) -> None:
    subject = f"proposal/{proposal.id}"
    await outbox.append(
        call.tx, call.org_id, event, cause=call.cause(what), subject=subject, harness_id=proposal.harness_id
    )


HANDLERS: dict[str, Handler] = {
    "approve_proposal": approve,
    "reject_proposal": reject,
    "withdraw_proposal": withdraw,
}
