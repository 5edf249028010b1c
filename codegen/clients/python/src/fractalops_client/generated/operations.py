# Generated from codegen/operations by `make codegen`. Do not edit.
__all__ = [
    "ADD_MEMBER_GQL",
    "APPROVE_PROPOSAL_GQL",
    "ARTIFACT_BODY_GQL",
    "CANCEL_HARNESS_GQL",
    "CHANGE_MEMBER_GQL",
    "CHECK_ONBOARDING_GQL",
    "CHECK_PROJECTION_GQL",
    "CREATE_CALL_GQL",
    "CREATE_WORK_GQL",
    "DECLARE_ENDPOINT_GQL",
    "DECLARE_RUNTIME_ASSET_GQL",
    "DECLARE_SECRET_CONTRACT_GQL",
    "ENDPOINTS_GQL",
    "ENDPOINT_GQL",
    "ENDPOINT_KINDS_GQL",
    "ENDPOINT_NAMES_GQL",
    "FOLLOW_HARNESSES_GQL",
    "FOLLOW_HARNESS_GQL",
    "HARNESSES_GQL",
    "HARNESS_ARTIFACTS_GQL",
    "HARNESS_ARTIFACT_GQL",
    "HARNESS_EVENTS_GQL",
    "HARNESS_GQL",
    "HARNESS_IDS_GQL",
    "HARNESS_PROJECTION_GQL",
    "LAUNCH_DIAGNOSTICS_GQL",
    "LAUNCH_WORK_GQL",
    "LOG_CONSISTENCY_GQL",
    "LOG_HEAD_GQL",
    "MEMBERS_GQL",
    "ONBOARDING_PROGRESS_GQL",
    "ONBOARDING_STATUS_GQL",
    "ONBOARD_ORGANIZATION_GQL",
    "ORGANIZATION_GQL",
    "PROOFS_GQL",
    "PROOF_GQL",
    "PROOF_IDS_GQL",
    "PROPOSALS_GQL",
    "PROPOSALS_IN_STATE_GQL",
    "PROPOSAL_GQL",
    "PROPOSAL_IDS_GQL",
    "RECOVERY_CASES_GQL",
    "RECOVERY_CASES_IN_STATE_GQL",
    "RECOVERY_CASE_GQL",
    "RECOVERY_CASE_IDS_GQL",
    "REJECT_PROPOSAL_GQL",
    "REMOVE_MEMBER_GQL",
    "REPAIR_PROJECTION_GQL",
    "RESOLVE_RECOVERY_CASE_GQL",
    "RETIRE_ENDPOINT_GQL",
    "RETIRE_RUNTIME_ASSET_GQL",
    "REVISE_ENDPOINT_GQL",
    "REVISE_RUNTIME_ASSET_GQL",
    "REVISE_SECRET_CONTRACT_GQL",
    "RUNTIME_ASSETS_GQL",
    "RUNTIME_ASSET_GQL",
    "RUNTIME_ASSET_NAMES_GQL",
    "SEALING_KEYS_GQL",
    "SECRET_CONTRACTS_GQL",
    "SECRET_CONTRACT_GQL",
    "SECRET_CONTRACT_NAMES_GQL",
    "SEND_SECRET_VALUE_GQL",
    "STREAM_EVENTS_GQL",
    "STREAM_HARNESSES_GQL",
    "VERIFY_PROOF_GQL",
    "WITHDRAW_PROPOSAL_GQL",
    "WORK_ITEMS_GQL",
    "WORK_ITEM_GQL",
    "WORK_TITLES_GQL",
]

ENDPOINTS_GQL = """
query Endpoints($limit: Int!) {
  endpoint(order_by: {created_at: desc}, limit: $limit) {
    ...EndpointRow
  }
}

fragment EndpointRow on endpoint {
  id
  name
  kind
  state
  public_url
  executor_url
  auth_kind
  auth_parameter
  readiness
  version
  digest
  created_at
  updated_at
  secret_contract {
    id
    name
  }
  readiness_observed {
    ready
    detail
    latency_ms
    observed_at
  }
}
"""

