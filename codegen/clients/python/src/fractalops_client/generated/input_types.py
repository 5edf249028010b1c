# Generated from codegen/operations by `make codegen`. Do not edit.
from typing import Any, Optional
from uuid import UUID

from .base_model import BaseModel
from .enums import (
    AuthKind,
    Continuity,
    InteractionPolicy,
    PrincipalKind,
    Role,
    RuntimeKind,
    SecretDelivery,
    SecretKind,
)


class AddMemberInput(BaseModel):
    """A principal with a role in the organization; one that is known by this email keeps the name it has."""

    email: Optional[str] = None
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    kind: Optional[PrincipalKind] = None
    name: str
    role: Role


class ApproveProposalInput(BaseModel):
    """Approve exactly this digest; the last approval that the policy asks for queues the execution."""

    digest: str
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    proposal_id: UUID
    reason: Optional[str] = None


class AuthContractInput(BaseModel):
    """How to authenticate; `secret_contract` names what is needed and `parameter` the header or query name."""

    kind: Optional[AuthKind] = None
    parameter: Optional[str] = None
    secret_contract: Optional[str] = None


class CallBodyInput(BaseModel):
    """The text that is sent, byte for byte as UTF-8; of a JSON media type it is JSON that all read alike."""

    media_type: Optional[str] = None
    text: str


class CallHeaderInput(BaseModel):
    """A header that the caller adds; one that carries a credential is refused."""

    name: str
    value: Optional[str] = None


class CallParameterInput(BaseModel):
    """A parameter of the query, sent as it is written here."""

    name: str
    value: Optional[str] = None


class CancelHarnessInput(BaseModel):
    """Stop a harness before it has an effect; a proposal of it that is under review is withdrawn."""

    harness_id: UUID
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    reason: Optional[str] = None


class ChangeMemberInput(BaseModel):
    """Give a member of the organization another role; the token that they have counts until it expires."""

    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    principal_id: UUID
    role: Role


class CheckOnboardingInput(BaseModel):
    """Run an organization's checks again, after something was mended."""

    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."


class CheckProjectionInput(BaseModel):
    """Which harnesses to hold against their events."""

    after: Optional[UUID] = None
    "The `next` of the page before; left out for the first page."


class CreateCallInput(BaseModel):
    """Describe work that is one call of an endpoint; it is proposed before it is sent."""

    call: "EndpointCallInput"
    endpoint_id: UUID
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    interaction_policy: Optional[InteractionPolicy] = None
    runtime_asset_id: UUID
    title: str


class CreateWorkInput(BaseModel):
    """Describe work on an endpoint, in a runtime asset."""

    endpoint_id: UUID
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    interaction_policy: Optional[InteractionPolicy] = None
    runtime_asset_id: UUID
    specification: "WorkSpecificationInput"
    title: str


class DeclareEndpointInput(BaseModel):
    """An endpoint more; its check runs."""

    auth: Optional["AuthContractInput"] = None
    executor_url: Optional[str] = None
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    kind: str
    name: str
    public_url: str
    readiness: Optional["ReadinessContractInput"] = None


class DeclareRuntimeAssetInput(BaseModel):
    """A runtime asset more; its check runs."""

    capabilities: Optional[list[str]] = None
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    kind: Optional[RuntimeKind] = None
    limits: Optional["RuntimeLimitsInput"] = None
    name: str


class DeclareSecretContractInput(BaseModel):
    """A secret contract more; its check runs. Where the secret lives is said, never the value."""

    delivery: Optional[SecretDelivery] = None
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    kind: Optional[SecretKind] = None
    name: str
    purpose: str
    reference: str
    username: Optional[str] = None


class EndpointCallInput(BaseModel):
    """One request to an endpoint; where that is and how it authenticates stands in the endpoint's contract alone."""

    body: Optional["CallBodyInput"] = None
    expect_status: Optional[list[int]] = None
    headers: Optional[list["CallHeaderInput"]] = None
    idempotency_header: Optional[str] = None
    method: str
    path: str
    query: Optional[list["CallParameterInput"]] = None
    timeout_ms: Optional[int] = None
    why: str


class EndpointContractInput(BaseModel):
    """One endpoint as an organization declares it; without a readiness contract the kind's own stands."""

    auth: Optional["AuthContractInput"] = None
    executor_url: Optional[str] = None
    kind: str
    name: str
    public_url: str
    readiness: Optional["ReadinessContractInput"] = None


class LaunchWorkInput(BaseModel):
    """Start a harness for a work item."""

    continuity: Optional[Continuity] = None
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    work_id: UUID


class LogConsistencyInput(BaseModel):
    """Between which two checkpoints of the organization's log: the leaves that each of them covers."""

    from_size: int
    to_size: int


class MemberInput(BaseModel):
    """A principal with a role in the organization."""

    email: Optional[str] = None
    kind: Optional[PrincipalKind] = None
    name: str
    role: Role


