"""Proposals: typed changes before any effect, the digest that binds them, and decisions on exactly that digest."""

from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from contracts.base import Action, Contract, Digest, EventData, LongText, Mutation, Recorded
from contracts.calls import EndpointCall
from contracts.canonical import digest
from contracts.procedures import BrowserProcedure
from contracts.refusals import Code
from contracts.vocabulary import Role

# Of a larger change people see the beginning; the patch holds all of it. Both limits keep a proposal's payload, which
# travels through Temporal with every step, far below what one of its payloads may have (2 MiB).
FILES_SHOWN_MAX = 500
PATHS_SHOWN_CHARACTERS_MAX = 200_000


class ChangedFile(Contract):
    """One file of a difference, as shown to people; `path` is escaped where it is not UTF-8."""

    path: str
    status: Literal["added", "modified", "deleted", "renamed", "copied", "type_changed"]
    added: int | None = Field(description="Lines added; None for binary content.")
    deleted: int | None


class GitChange(Contract):
    """A commit to be made on top of `base_commit` and pushed to `target_branch` once `verify` passes."""

    branch: str
    target_branch: str
    base_commit: str
    patch_digest: Digest
    patch_artifact_id: UUID
    files: tuple[ChangedFile, ...]
    files_changed: int
    message: str
    verify: str
    verify_timeout_s: int


class ProposalKind(StrEnum):
    """What sort of change is proposed."""

    GIT_CHANGE = "git_change"
    ENDPOINT_CALL = "endpoint_call"
    BROWSER_PROCEDURE = "browser_procedure"


Payload = GitChange | EndpointCall | BrowserProcedure
# What a proposal of each kind holds.
PROPOSAL_KINDS: dict[ProposalKind, type[Payload]] = {
    ProposalKind.GIT_CHANGE: GitChange,
    ProposalKind.ENDPOINT_CALL: EndpointCall,
    ProposalKind.BROWSER_PROCEDURE: BrowserProcedure,
}


class Bound(Contract):
    """What a proposal's digest binds beside its payload. Changing any of it makes an approval stale."""

    endpoint_id: UUID
    endpoint_digest: Digest
    runtime_asset_id: UUID
    runtime_asset_digest: Digest
    secret_contract_digests: tuple[Digest, ...]
    policy_version: int


def proposal_digest(kind: str, payload: Payload, bound: Bound) -> str:
    """sha256 over the RFC 8785 bytes of everything that a decision is about."""
    return digest({"kind": kind, "payload": payload.model_dump(mode="json"), "bound": bound.model_dump(mode="json")})


class ApproveProposal(Mutation):
    """Approve exactly this digest; the last approval that the policy asks for queues the execution."""

    proposal_id: UUID
    digest: Digest
    reason: LongText | None = None


class RejectProposal(Mutation):
    """Reject exactly this digest, with a reason."""

    proposal_id: UUID
    digest: Digest
    reason: LongText


class WithdrawProposal(Mutation):
    """Take one's own proposal back while it is under review."""

    proposal_id: UUID


class ApplyProposal(Contract):
    """What the queued execution carries out; `digest` is the approved one."""

    proposal_id: UUID
    digest: Digest


class ProposalSubmitted(EventData):
    """A change became a proposal and waits for decisions; `files_changed` is 0 for one that changes no files."""

    proposal_id: UUID
    kind: ProposalKind = ProposalKind.GIT_CHANGE
    title: str
    digest: str
    files_changed: int
    approvals_required: int
    expires_at: AwareDatetime


class ProposalApproved(EventData):
    """One principal approved; with the last approval required the execution was queued."""

    proposal_id: UUID
    principal_id: UUID
    approvals: int
    required: int
    execution_queued: bool


class ProposalRejected(EventData):
    """One principal rejected: nothing is carried out."""

    proposal_id: UUID
    principal_id: UUID
    reason: str


class ProposalWithdrawn(EventData):
    """The proposer took it back: nothing is carried out."""

    proposal_id: UUID


class ExecutionStarted(EventData):
    """A workflow began to carry the approved change out."""

    execution_id: UUID
    proposal_id: UUID


class ExecutionSucceeded(EventData):
    """The effect was carried out."""

    execution_id: UUID
    proposal_id: UUID
    commit_id: str
    target_branch: str


class ExecutionFailed(EventData):
    """The change was not carried out, or nobody knows whether it was, and this is why."""

    execution_id: UUID
    proposal_id: UUID
    code: Code
    reason: str


EVENTS: tuple[type[EventData], ...] = (
    ProposalSubmitted,
    ProposalApproved,
    ProposalRejected,
    ProposalWithdrawn,
    ExecutionStarted,
    ExecutionSucceeded,
    ExecutionFailed,
)
APPLY_KIND = "proposals.apply"
APPLY_WORKFLOW = "proposals.apply"
ACTIONS: tuple[Action, ...] = (
    Action(
        name="approve_proposal",
        kind="proposals.approve",
        operation="mutation",
        takes=ApproveProposal,
        answers=Recorded,
        roles=(Role.APPROVER, Role.OWNER),
        says="Approve exactly this digest; the last approval required queues the execution.",
        events=(ProposalApproved,),
        lineage=(("proposal", "approved_by", "decision"), ("proposal", "queued", "command")),
        refusals=(Code.NOT_FOUND, Code.WRONG_STATE, Code.EXPIRED, Code.STALE, Code.OWN_PROPOSAL, Code.FORBIDDEN),
    ),
    Action(
        name="reject_proposal",
        kind="proposals.reject",
        operation="mutation",
        takes=RejectProposal,
        answers=Recorded,
        roles=(Role.APPROVER, Role.OWNER),
        says="Reject exactly this digest, with a reason.",
        events=(ProposalRejected,),
        lineage=(("proposal", "rejected_by", "decision"),),
        refusals=(Code.NOT_FOUND, Code.WRONG_STATE, Code.EXPIRED, Code.STALE, Code.OWN_PROPOSAL, Code.FORBIDDEN),
    ),
    Action(
        name="withdraw_proposal",
        kind="proposals.withdraw",
        operation="mutation",
        takes=WithdrawProposal,
        answers=Recorded,
        roles=(Role.OPERATOR, Role.OWNER),
        says="Take one's own proposal back while it is under review.",
        events=(ProposalWithdrawn,),
        lineage=(),
        refusals=(Code.NOT_FOUND, Code.WRONG_STATE, Code.FORBIDDEN),
    ),
)