ENDPOINT_GQL = """
query Endpoint($id: uuid!) {
  endpoint(where: {id: {_eq: $id}}) {
    ...EndpointRow
  }
}

fragment EndpointRow on endpoint {
  id
  name
  kind
  state
  public_url
  executor_url
  auth_kind
  auth_parameter
  readiness
  version
  digest
  created_at
  updated_at
  secret_contract {
    id
    name
  }
  readiness_observed {
    ready
    detail
    latency_ms
    observed_at
  }
}
"""

ENDPOINT_NAMES_GQL = """
query EndpointNames($limit: Int!) {
  endpoint(order_by: {created_at: desc}, limit: $limit) {
    id
    name
    state
  }
}
"""

REVISE_ENDPOINT_GQL = """
mutation ReviseEndpoint($input: ReviseEndpoint!) {
  revise_endpoint(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

RETIRE_ENDPOINT_GQL = """
mutation RetireEndpoint($input: RetireEndpoint!) {
  retire_endpoint(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

ENDPOINT_KINDS_GQL = """
query EndpointKinds {
  endpoint_kind(order_by: {title: asc}) {
    kind
    title
    protocol
    readiness
  }
}
"""

HARNESSES_GQL = """
query Harnesses($limit: Int!) {
  harness(order_by: {created_at: desc}, limit: $limit) {
    ...HarnessRow
  }
}

fragment HarnessProjectionRow on harness_projection {
  harness_id
  purpose
  title
  phase
  headline
  step
  steps_done
  steps_total
  continuity
  interaction
  work_id
  proposal_id
  proposal_state
  recovery_case_id
  needs
  proof_id
  last_position
  started_at
  updated_at
  finished_at
}

fragment HarnessRow on harness {
  id
  purpose
  title
  state
  continuity
  created_at
  finished_at
  projection {
    ...HarnessProjectionRow
  }
}
"""

HARNESS_GQL = """
query Harness($id: uuid!) {
  harness(where: {id: {_eq: $id}}) {
    ...HarnessDetail
  }
}

fragment HarnessDetail on harness {
  ...HarnessRow
  command_id
  continuity_receipt
  kept {
    until
    taken_by
  }
  work {
    id
    title
  }
  principal {
    name
    email
  }
  executions {
    id
    state
    reason_code
    reason
    base_commit
    commit_id
    finished_at
    proof {
      id
      outcome
    }
  }
  artifacts(order_by: {created_at: asc}) {
    id
    name
    media_type
    digest
    size_bytes
  }
  observations(order_by: {observed_at: asc}) {
    kind
    subject
    digest
    detail
    observed_at
  }
}

fragment HarnessProjectionRow on harness_projection {
  harness_id
  purpose
  title
  phase
  headline
  step
  steps_done
  steps_total
  continuity
  interaction
  work_id
  proposal_id
  proposal_state
  recovery_case_id
  needs
  proof_id
  last_position
  started_at
  updated_at
  finished_at
}

fragment HarnessRow on harness {
  id
  purpose
  title
  state
  continuity
  created_at
  finished_at
  projection {
    ...HarnessProjectionRow
  }
}
"""

HARNESS_IDS_GQL = """
query HarnessIds($limit: Int!) {
  harness(order_by: {created_at: desc}, limit: $limit) {
    id
  }
}
"""

HARNESS_EVENTS_GQL = """
query HarnessEvents($id: uuid!, $limit: Int!) {
  portal_live_events(
    where: {harness_id: {_eq: $id}}
    order_by: {position: asc}
    limit: $limit
  ) {
    ...EventRow
  }
}

fragment EventRow on portal_live_events {
  position
  event_id
  type
  subject
  data
  occurred_at
}
"""

HARNESS_ARTIFACTS_GQL = """
query HarnessArtifacts($id: uuid!, $limit: Int!) {
  artifact(
    where: {harness_id: {_eq: $id}}
    order_by: {created_at: desc}
    limit: $limit
  ) {
    ...ArtifactRow
  }
}

fragment ArtifactRow on artifact {
  id
  name
  media_type
  digest
  size_bytes
  truncated
  created_at
}
"""

HARNESS_ARTIFACT_GQL = """
query HarnessArtifact($id: uuid!, $name: String!) {
  artifact(
    where: {harness_id: {_eq: $id}, name: {_eq: $name}}
    order_by: {created_at: desc}
    limit: 1
  ) {
    ...ArtifactRow
    encoding
    body
  }
}

fragment ArtifactRow on artifact {
  id
  name
  media_type
  digest
  size_bytes
  truncated
  created_at
}
"""

ARTIFACT_BODY_GQL = """
query ArtifactBody($id: uuid!) {
  artifact(where: {id: {_eq: $id}}) {
    encoding
    body
    truncated
  }
}
"""

LAUNCH_DIAGNOSTICS_GQL = """
query LaunchDiagnostics($id: uuid!, $limit: Int!) {
  launch_diagnostic(
    where: {harness_id: {_eq: $id}}
    order_by: {created_at: asc}
    limit: $limit
  ) {
    runtime_kind
    runtime_name
    origin
    duration_ms
    created_at
  }
}
"""

CANCEL_HARNESS_GQL = """
mutation CancelHarness($input: CancelHarness!) {
  cancel_harness(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

HARNESS_PROJECTION_GQL = """
query HarnessProjection($harness_id: uuid!) {
  harness_projection(where: {harness_id: {_eq: $harness_id}}) {
    ...HarnessProjectionRow
  }
}

fragment HarnessProjectionRow on harness_projection {
  harness_id
  purpose
  title
  phase
  headline
  step
  steps_done
  steps_total
  continuity
  interaction
  work_id
  proposal_id
  proposal_state
  recovery_case_id
  needs
  proof_id
  last_position
  started_at
  updated_at
  finished_at
}
"""

FOLLOW_HARNESS_GQL = """
subscription FollowHarness($harness_id: uuid!) {
  harness_projection(where: {harness_id: {_eq: $harness_id}}) {
    ...HarnessProjectionRow
  }
}

fragment HarnessProjectionRow on harness_projection {
  harness_id
  purpose
  title
  phase
  headline
  step
  steps_done
  steps_total
  continuity
  interaction
  work_id
  proposal_id
  proposal_state
  recovery_case_id
  needs
  proof_id
  last_position
  started_at
  updated_at
  finished_at
}
"""

FOLLOW_HARNESSES_GQL = """
subscription FollowHarnesses($limit: Int!) {
  harness_projection(order_by: {updated_at: desc}, limit: $limit) {
    ...HarnessProjectionRow
  }
}

fragment HarnessProjectionRow on harness_projection {
  harness_id
  purpose
  title
  phase
  headline
  step
  steps_done
  steps_total
  continuity
  interaction
  work_id
  proposal_id
  proposal_state
  recovery_case_id
  needs
  proof_id
  last_position
  started_at
  updated_at
  finished_at
}
"""

STREAM_HARNESSES_GQL = """
subscription StreamHarnesses($after: bigint!, $batch_size: Int!) {
  harness_projection_stream(
    batch_size: $batch_size
    cursor: [{initial_value: {last_position: $after}, ordering: ASC}]
  ) {
    ...HarnessProjectionRow
  }
}

fragment HarnessProjectionRow on harness_projection {
  harness_id
  purpose
  title
  phase
  headline
  step
  steps_done
  steps_total
  continuity
  interaction
  work_id
  proposal_id
  proposal_state
  recovery_case_id
  needs
  proof_id
  last_position
  started_at
  updated_at
  finished_at
}
"""

STREAM_EVENTS_GQL = """
subscription StreamEvents($after: bigint!, $batch_size: Int!) {
  portal_live_events_stream(
    batch_size: $batch_size
    cursor: [{initial_value: {position: $after}, ordering: ASC}]
  ) {
    harness_id
    ...EventRow
  }
}

fragment EventRow on portal_live_events {
  position
  event_id
  type
  subject
  data
  occurred_at
}
"""

ORGANIZATION_GQL = """
query Organization {
  organization {
    id
    slug
    name
    state
  }
}
"""

ONBOARDING_STATUS_GQL = """
query OnboardingStatus {
  organization {
    ...OrganizationRow
  }
}

fragment OrganizationRow on organization {
  id
  slug
  name
  state
  onboarding_checks {
    subject_kind
    subject_name
    state
    detail
    remedy
    checked_at
  }
}
"""

ONBOARDING_PROGRESS_GQL = """
query OnboardingProgress($org_id: uuid!, $command_id: uuid!) {
  organization(where: {id: {_eq: $org_id}}) {
    ...OrganizationRow
  }
  harness(where: {command_id: {_eq: $command_id}}) {
    id
    state
    projection {
      phase
      headline
    }
  }
}

fragment OrganizationRow on organization {
  id
  slug
  name
  state
  onboarding_checks {
    subject_kind
    subject_name
    state
    detail
    remedy
    checked_at
  }
}
"""

ONBOARD_ORGANIZATION_GQL = """
mutation OnboardOrganization($input: OnboardOrganization!) {
  onboard_organization(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

CHECK_ONBOARDING_GQL = """
mutation CheckOnboarding($input: CheckOnboarding!) {
  check_onboarding(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

ADD_MEMBER_GQL = """
mutation AddMember($input: AddMember!) {
  add_member(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

CHANGE_MEMBER_GQL = """
mutation ChangeMember($input: ChangeMember!) {
  change_member(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

REMOVE_MEMBER_GQL = """
mutation RemoveMember($input: RemoveMember!) {
  remove_member(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

DECLARE_ENDPOINT_GQL = """
mutation DeclareEndpoint($input: DeclareEndpoint!) {
  declare_endpoint(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

DECLARE_SECRET_CONTRACT_GQL = """
mutation DeclareSecretContract($input: DeclareSecretContract!) {
  declare_secret_contract(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

DECLARE_RUNTIME_ASSET_GQL = """
mutation DeclareRuntimeAsset($input: DeclareRuntimeAsset!) {
  declare_runtime_asset(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

MEMBERS_GQL = """
query Members($limit: Int!) {
  membership(order_by: {created_at: asc}, limit: $limit) {
    ...MemberRow
  }
}

fragment MemberRow on membership {
  principal_id
  role
  created_at
  principal {
    name
    kind
    email
  }
}
"""

CHECK_PROJECTION_GQL = """
query CheckProjection($input: CheckProjection!) {
  check_projection(input: $input) {
    harnesses
    differences {
      ...ProjectionDifferenceRow
    }
    next
  }
}

fragment ProjectionDifferenceRow on ProjectionDifference {
  harness_id
  kind
  fields
  shown
  folded
}
"""

REPAIR_PROJECTION_GQL = """
mutation RepairProjection($input: RepairProjection!) {
  repair_projection(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

PROOFS_GQL = """
query Proofs($limit: Int!) {
  proof(order_by: {recorded_at: desc}, limit: $limit) {
    ...ProofRow
  }
}

fragment ProofRow on proof {
  id
  execution_id
  harness_id
  outcome
  predicate_type
  key_id
  leaf_index
  leaf_hash
  recorded_at
}
"""

PROOF_GQL = """
query Proof($id: uuid!) {
  proof(where: {id: {_eq: $id}}) {
    ...ProofDetail
  }
}

fragment ProofDetail on proof {
  ...ProofRow
  envelope
  signing_key {
    public_key_pem
  }
  execution {
    commit_id
    base_commit
    state
    reason
  }
}

fragment ProofRow on proof {
  id
  execution_id
  harness_id
  outcome
  predicate_type
  key_id
  leaf_index
  leaf_hash
  recorded_at
}
"""

PROOF_IDS_GQL = """
query ProofIds($limit: Int!) {
  proof(order_by: {recorded_at: desc}, limit: $limit) {
    id
  }
}
"""

VERIFY_PROOF_GQL = """
query VerifyProof($input: VerifyProof!) {
  verify_proof(input: $input) {
    ...ProofBundleRow
  }
}

fragment ProofBundleRow on ProofBundle {
  proof_id
  execution_id
  outcome
  key_id
  envelope
  public_key_pem
  leaf_index
  tree_size
  inclusion_path
  checkpoint
  verified
  checks {
    name
    holds
    detail
  }
}
"""

LOG_CONSISTENCY_GQL = """
query LogConsistency($input: LogConsistency!) {
  log_consistency(input: $input) {
    ...ConsistencyProofRow
  }
}

fragment ConsistencyProofRow on ConsistencyProof {
  from_size
  to_size
  from_checkpoint
  to_checkpoint
  from_public_key_pem
  to_public_key_pem
  path
  verified
  checks {
    name
    holds
    detail
  }
}
"""

LOG_HEAD_GQL = """
query LogHead {
  proof_checkpoint(order_by: {tree_size: desc}, limit: 1) {
    ...CheckpointRow
  }
}

fragment CheckpointRow on proof_checkpoint {
  tree_size
  root_hash
  note
  key_id
  created_at
}
"""

PROPOSALS_GQL = """
query Proposals($limit: Int!) {
  proposal(order_by: {created_at: desc}, limit: $limit) {
    ...ProposalRow
  }
}

fragment ProposalRow on proposal {
  id
  kind
  title
  state
  digest
  created_at
  expires_at
  harness_id
  payload
  principal {
    name
    email
  }
}
"""

PROPOSALS_IN_STATE_GQL = """
query ProposalsInState($state: String!, $limit: Int!) {
  proposal(
    where: {state: {_eq: $state}}
    order_by: {created_at: desc}
    limit: $limit
  ) {
    ...ProposalRow
  }
}

fragment ProposalRow on proposal {
  id
  kind
  title
  state
  digest
  created_at
  expires_at
  harness_id
  payload
  principal {
    name
    email
  }
}
"""

PROPOSAL_GQL = """
query Proposal($id: uuid!) {
  proposal(where: {id: {_eq: $id}}) {
    ...ProposalDetail
  }
}

fragment ProposalDetail on proposal {
  ...ProposalRow
  work_id
  endpoint_id
  runtime_asset_id
  bound
  endpoint {
    name
  }
  decisions {
    verdict
    digest
    reason
    decided_at
    principal {
      name
      email
    }
  }
  executions {
    id
    state
    reason_code
    reason
    commit_id
  }
}

fragment ProposalRow on proposal {
  id
  kind
  title
  state
  digest
  created_at
  expires_at
  harness_id
  payload
  principal {
    name
    email
  }
}
"""

PROPOSAL_IDS_GQL = """
query ProposalIds($limit: Int!) {
  proposal(order_by: {created_at: desc}, limit: $limit) {
    id
  }
}
"""

APPROVE_PROPOSAL_GQL = """
mutation ApproveProposal($input: ApproveProposal!) {
  approve_proposal(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

REJECT_PROPOSAL_GQL = """
mutation RejectProposal($input: RejectProposal!) {
  reject_proposal(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

WITHDRAW_PROPOSAL_GQL = """
mutation WithdrawProposal($input: WithdrawProposal!) {
  withdraw_proposal(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

RECOVERY_CASES_GQL = """
query RecoveryCases($limit: Int!) {
  recovery_case(order_by: {created_at: desc}, limit: $limit) {
    ...RecoveryCaseRow
  }
}

fragment RecoveryCaseRow on recovery_case {
  id
  kind
  state
  harness_id
  seen
  wanted
  created_at
  expires_at
  resolved_at
  harness {
    title
  }
}
"""

RECOVERY_CASES_IN_STATE_GQL = """
query RecoveryCasesInState($state: String!, $limit: Int!) {
  recovery_case(
    where: {state: {_eq: $state}}
    order_by: {created_at: desc}
    limit: $limit
  ) {
    ...RecoveryCaseRow
  }
}

fragment RecoveryCaseRow on recovery_case {
  id
  kind
  state
  harness_id
  seen
  wanted
  created_at
  expires_at
  resolved_at
  harness {
    title
  }
}
"""

RECOVERY_CASE_GQL = """
query RecoveryCase($id: uuid!) {
  recovery_case(where: {id: {_eq: $id}}) {
    ...RecoveryCaseDetail
  }
}

fragment RecoveryCaseDetail on recovery_case {
  ...RecoveryCaseRow
  round
  answer
  principal {
    name
    email
  }
}

fragment RecoveryCaseRow on recovery_case {
  id
  kind
  state
  harness_id
  seen
  wanted
  created_at
  expires_at
  resolved_at
  harness {
    title
  }
}
"""

RECOVERY_CASE_IDS_GQL = """
query RecoveryCaseIds($limit: Int!) {
  recovery_case(order_by: {created_at: desc}, limit: $limit) {
    id
  }
}
"""

RESOLVE_RECOVERY_CASE_GQL = """
mutation ResolveRecoveryCase($input: ResolveRecoveryCase!) {
  resolve_recovery_case(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

RUNTIME_ASSETS_GQL = """
query RuntimeAssets($limit: Int!) {
  runtime_asset(order_by: {created_at: desc}, limit: $limit) {
    ...RuntimeAssetRow
  }
}

fragment RuntimeAssetRow on runtime_asset {
  id
  name
  kind
  capabilities
  limits
  state
  version
  digest
  created_at
  updated_at
}
"""

RUNTIME_ASSET_GQL = """
query RuntimeAsset($id: uuid!) {
  runtime_asset(where: {id: {_eq: $id}}) {
    ...RuntimeAssetRow
  }
}

fragment RuntimeAssetRow on runtime_asset {
  id
  name
  kind
  capabilities
  limits
  state
  version
  digest
  created_at
  updated_at
}
"""

RUNTIME_ASSET_NAMES_GQL = """
query RuntimeAssetNames($limit: Int!) {
  runtime_asset(order_by: {created_at: desc}, limit: $limit) {
    id
    name
    state
  }
}
"""

REVISE_RUNTIME_ASSET_GQL = """
mutation ReviseRuntimeAsset($input: ReviseRuntimeAsset!) {
  revise_runtime_asset(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

RETIRE_RUNTIME_ASSET_GQL = """
mutation RetireRuntimeAsset($input: RetireRuntimeAsset!) {
  retire_runtime_asset(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

SECRET_CONTRACTS_GQL = """
query SecretContracts($limit: Int!) {
  secret_contract(order_by: {created_at: desc}, limit: $limit) {
    ...SecretContractRow
  }
}

fragment SecretContractRow on secret_contract {
  org_id
  id
  name
  purpose
  kind
  delivery
  username
  backend
  version
  digest
  status
  status_detail
  probed_at
  probed_as
  created_at
}
"""

SECRET_CONTRACT_GQL = """
query SecretContract($id: uuid!) {
  secret_contract(where: {id: {_eq: $id}}) {
    ...SecretContractRow
  }
}

fragment SecretContractRow on secret_contract {
  org_id
  id
  name
  purpose
  kind
  delivery
  username
  backend
  version
  digest
  status
  status_detail
  probed_at
  probed_as
  created_at
}
"""

SECRET_CONTRACT_NAMES_GQL = """
query SecretContractNames($limit: Int!) {
  secret_contract(order_by: {created_at: desc}, limit: $limit) {
    id
    name
  }
}
"""

REVISE_SECRET_CONTRACT_GQL = """
mutation ReviseSecretContract($input: ReviseSecretContract!) {
  revise_secret_contract(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

SEALING_KEYS_GQL = """
query SealingKeys($limit: Int!) {
  sealing_key(order_by: {announced_at: desc}, limit: $limit) {
    key_id
    public_key
    announced_at
  }
}
"""

SEND_SECRET_VALUE_GQL = """
mutation SendSecretValue($input: SendSecretValue!) {
  send_secret_value(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

WORK_ITEMS_GQL = """
query WorkItems($limit: Int!) {
  work(order_by: {created_at: desc}, limit: $limit) {
    ...WorkRow
  }
}

fragment WorkRow on work {
  id
  title
  state
  interaction_policy
  specification
  created_at
  endpoint {
    id
    name
  }
  runtime_asset {
    id
    name
  }
  principal {
    name
    email
  }
  harnesses(order_by: {created_at: desc}, limit: 20) {
    id
    state
    continuity
    created_at
    kept {
      until
      taken_by
    }
  }
}
"""

WORK_ITEM_GQL = """
query WorkItem($id: uuid!) {
  work(where: {id: {_eq: $id}}) {
    ...WorkRow
  }
}

fragment WorkRow on work {
  id
  title
  state
  interaction_policy
  specification
  created_at
  endpoint {
    id
    name
  }
  runtime_asset {
    id
    name
  }
  principal {
    name
    email
  }
  harnesses(order_by: {created_at: desc}, limit: 20) {
    id
    state
    continuity
    created_at
    kept {
      until
      taken_by
    }
  }
}
"""

WORK_TITLES_GQL = """
query WorkTitles($limit: Int!) {
  work(order_by: {created_at: desc}, limit: $limit) {
    id
    title
  }
}
"""

CREATE_WORK_GQL = """
mutation CreateWork($input: CreateWork!) {
  create_work(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

CREATE_CALL_GQL = """
mutation CreateCall($input: CreateCall!) {
  create_call(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""

LAUNCH_WORK_GQL = """
mutation LaunchWork($input: LaunchWork!) {
  launch_work(input: $input) {
    ...RecordedRow
  }
}

fragment RecordedRow on Recorded {
  id
  command_id
  state
}
"""
