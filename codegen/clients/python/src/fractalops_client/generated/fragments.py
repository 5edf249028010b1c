# Generated from codegen/operations by `make codegen`. Do not edit.
from typing import Any, Optional
from uuid import UUID

from fractalops_client.scalars import Timestamp
from pydantic import Field

from .base_model import BaseModel
from .enums import DifferenceKind


class ArtifactRow(BaseModel):
    id: UUID
    name: str
    media_type: str
    digest: str
    size_bytes: int
    truncated: bool
    created_at: Timestamp


class CheckpointRow(BaseModel):
    tree_size: int
    root_hash: str
    note: str
    key_id: str
    created_at: Timestamp


class ConsistencyProofRow(BaseModel):
    from_size: int
    to_size: int
    from_checkpoint: str
    to_checkpoint: str
    from_public_key_pem: str
    to_public_key_pem: str
    path: list[str]
    verified: bool
    checks: list["ConsistencyProofRowChecks"]


class ConsistencyProofRowChecks(BaseModel):
    name: str
    holds: bool
    detail: str


class EndpointRow(BaseModel):
    id: UUID
    name: str
    kind: str
    state: str
    public_url: str
    executor_url: Optional[str]
    auth_kind: str
    auth_parameter: Optional[str]
    readiness: Any
    version: int
    digest: str
    created_at: Timestamp
    updated_at: Timestamp
    secret_contract: Optional["EndpointRowSecretContract"]
    readiness_observed: Optional["EndpointRowReadinessObserved"]


class EndpointRowSecretContract(BaseModel):
    id: UUID
    name: str


class EndpointRowReadinessObserved(BaseModel):
    ready: bool
    detail: str
    latency_ms: Optional[int]
    observed_at: Timestamp


class EventRow(BaseModel):
    position: int
    event_id: UUID
    type_: str = Field(alias="type")
    subject: str
    data: Any
    occurred_at: Timestamp


class HarnessProjectionRow(BaseModel):
    harness_id: UUID
    purpose: str
    title: str
    phase: str
    headline: str
    step: Optional[str]
    steps_done: int
    steps_total: int
    continuity: str
    interaction: Optional[str]
    work_id: Optional[UUID]
    proposal_id: Optional[UUID]
    proposal_state: Optional[str]
    recovery_case_id: Optional[UUID]
    needs: Optional[str]
    proof_id: Optional[UUID]
    last_position: int
    started_at: Timestamp
    updated_at: Timestamp
    finished_at: Optional[Timestamp]


class HarnessRow(BaseModel):
    id: UUID
    purpose: str
    title: str
    state: str
    continuity: str
    created_at: Timestamp
    finished_at: Optional[Timestamp]
    projection: Optional["HarnessRowProjection"]


class HarnessRowProjection(HarnessProjectionRow):
    pass


class HarnessDetail(HarnessRow):
    command_id: UUID
    continuity_receipt: Any
    kept: Optional["HarnessDetailKept"]
    work: Optional["HarnessDetailWork"]
    principal: Optional["HarnessDetailPrincipal"]
    executions: list["HarnessDetailExecutions"]
    artifacts: list["HarnessDetailArtifacts"]
    observations: list["HarnessDetailObservations"]


class HarnessDetailKept(BaseModel):
    until: Timestamp
    taken_by: Optional[UUID]


class HarnessDetailWork(BaseModel):
    id: UUID
    title: str


class HarnessDetailPrincipal(BaseModel):
    name: str
    email: Optional[str]


class HarnessDetailExecutions(BaseModel):
    id: UUID
    state: str
    reason_code: Optional[str]
    reason: Optional[str]
    base_commit: Optional[str]
    commit_id: Optional[str]
    finished_at: Optional[Timestamp]
    proof: Optional["HarnessDetailExecutionsProof"]


class HarnessDetailExecutionsProof(BaseModel):
    id: UUID
    outcome: str


class HarnessDetailArtifacts(BaseModel):
    id: UUID
    name: str
    media_type: str
    digest: str
    size_bytes: int


class HarnessDetailObservations(BaseModel):
    kind: str
    subject: str
    digest: Optional[str]
    detail: Any
    observed_at: Timestamp


class MemberRow(BaseModel):
    principal_id: UUID
    role: str
    created_at: Timestamp
    principal: Optional["MemberRowPrincipal"]


class MemberRowPrincipal(BaseModel):
    name: str
    kind: str
    email: Optional[str]


class OrganizationRow(BaseModel):
    id: UUID
    slug: str
    name: str
    state: str
    onboarding_checks: list["OrganizationRowOnboardingChecks"]


class OrganizationRowOnboardingChecks(BaseModel):
    subject_kind: str
    subject_name: str
    state: str
    detail: Optional[str]
    remedy: Optional[str]
    checked_at: Optional[Timestamp]


class ProjectionDifferenceRow(BaseModel):
    harness_id: UUID
    kind: DifferenceKind
    fields: list[str]
    shown: Optional[str]
    folded: Optional[str]


class ProofBundleRow(BaseModel):
    proof_id: UUID
    execution_id: UUID
    outcome: str
    key_id: str
    envelope: str
    public_key_pem: str
    leaf_index: int
    tree_size: int
    inclusion_path: list[str]
    checkpoint: str
    verified: bool
    checks: list["ProofBundleRowChecks"]


