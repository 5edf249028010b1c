"""The ledger's side of proposals: submitting one, and starting and ending the execution of an approved one."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from temporalio import activity

from contracts.base import Contract, EventData
from contracts.calls import CallSucceeded, EndpointCall
from contracts.proposals import (
    ApplyProposal,
    ExecutionFailed,
    ExecutionStarted,
    ExecutionSucceeded,
    GitChange,
    Payload,
    ProposalKind,
    ProposalSubmitted,
    proposal_digest,
)
from contracts.queue import Queued
from contracts.refusals import Code, Refusal
from contracts.states import CommandState, ExecutionState, Phase, ProposalState
from contracts.work import ChangeTaken, LaunchWork
from ledger import executions, harness, organizations, proposals, queue, work
from ledger.pool import Pool, Tx, transaction
from ledger.work import Work
from workflows.activities.edge import told
from workflows.activities.harness import Ending, end, tell, wanted
from workflows.activities.resuming import Base
from workflows.activities.work import Change

NOTHING_TO_PROPOSE = "Nothing to propose."


class Taken(Contract):
    """A difference with the commit that it is on."""

    queued: Queued
    base: Base
    change: Change


class Carried(Contract):
    """An execution that runs, and what it carries out."""

    queued: Queued
    execution_id: UUID
    proposal_id: UUID
    payload: Payload

    @property
    def change(self) -> GitChange:
        """The change of a repository that is carried out.

        Raises:
            TypeError: if it is of another kind, which is a fault of ours.
        """
        if not isinstance(self.payload, GitChange):
            raise TypeError("what is carried out changes no repository")
        return self.payload


class Effect(Contract):
    """How an execution went: with a code it failed; `status` is what the endpoint answered to a call."""

    carried: Carried
    commit_id: str | None = None
    status: int | None = None
    code: Code | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Proposals:
    """Ledger activities of proposals."""

    pool: Pool

    @activity.defn(name="proposals.submit")
    @told
    async def submit(self, taken: Taken) -> None:
        """Make a proposal of the difference, or end the harness when there is none; repeating changes nothing."""
        queued, change = taken.queued, taken.change
        async with transaction(self.pool) as tx:
            if await wanted(tx, queued) is not Phase.RUNNING:
                # This was done before, by a worker that did not live to say so.
                return
            await harness.move(tx, queued.org_id, queued.harness_id, Phase.PROPOSING)
            told_change = ChangeTaken(
                base_commit=taken.base.commit, files_changed=change.files_changed, patch_digest=change.patch_digest
            )
            await tell(tx, queued, told_change, "difference")
            if change.patch_artifact_id is None:
                await end(tx, Ending(queued=queued, headline=NOTHING_TO_PROPOSE))
                return
            await _submit(tx, taken)
            await queue.finish(tx, queued.command_id, state=CommandState.DONE)

    @activity.defn(name="proposals.submit_call")
    @told
    async def submit_call(self, queued: Queued) -> None:
        """Make a proposal of the call that the work asks for; repeating changes nothing.

        Raises:
            Refusal: CANCELLED; WRONG_STATE, if the endpoint or the runtime asset was taken out of use.
        """
        async with transaction(self.pool) as tx:
            if await wanted(tx, queued) is not Phase.RUNNING:
                # This was done before, by a worker that did not live to say so.
                return
            item = await work.find(tx, queued.org_id, LaunchWork.work_id_of(queued.payload))
            if item.call is None:
                raise TypeError("the work asks for no call")
            await harness.move(tx, queued.org_id, queued.harness_id, Phase.PROPOSING)
            await _propose(tx, queued, item, ProposalKind.ENDPOINT_CALL, item.call)
            await queue.finish(tx, queued.command_id, state=CommandState.DONE)

    @activity.defn(name="proposals.start")
    @told
    async def start(self, queued: Queued) -> Carried:
        """The running execution of this command; repeating answers the same one.

        Raises:
            Refusal: STALE, if what was approved is not what stands.
        """
        apply = ApplyProposal.model_validate(queued.payload)
        async with transaction(self.pool) as tx:
            proposal = await proposals.find(tx, queued.org_id, apply.proposal_id)
            execution_id = await executions.start(
                tx,
                queued.org_id,
                command_id=queued.command_id,
                proposal_id=proposal.id,
                harness_id=queued.harness_id,
                digest=apply.digest,
            )
            await harness.tie(
                tx, queued.org_id, (("command", queued.command_id), "carried_out_by", ("execution", execution_id))
            )
            event = ExecutionStarted(execution_id=execution_id, proposal_id=proposal.id)
            await tell(tx, queued, event, "started", subject=f"execution/{execution_id}")
        return Carried(queued=queued, execution_id=execution_id, proposal_id=proposal.id, payload=proposal.payload)

    @activity.defn(name="proposals.recheck")
    @told
    async def recheck(self, carried: Carried) -> None:
        """Nothing, if the approved digest is still the digest of what stands.

        Raises:
            Refusal: STALE.
        """
        org_id = carried.queued.org_id
        async with transaction(self.pool) as tx:
            proposal = await proposals.find(tx, org_id, carried.proposal_id)
            now = await proposals.bound_now(
                tx, org_id, endpoint_id=proposal.endpoint_id, runtime_asset_id=proposal.runtime_asset_id
            )
        approved = ApplyProposal.model_validate(carried.queued.payload).digest
        if now is None or proposal_digest(proposal.kind, proposal.payload, now) != approved:
            raise Refusal(Code.STALE, "What was approved has changed since: endpoint, runtime asset, secret or policy.")

    @activity.defn(name="proposals.conclude")
    @told
    async def conclude(self, effect: Effect) -> None:
        """End the execution and its proposal; repeating changes nothing."""
        carried = effect.carried
        queued, failed = carried.queued, effect.code is not None
        async with transaction(self.pool) as tx:
            running = await executions.finish(
                tx,
                queued.org_id,
                carried.execution_id,
                state=ExecutionState.FAILED if failed else ExecutionState.SUCCEEDED,
                base_commit=carried.payload.base_commit if isinstance(carried.payload, GitChange) else None,
                commit_id=effect.commit_id,
                reason_code=effect.code,
                reason=effect.reason,
            )
            if not running:
                return
            state = ProposalState.FAILED if failed else ProposalState.APPLIED
            await proposals.move(tx, queued.org_id, carried.proposal_id, state)
            await harness.move(tx, queued.org_id, queued.harness_id, Phase.PROVING)
            await tell(tx, queued, _concluded(effect), "concluded", subject=f"execution/{carried.execution_id}")


def _concluded(effect: Effect) -> EventData:
    carried = effect.carried
    if effect.code is not None:
        return ExecutionFailed(
            execution_id=carried.execution_id,
            proposal_id=carried.proposal_id,
            code=effect.code,
            reason=effect.reason or effect.code,
        )
    if isinstance(carried.payload, EndpointCall):
        return CallSucceeded(
            execution_id=carried.execution_id,
            proposal_id=carried.proposal_id,
            method=carried.payload.method,
            path=carried.payload.path,
            status=effect.status or 0,
        )
    return ExecutionSucceeded(
        execution_id=carried.execution_id,
        proposal_id=carried.proposal_id,
        commit_id=effect.commit_id or "",
        target_branch=carried.change.target_branch,
    )


async def _submit(tx: Tx, taken: Taken) -> None:
    item = await work.find(tx, taken.queued.org_id, LaunchWork.work_id_of(taken.queued.payload))
    await _propose(tx, taken.queued, item, ProposalKind.GIT_CHANGE, _change(item, taken))


async def _propose(tx: Tx, queued: Queued, item: Work, kind: ProposalKind, payload: Payload) -> None:
    organization = await organizations.find(tx, queued.org_id)
    bound = await proposals.bound_now(
        tx, queued.org_id, endpoint_id=item.endpoint_id, runtime_asset_id=item.runtime_asset_id
    )
    if bound is None or organization is None:
        raise Refusal(Code.WRONG_STATE, "The work's endpoint or runtime asset was taken out of use.")
    new = proposals.NewProposal(
        id=uuid4(),
        kind=kind.value,
        title=item.title,
        harness_id=queued.harness_id,
        work_id=item.id,
        payload=payload,
        bound=bound,
        digest=proposal_digest(kind.value, payload, bound),
        principal_id=queued.principal_id or item.principal_id,
    )
    expires_at = await proposals.add(tx, queued.org_id, new)
    if expires_at is None:
        return
    await harness.move(tx, queued.org_id, queued.harness_id, Phase.AWAITING_DECISION)
    edges = [
        (("work", item.id), "launched", ("harness", queued.harness_id)),
        (("harness", queued.harness_id), "proposed", ("proposal", new.id)),
    ]
    if isinstance(payload, GitChange):
        edges.append((("proposal", new.id), "contains", ("artifact", payload.patch_artifact_id)))
    await harness.tie(tx, queued.org_id, *edges)
    event = ProposalSubmitted(
        proposal_id=new.id,
        kind=kind,
        title=item.title,
        digest=new.digest,
        files_changed=payload.files_changed if isinstance(payload, GitChange) else 0,
        approvals_required=organization.approvals_required,
        expires_at=expires_at,
    )
    await tell(tx, queued, event, "proposed", subject=f"proposal/{new.id}")


def _change(item: Work, taken: Taken) -> GitChange:
    change, specification = taken.change, item.specification
    if change.patch_artifact_id is None or change.patch_digest is None:
        raise ValueError("an empty difference is no proposal")
    return GitChange(
        branch=taken.base.branch,
        target_branch=specification.target_branch or taken.base.branch,
        base_commit=taken.base.commit,
        patch_digest=change.patch_digest,
        patch_artifact_id=change.patch_artifact_id,
        files=change.files,
        files_changed=change.files_changed,
        message=item.title,
        verify=specification.verify,
        verify_timeout_s=specification.verify_timeout_s,
    )