class OnboardOrganizationInput(BaseModel):
    """An organization with its principals, secret contracts, endpoints and runtime assets."""

    endpoints: Optional[list["EndpointContractInput"]] = None
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    name: str
    policy: Optional["PolicyInput"] = None
    principals: list["MemberInput"]
    runtime_assets: Optional[list["RuntimeAssetInput"]] = None
    secret_contracts: Optional[list["SecretContractInput"]] = None
    slug: str


class PolicyInput(BaseModel):
    """How proposals are decided on."""

    approval_ttl_hours: Optional[int] = None
    approvals_required: Optional[int] = None


class ReadinessContractInput(BaseModel):
    """What is asked to see that an endpoint is ready, and what a ready one answers."""

    expect_json: Optional[Any] = None
    expect_status: Optional[int] = None
    interval_s: Optional[int] = None
    method: Optional[str] = None
    path: Optional[str] = None
    timeout_ms: Optional[int] = None


class RejectProposalInput(BaseModel):
    """Reject exactly this digest, with a reason."""

    digest: str
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    proposal_id: UUID
    reason: str


class RemoveMemberInput(BaseModel):
    """Take a principal out of the organization; what they did stays."""

    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    principal_id: UUID


class RepairProjectionInput(BaseModel):
    """Fold every harness's events anew and put right the rows that differ."""

    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."


class ResolveRecoveryCaseInput(BaseModel):
    """Answer an open recovery case; `answer` is as the case's `wanted.answer_schema` asks."""

    answer: Any
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    recovery_case_id: UUID


class RetireEndpointInput(BaseModel):
    """Take an endpoint out of use; nothing can be launched or applied through it any more."""

    endpoint_id: UUID
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."


class RetireRuntimeAssetInput(BaseModel):
    """Take a runtime asset out of use; nothing can be launched in it any more."""

    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    runtime_asset_id: UUID


class ReviseEndpointInput(BaseModel):
    """Replace an endpoint's contract; approvals bound to the former digest become stale."""

    auth: Optional["AuthContractInput"] = None
    endpoint_id: UUID
    executor_url: Optional[str] = None
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    public_url: str
    readiness: Optional["ReadinessContractInput"] = None


class ReviseRuntimeAssetInput(BaseModel):
    """Replace a runtime asset's capabilities and limits; approvals bound to the former ones become stale."""

    capabilities: Optional[list[str]] = None
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    limits: Optional["RuntimeLimitsInput"] = None
    runtime_asset_id: UUID


class ReviseSecretContractInput(BaseModel):
    """Say anew where a secret lives or what it is for; approvals bound to the former contract become stale."""

    delivery: Optional[SecretDelivery] = None
    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    kind: Optional[SecretKind] = None
    purpose: str
    reference: str
    secret_contract_id: UUID
    username: Optional[str] = None


class RuntimeAssetInput(BaseModel):
    """One runtime asset as an organization declares it."""

    capabilities: Optional[list[str]] = None
    kind: Optional[RuntimeKind] = None
    limits: Optional["RuntimeLimitsInput"] = None
    name: str


class RuntimeLimitsInput(BaseModel):
    """What work may use of the place; cores, memory and disk are the snapshot's (None: the service's default)."""

    run_timeout_s: Optional[int] = None
    snapshot: Optional[str] = None


class SecretContractInput(BaseModel):
    """One secret contract as an organization declares it; `reference` is secret://backend/path#key."""

    delivery: Optional[SecretDelivery] = None
    kind: Optional[SecretKind] = None
    name: str
    purpose: str
    reference: str
    username: Optional[str] = None


class SendSecretValueInput(BaseModel):
    """The value of a secret contract, sealed for the execution runtime and bound to one version of the contract."""

    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    key_id: str
    "The sealing key that the value was sealed with."
    sealed: str
    "The value, sealed by HPKE, in base64."
    secret_contract_id: UUID
    version: int
    "The version of the secret contract that the value was sealed for."


class VerifyProofInput(BaseModel):
    """Which proof to verify."""

    proof_id: UUID


class WithdrawProposalInput(BaseModel):
    """Take one's own proposal back while it is under review."""

    idempotency_key: UUID
    "Chosen by the caller; the same key with the same input is the same request."
    proposal_id: UUID


class WorkSpecificationInput(BaseModel):
    """What to run in a repository and how to see that it helped."""

    branch: Optional[str] = None
    run: str
    run_timeout_s: Optional[int] = None
    target_branch: Optional[str] = None
    verify: str
    verify_timeout_s: Optional[int] = None


CreateCallInput.model_rebuild()
CreateWorkInput.model_rebuild()
DeclareEndpointInput.model_rebuild()
DeclareRuntimeAssetInput.model_rebuild()
EndpointCallInput.model_rebuild()
EndpointContractInput.model_rebuild()
OnboardOrganizationInput.model_rebuild()
ReviseEndpointInput.model_rebuild()
ReviseRuntimeAssetInput.model_rebuild()
RuntimeAssetInput.model_rebuild()