class ProofBundleRowChecks(BaseModel):
    name: str
    holds: bool
    detail: str


class ProofRow(BaseModel):
    id: UUID
    execution_id: UUID
    harness_id: UUID
    outcome: str
    predicate_type: str
    key_id: str
    leaf_index: int
    leaf_hash: str
    recorded_at: Timestamp


class ProofDetail(ProofRow):
    envelope: str
    signing_key: Optional["ProofDetailSigningKey"]
    execution: Optional["ProofDetailExecution"]


class ProofDetailSigningKey(BaseModel):
    public_key_pem: str


class ProofDetailExecution(BaseModel):
    commit_id: Optional[str]
    base_commit: Optional[str]
    state: str
    reason: Optional[str]


class ProposalRow(BaseModel):
    id: UUID
    kind: str
    title: str
    state: str
    digest: str
    created_at: Timestamp
    expires_at: Timestamp
    harness_id: UUID
    payload: Any
    principal: Optional["ProposalRowPrincipal"]


class ProposalRowPrincipal(BaseModel):
    name: str
    email: Optional[str]


class ProposalDetail(ProposalRow):
    work_id: UUID
    endpoint_id: UUID
    runtime_asset_id: UUID
    bound: Any
    endpoint: Optional["ProposalDetailEndpoint"]
    decisions: list["ProposalDetailDecisions"]
    executions: list["ProposalDetailExecutions"]


class ProposalDetailEndpoint(BaseModel):
    name: str


class ProposalDetailDecisions(BaseModel):
    verdict: str
    digest: str
    reason: Optional[str]
    decided_at: Timestamp
    principal: Optional["ProposalDetailDecisionsPrincipal"]


class ProposalDetailDecisionsPrincipal(BaseModel):
    name: str
    email: Optional[str]


class ProposalDetailExecutions(BaseModel):
    id: UUID
    state: str
    reason_code: Optional[str]
    reason: Optional[str]
    commit_id: Optional[str]


class RecordedRow(BaseModel):
    id: UUID
    command_id: UUID
    state: str


class RecoveryCaseRow(BaseModel):
    id: UUID
    kind: str
    state: str
    harness_id: UUID
    seen: Any
    wanted: Any
    created_at: Timestamp
    expires_at: Timestamp
    resolved_at: Optional[Timestamp]
    harness: Optional["RecoveryCaseRowHarness"]


class RecoveryCaseRowHarness(BaseModel):
    title: str


class RecoveryCaseDetail(RecoveryCaseRow):
    round: int
    answer: Optional[Any]
    principal: Optional["RecoveryCaseDetailPrincipal"]


class RecoveryCaseDetailPrincipal(BaseModel):
    name: str
    email: Optional[str]


class RuntimeAssetRow(BaseModel):
    id: UUID
    name: str
    kind: str
    capabilities: list[str]
    limits: Any
    state: str
    version: int
    digest: str
    created_at: Timestamp
    updated_at: Timestamp


class SecretContractRow(BaseModel):
    org_id: UUID
    id: UUID
    name: str
    purpose: str
    kind: str
    delivery: str
    username: Optional[str]
    backend: Optional[str]
    version: int
    digest: str
    status: Optional[str]
    status_detail: Optional[str]
    probed_at: Optional[Timestamp]
    probed_as: Optional[str]
    created_at: Timestamp


class WorkRow(BaseModel):
    id: UUID
    title: str
    state: str
    interaction_policy: str
    specification: Any
    created_at: Timestamp
    endpoint: Optional["WorkRowEndpoint"]
    runtime_asset: Optional["WorkRowRuntimeAsset"]
    principal: Optional["WorkRowPrincipal"]
    harnesses: list["WorkRowHarnesses"]


class WorkRowEndpoint(BaseModel):
    id: UUID
    name: str


class WorkRowRuntimeAsset(BaseModel):
    id: UUID
    name: str


class WorkRowPrincipal(BaseModel):
    name: str
    email: Optional[str]


class WorkRowHarnesses(BaseModel):
    id: UUID
    state: str
    continuity: str
    created_at: Timestamp
    kept: Optional["WorkRowHarnessesKept"]


class WorkRowHarnessesKept(BaseModel):
    until: Timestamp
    taken_by: Optional[UUID]


ArtifactRow.model_rebuild()
CheckpointRow.model_rebuild()
ConsistencyProofRow.model_rebuild()
EndpointRow.model_rebuild()
EventRow.model_rebuild()
HarnessProjectionRow.model_rebuild()
HarnessRow.model_rebuild()
HarnessDetail.model_rebuild()
MemberRow.model_rebuild()
OrganizationRow.model_rebuild()
ProjectionDifferenceRow.model_rebuild()
ProofBundleRow.model_rebuild()
ProofRow.model_rebuild()
ProofDetail.model_rebuild()
ProposalRow.model_rebuild()
ProposalDetail.model_rebuild()
RecordedRow.model_rebuild()
RecoveryCaseRow.model_rebuild()
RecoveryCaseDetail.model_rebuild()
RuntimeAssetRow.model_rebuild()
SecretContractRow.model_rebuild()
WorkRow.model_rebuild()
