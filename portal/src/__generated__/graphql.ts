/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A principal with a role in the organization; one that is known by this email keeps the name it has. */
export type AddMember = {
  email?: string | null | undefined;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  kind?: PrincipalKind | null | undefined;
  name: string;
  role: Role;
};

/** Approve exactly this digest; the last approval that the policy asks for queues the execution. */
export type ApproveProposal = {
  digest: string;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  proposal_id: string;
  reason?: string | null | undefined;
};

/** How to authenticate; `secret_contract` names what is needed and `parameter` the header or query name. */
export type AuthContract = {
  kind?: AuthKind | null | undefined;
  parameter?: string | null | undefined;
  secret_contract?: string | null | undefined;
};

/** How a caller proves itself to an endpoint. */
export type AuthKind =
  | 'basic'
  | 'bearer'
  | 'browser_session'
  | 'header'
  | 'none'
  | 'oauth2_client_credentials'
  | 'query';

/** Boolean expression to compare columns of type "Boolean". All fields are combined with logical 'AND'. */
export type Boolean_Comparison_Exp = {
  _eq?: boolean | null | undefined;
  _gt?: boolean | null | undefined;
  _gte?: boolean | null | undefined;
  _in?: Array<boolean> | null | undefined;
  _is_null?: boolean | null | undefined;
  _lt?: boolean | null | undefined;
  _lte?: boolean | null | undefined;
  _neq?: boolean | null | undefined;
  _nin?: Array<boolean> | null | undefined;
};

/** The text that is sent, byte for byte as UTF-8; of a JSON media type it is JSON that all read alike. */
export type CallBody = {
  media_type?: string | null | undefined;
  text: string;
};

/** A header that the caller adds; one that carries a credential is refused. */
export type CallHeader = {
  name: string;
  value?: string | null | undefined;
};

/** A parameter of the query, sent as it is written here. */
export type CallParameter = {
  name: string;
  value?: string | null | undefined;
};

/** Stop a harness before it has an effect; a proposal of it that is under review is withdrawn. */
export type CancelHarness = {
  harness_id: string;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  reason?: string | null | undefined;
};

/** Give a member of the organization another role; the token that they have counts until it expires. */
export type ChangeMember = {
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  principal_id: string;
  role: Role;
};

/** Run an organization's checks again, after something was mended. */
export type CheckOnboarding = {
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
};

/** How a harness takes up its work; there is no third way. */
export type Continuity =
  | 'fresh'
  | 'resume';

/** Describe work that is one call of an endpoint; it is proposed before it is sent. */
export type CreateCall = {
  call: EndpointCall;
  endpoint_id: string;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  interaction_policy?: InteractionPolicy | null | undefined;
  runtime_asset_id: string;
  title: string;
};

/** Describe work on an endpoint, in a runtime asset. */
export type CreateWork = {
  endpoint_id: string;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  interaction_policy?: InteractionPolicy | null | undefined;
  runtime_asset_id: string;
  specification: WorkSpecification;
  title: string;
};

/** An endpoint more; its check runs. */
export type DeclareEndpoint = {
  auth?: AuthContract | null | undefined;
  executor_url?: string | null | undefined;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  kind: string;
  name: string;
  public_url: string;
  readiness?: ReadinessContract | null | undefined;
};

/** A runtime asset more; its check runs. */
export type DeclareRuntimeAsset = {
  capabilities?: Array<string> | null | undefined;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  kind?: RuntimeKind | null | undefined;
  limits?: RuntimeLimits | null | undefined;
  name: string;
};

/** A secret contract more; its check runs. Where the secret lives is said, never the value. */
export type DeclareSecretContract = {
  delivery?: SecretDelivery | null | undefined;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  kind?: SecretKind | null | undefined;
  name: string;
  purpose: string;
  reference: string;
  username?: string | null | undefined;
};

/** One request to an endpoint; where that is and how it authenticates stands in the endpoint's contract alone. */
export type EndpointCall = {
  body?: CallBody | null | undefined;
  expect_status?: Array<number> | null | undefined;
  headers?: Array<CallHeader> | null | undefined;
  idempotency_header?: string | null | undefined;
  method: string;
  path: string;
  query?: Array<CallParameter> | null | undefined;
  timeout_ms?: number | null | undefined;
  why: string;
};

/** Boolean expression to compare columns of type "Int". All fields are combined with logical 'AND'. */
export type Int_Comparison_Exp = {
  _eq?: number | null | undefined;
  _gt?: number | null | undefined;
  _gte?: number | null | undefined;
  _in?: Array<number> | null | undefined;
  _is_null?: boolean | null | undefined;
  _lt?: number | null | undefined;
  _lte?: number | null | undefined;
  _neq?: number | null | undefined;
  _nin?: Array<number> | null | undefined;
};

/** Whether work must look at an endpoint through a browser before anything else. */
export type InteractionPolicy =
  | 'any'
  | 'browser_first';

/** Start a harness for a work item. */
export type LaunchWork = {
  continuity?: Continuity | null | undefined;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  work_id: string;
};

/** Who acts. */
export type PrincipalKind =
  | 'agent'
  | 'person'
  | 'service';

/** What is asked to see that an endpoint is ready, and what a ready one answers. */
export type ReadinessContract = {
  expect_json?: unknown;
  expect_status?: number | null | undefined;
  interval_s?: number | null | undefined;
  method?: string | null | undefined;
  path?: string | null | undefined;
  timeout_ms?: number | null | undefined;
};

/** Reject exactly this digest, with a reason. */
export type RejectProposal = {
  digest: string;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  proposal_id: string;
  reason: string;
};

/** Take a principal out of the organization; what they did stays. */
export type RemoveMember = {
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  principal_id: string;
};

/** Answer an open recovery case; `answer` is as the case's `wanted.answer_schema` asks. */
export type ResolveRecoveryCase = {
  answer: unknown;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  recovery_case_id: string;
};

/** Take an endpoint out of use; nothing can be launched or applied through it any more. */
export type RetireEndpoint = {
  endpoint_id: string;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
};

/** Take a runtime asset out of use; nothing can be launched in it any more. */
export type RetireRuntimeAsset = {
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  runtime_asset_id: string;
};

/** Replace an endpoint's contract; approvals bound to the former digest become stale. */
export type ReviseEndpoint = {
  auth?: AuthContract | null | undefined;
  endpoint_id: string;
  executor_url?: string | null | undefined;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  public_url: string;
  readiness?: ReadinessContract | null | undefined;
};

/** What a principal may do in one organization. */
export type Role =
  | 'agent'
  | 'approver'
  | 'operator'
  | 'owner'
  | 'viewer';

/** What sort of place it is. */
export type RuntimeKind =
  | 'browser'
  | 'sandbox';

/** What work may use of the place; cores, memory and disk are the snapshot's (None: the service's default). */
export type RuntimeLimits = {
  run_timeout_s?: number | null | undefined;
  snapshot?: string | null | undefined;
};

/** How the execution runtime hands the secret on. */
export type SecretDelivery =
  | 'endpoint_auth'
  | 'environment'
  | 'file';

/** What sort of secret is needed. */
export type SecretKind =
  | 'certificate'
  | 'key'
  | 'password'
  | 'token';

/** The value of a secret contract, sealed for the execution runtime and bound to one version of the contract. */
export type SendSecretValue = {
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  /** The sealing key that the value was sealed with. */
  key_id: string;
  /** The value, sealed by HPKE, in base64. */
  sealed: string;
  secret_contract_id: string;
  /** The version of the secret contract that the value was sealed for. */
  version: number;
};

/** Boolean expression to compare columns of type "String_array". All fields are combined with logical 'AND'. */
export type String_Array_Comparison_Exp = {
  _contained_in?: Array<string> | null | undefined;
  _contains?: Array<string> | null | undefined;
  _eq?: Array<string> | null | undefined;
  _gt?: Array<string> | null | undefined;
  _gte?: Array<string> | null | undefined;
  _in?: Array<Array<string>> | null | undefined;
  _is_null?: boolean | null | undefined;
  _lt?: Array<string> | null | undefined;
  _lte?: Array<string> | null | undefined;
  _neq?: Array<string> | null | undefined;
  _nin?: Array<Array<string>> | null | undefined;
};

/** Boolean expression to compare columns of type "String". All fields are combined with logical 'AND'. */
export type String_Comparison_Exp = {
  _eq?: string | null | undefined;
  _gt?: string | null | undefined;
  _gte?: string | null | undefined;
  _ilike?: string | null | undefined;
  _in?: Array<string> | null | undefined;
  _iregex?: string | null | undefined;
  _is_null?: boolean | null | undefined;
  _like?: string | null | undefined;
  _lt?: string | null | undefined;
  _lte?: string | null | undefined;
  _neq?: string | null | undefined;
  _nilike?: string | null | undefined;
  _nin?: Array<string> | null | undefined;
  _niregex?: string | null | undefined;
  _nlike?: string | null | undefined;
  _nregex?: string | null | undefined;
  _nsimilar?: string | null | undefined;
  _regex?: string | null | undefined;
  _similar?: string | null | undefined;
};

/** Take one's own proposal back while it is under review. */
export type WithdrawProposal = {
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  proposal_id: string;
};

/** What to run in a repository and how to see that it helped. */
export type WorkSpecification = {
  branch?: string | null | undefined;
  run: string;
  run_timeout_s?: number | null | undefined;
  target_branch?: string | null | undefined;
  verify: string;
  verify_timeout_s?: number | null | undefined;
};

/** Boolean expression to filter rows from the table "artifact". All fields are combined with a logical 'AND'. */
export type Artifact_Bool_Exp = {
  _and?: Array<Artifact_Bool_Exp> | null | undefined;
  _not?: Artifact_Bool_Exp | null | undefined;
  _or?: Array<Artifact_Bool_Exp> | null | undefined;
  body?: String_Comparison_Exp | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  digest?: String_Comparison_Exp | null | undefined;
  encoding?: String_Comparison_Exp | null | undefined;
  harness_id?: Uuid_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  media_type?: String_Comparison_Exp | null | undefined;
  name?: String_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  size_bytes?: Bigint_Comparison_Exp | null | undefined;
  truncated?: Boolean_Comparison_Exp | null | undefined;
};

/** Boolean expression to compare columns of type "bigint". All fields are combined with logical 'AND'. */
export type Bigint_Comparison_Exp = {
  _eq?: number | null | undefined;
  _gt?: number | null | undefined;
  _gte?: number | null | undefined;
  _in?: Array<number> | null | undefined;
  _is_null?: boolean | null | undefined;
  _lt?: number | null | undefined;
  _lte?: number | null | undefined;
  _neq?: number | null | undefined;
  _nin?: Array<number> | null | undefined;
};

/** Boolean expression to filter rows from the table "endpoint". All fields are combined with a logical 'AND'. */
export type Endpoint_Bool_Exp = {
  _and?: Array<Endpoint_Bool_Exp> | null | undefined;
  _not?: Endpoint_Bool_Exp | null | undefined;
  _or?: Array<Endpoint_Bool_Exp> | null | undefined;
  auth_kind?: String_Comparison_Exp | null | undefined;
  auth_parameter?: String_Comparison_Exp | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  digest?: String_Comparison_Exp | null | undefined;
  endpoint_kind?: Endpoint_Kind_Bool_Exp | null | undefined;
  executor_url?: String_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  kind?: String_Comparison_Exp | null | undefined;
  name?: String_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  public_url?: String_Comparison_Exp | null | undefined;
  readiness?: Jsonb_Comparison_Exp | null | undefined;
  readiness_observed?: Endpoint_Readiness_Bool_Exp | null | undefined;
  secret_contract?: Secret_Contract_Bool_Exp | null | undefined;
  secret_contract_id?: Uuid_Comparison_Exp | null | undefined;
  state?: String_Comparison_Exp | null | undefined;
  updated_at?: Timestamptz_Comparison_Exp | null | undefined;
  version?: Int_Comparison_Exp | null | undefined;
};

/** Boolean expression to filter rows from the table "endpoint_kind". All fields are combined with a logical 'AND'. */
export type Endpoint_Kind_Bool_Exp = {
  _and?: Array<Endpoint_Kind_Bool_Exp> | null | undefined;
  _not?: Endpoint_Kind_Bool_Exp | null | undefined;
  _or?: Array<Endpoint_Kind_Bool_Exp> | null | undefined;
  kind?: String_Comparison_Exp | null | undefined;
  protocol?: String_Comparison_Exp | null | undefined;
  readiness?: Jsonb_Comparison_Exp | null | undefined;
  title?: String_Comparison_Exp | null | undefined;
};

/** Boolean expression to filter rows from the table "endpoint_readiness". All fields are combined with a logical 'AND'. */
export type Endpoint_Readiness_Bool_Exp = {
  _and?: Array<Endpoint_Readiness_Bool_Exp> | null | undefined;
  _not?: Endpoint_Readiness_Bool_Exp | null | undefined;
  _or?: Array<Endpoint_Readiness_Bool_Exp> | null | undefined;
  detail?: String_Comparison_Exp | null | undefined;
  endpoint_digest?: String_Comparison_Exp | null | undefined;
  endpoint_id?: Uuid_Comparison_Exp | null | undefined;
  latency_ms?: Int_Comparison_Exp | null | undefined;
  observed_at?: Timestamptz_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  ready?: Boolean_Comparison_Exp | null | undefined;
};

/** filter on aggregates of "execution" */
export type Execution_Aggregate_Bool_Exp = {
  count?: Execution_Aggregate_Bool_Exp_Count | null | undefined;
};

export type Execution_Aggregate_Bool_Exp_Count = {
  arguments?: Array<Execution_Select_Column> | null | undefined;
  distinct?: boolean | null | undefined;
  filter?: Execution_Bool_Exp | null | undefined;
  predicate: Int_Comparison_Exp;
};

/** Boolean expression to filter rows from the table "execution". All fields are combined with a logical 'AND'. */
export type Execution_Bool_Exp = {
  _and?: Array<Execution_Bool_Exp> | null | undefined;
  _not?: Execution_Bool_Exp | null | undefined;
  _or?: Array<Execution_Bool_Exp> | null | undefined;
  base_commit?: String_Comparison_Exp | null | undefined;
  command_id?: Uuid_Comparison_Exp | null | undefined;
  commit_id?: String_Comparison_Exp | null | undefined;
  digest?: String_Comparison_Exp | null | undefined;
  finished_at?: Timestamptz_Comparison_Exp | null | undefined;
  harness_id?: Uuid_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  proof?: Proof_Bool_Exp | null | undefined;
  proposal?: Proposal_Bool_Exp | null | undefined;
  proposal_id?: Uuid_Comparison_Exp | null | undefined;
  reason?: String_Comparison_Exp | null | undefined;
  reason_code?: String_Comparison_Exp | null | undefined;
  started_at?: Timestamptz_Comparison_Exp | null | undefined;
  state?: String_Comparison_Exp | null | undefined;
};

/** select columns of table "execution" */
export type Execution_Select_Column =
  /** column name */
  | 'base_commit'
  /** column name */
  | 'command_id'
  /** column name */
  | 'commit_id'
  /** column name */
  | 'digest'
  /** column name */
  | 'finished_at'
  /** column name */
  | 'harness_id'
  /** column name */
  | 'id'
  /** column name */
  | 'org_id'
  /** column name */
  | 'proposal_id'
  /** column name */
  | 'reason'
  /** column name */
  | 'reason_code'
  /** column name */
  | 'started_at'
  /** column name */
  | 'state';

/** filter on aggregates of "harness" */
export type Harness_Aggregate_Bool_Exp = {
  count?: Harness_Aggregate_Bool_Exp_Count | null | undefined;
};

export type Harness_Aggregate_Bool_Exp_Count = {
  arguments?: Array<Harness_Select_Column> | null | undefined;
  distinct?: boolean | null | undefined;
  filter?: Harness_Bool_Exp | null | undefined;
  predicate: Int_Comparison_Exp;
};

/** Boolean expression to filter rows from the table "harness". All fields are combined with a logical 'AND'. */
export type Harness_Bool_Exp = {
  _and?: Array<Harness_Bool_Exp> | null | undefined;
  _not?: Harness_Bool_Exp | null | undefined;
  _or?: Array<Harness_Bool_Exp> | null | undefined;
  artifacts?: Artifact_Bool_Exp | null | undefined;
  command_id?: Uuid_Comparison_Exp | null | undefined;
  continuity?: String_Comparison_Exp | null | undefined;
  continuity_receipt?: Jsonb_Comparison_Exp | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  events?: Portal_Live_Events_Bool_Exp | null | undefined;
  events_aggregate?: Portal_Live_Events_Aggregate_Bool_Exp | null | undefined;
  executions?: Execution_Bool_Exp | null | undefined;
  executions_aggregate?: Execution_Aggregate_Bool_Exp | null | undefined;
  finished_at?: Timestamptz_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  kept?: Kept_Sandbox_Bool_Exp | null | undefined;
  launch_diagnostics?: Launch_Diagnostic_Bool_Exp | null | undefined;
  observations?: Observation_Bool_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  principal?: Principal_Bool_Exp | null | undefined;
  principal_id?: Uuid_Comparison_Exp | null | undefined;
  projection?: Harness_Projection_Bool_Exp | null | undefined;
  proposal?: Proposal_Bool_Exp | null | undefined;
  purpose?: String_Comparison_Exp | null | undefined;
  recovery_cases?: Recovery_Case_Bool_Exp | null | undefined;
  state?: String_Comparison_Exp | null | undefined;
  title?: String_Comparison_Exp | null | undefined;
  work?: Work_Bool_Exp | null | undefined;
  work_id?: Uuid_Comparison_Exp | null | undefined;
};

/** Boolean expression to filter rows from the table "harness_projection". All fields are combined with a logical 'AND'. */
export type Harness_Projection_Bool_Exp = {
  _and?: Array<Harness_Projection_Bool_Exp> | null | undefined;
  _not?: Harness_Projection_Bool_Exp | null | undefined;
  _or?: Array<Harness_Projection_Bool_Exp> | null | undefined;
  browser_observed?: Boolean_Comparison_Exp | null | undefined;
  continuity?: String_Comparison_Exp | null | undefined;
  finished_at?: Timestamptz_Comparison_Exp | null | undefined;
  harness?: Harness_Bool_Exp | null | undefined;
  harness_id?: Uuid_Comparison_Exp | null | undefined;
  headline?: String_Comparison_Exp | null | undefined;
  interaction?: String_Comparison_Exp | null | undefined;
  last_event_type?: String_Comparison_Exp | null | undefined;
  last_position?: Bigint_Comparison_Exp | null | undefined;
  needs?: String_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  phase?: String_Comparison_Exp | null | undefined;
  principal_id?: Uuid_Comparison_Exp | null | undefined;
  proof_id?: Uuid_Comparison_Exp | null | undefined;
  proposal_id?: Uuid_Comparison_Exp | null | undefined;
  proposal_state?: String_Comparison_Exp | null | undefined;
  purpose?: String_Comparison_Exp | null | undefined;
  recovery_case_id?: Uuid_Comparison_Exp | null | undefined;
  started_at?: Timestamptz_Comparison_Exp | null | undefined;
  step?: String_Comparison_Exp | null | undefined;
  steps_done?: Int_Comparison_Exp | null | undefined;
  steps_total?: Int_Comparison_Exp | null | undefined;
  title?: String_Comparison_Exp | null | undefined;
  updated_at?: Timestamptz_Comparison_Exp | null | undefined;
  work_id?: Uuid_Comparison_Exp | null | undefined;
};

/** select columns of table "harness" */
export type Harness_Select_Column =
  /** column name */
  | 'command_id'
  /** column name */
  | 'continuity'
  /** column name */
  | 'continuity_receipt'
  /** column name */
  | 'created_at'
  /** column name */
  | 'finished_at'
  /** column name */
  | 'id'
  /** column name */
  | 'org_id'
  /** column name */
  | 'principal_id'
  /** column name */
  | 'purpose'
  /** column name */
  | 'state'
  /** column name */
  | 'title'
  /** column name */
  | 'work_id';

export type Jsonb_Cast_Exp = {
  String?: String_Comparison_Exp | null | undefined;
};

/** Boolean expression to compare columns of type "jsonb". All fields are combined with logical 'AND'. */
export type Jsonb_Comparison_Exp = {
  _cast?: Jsonb_Cast_Exp | null | undefined;
  _contained_in?: unknown;
  _contains?: unknown;
  _eq?: unknown;
  _gt?: unknown;
  _gte?: unknown;
  _has_key?: string | null | undefined;
  _has_keys_all?: Array<string> | null | undefined;
  _has_keys_any?: Array<string> | null | undefined;
  _in?: Array<unknown> | null | undefined;
  _is_null?: boolean | null | undefined;
  _lt?: unknown;
  _lte?: unknown;
  _neq?: unknown;
  _nin?: Array<unknown> | null | undefined;
};

/** Boolean expression to filter rows from the table "kept_sandbox". All fields are combined with a logical 'AND'. */
export type Kept_Sandbox_Bool_Exp = {
  _and?: Array<Kept_Sandbox_Bool_Exp> | null | undefined;
  _not?: Kept_Sandbox_Bool_Exp | null | undefined;
  _or?: Array<Kept_Sandbox_Bool_Exp> | null | undefined;
  harness_id?: Uuid_Comparison_Exp | null | undefined;
  kept_at?: Timestamptz_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  taken_by?: Uuid_Comparison_Exp | null | undefined;
  until?: Timestamptz_Comparison_Exp | null | undefined;
};

/** Boolean expression to filter rows from the table "launch_diagnostic". All fields are combined with a logical 'AND'. */
export type Launch_Diagnostic_Bool_Exp = {
  _and?: Array<Launch_Diagnostic_Bool_Exp> | null | undefined;
  _not?: Launch_Diagnostic_Bool_Exp | null | undefined;
  _or?: Array<Launch_Diagnostic_Bool_Exp> | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  duration_ms?: Int_Comparison_Exp | null | undefined;
  harness_id?: Uuid_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  origin?: String_Comparison_Exp | null | undefined;
  runtime_kind?: String_Comparison_Exp | null | undefined;
  runtime_name?: String_Comparison_Exp | null | undefined;
};

/** Boolean expression to filter rows from the table "lineage_edge". All fields are combined with a logical 'AND'. */
export type Lineage_Edge_Bool_Exp = {
  _and?: Array<Lineage_Edge_Bool_Exp> | null | undefined;
  _not?: Lineage_Edge_Bool_Exp | null | undefined;
  _or?: Array<Lineage_Edge_Bool_Exp> | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  from_id?: String_Comparison_Exp | null | undefined;
  from_kind?: String_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  relation?: String_Comparison_Exp | null | undefined;
  to_id?: String_Comparison_Exp | null | undefined;
  to_kind?: String_Comparison_Exp | null | undefined;
};

/** Boolean expression to filter rows from the table "membership". All fields are combined with a logical 'AND'. */
export type Membership_Bool_Exp = {
  _and?: Array<Membership_Bool_Exp> | null | undefined;
  _not?: Membership_Bool_Exp | null | undefined;
  _or?: Array<Membership_Bool_Exp> | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  organization?: Organization_Bool_Exp | null | undefined;
  principal?: Principal_Bool_Exp | null | undefined;
  principal_id?: Uuid_Comparison_Exp | null | undefined;
  role?: String_Comparison_Exp | null | undefined;
};

/** Boolean expression to filter rows from the table "observation". All fields are combined with a logical 'AND'. */
export type Observation_Bool_Exp = {
  _and?: Array<Observation_Bool_Exp> | null | undefined;
  _not?: Observation_Bool_Exp | null | undefined;
  _or?: Array<Observation_Bool_Exp> | null | undefined;
  detail?: Jsonb_Comparison_Exp | null | undefined;
  digest?: String_Comparison_Exp | null | undefined;
  harness_id?: Uuid_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  kind?: String_Comparison_Exp | null | undefined;
  observed_at?: Timestamptz_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  subject?: String_Comparison_Exp | null | undefined;
};

/** filter on aggregates of "onboarding_check" */
export type Onboarding_Check_Aggregate_Bool_Exp = {
  count?: Onboarding_Check_Aggregate_Bool_Exp_Count | null | undefined;
};

export type Onboarding_Check_Aggregate_Bool_Exp_Count = {
  arguments?: Array<Onboarding_Check_Select_Column> | null | undefined;
  distinct?: boolean | null | undefined;
  filter?: Onboarding_Check_Bool_Exp | null | undefined;
  predicate: Int_Comparison_Exp;
};

/** Boolean expression to filter rows from the table "onboarding_check". All fields are combined with a logical 'AND'. */
export type Onboarding_Check_Bool_Exp = {
  _and?: Array<Onboarding_Check_Bool_Exp> | null | undefined;
  _not?: Onboarding_Check_Bool_Exp | null | undefined;
  _or?: Array<Onboarding_Check_Bool_Exp> | null | undefined;
  checked_at?: Timestamptz_Comparison_Exp | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  detail?: String_Comparison_Exp | null | undefined;
  harness_id?: Uuid_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  remedy?: String_Comparison_Exp | null | undefined;
  state?: String_Comparison_Exp | null | undefined;
  subject_id?: Uuid_Comparison_Exp | null | undefined;
  subject_kind?: String_Comparison_Exp | null | undefined;
  subject_name?: String_Comparison_Exp | null | undefined;
};

/** select columns of table "onboarding_check" */
export type Onboarding_Check_Select_Column =
  /** column name */
  | 'checked_at'
  /** column name */
  | 'created_at'
  /** column name */
  | 'detail'
  /** column name */
  | 'harness_id'
  /** column name */
  | 'id'
  /** column name */
  | 'org_id'
  /** column name */
  | 'remedy'
  /** column name */
  | 'state'
  /** column name */
  | 'subject_id'
  /** column name */
  | 'subject_kind'
  /** column name */
  | 'subject_name';

/** column ordering options */
export type Order_By =
  /** in ascending order, nulls last */
  | 'asc'
  /** in ascending order, nulls first */
  | 'asc_nulls_first'
  /** in ascending order, nulls last */
  | 'asc_nulls_last'
  /** in descending order, nulls first */
  | 'desc'
  /** in descending order, nulls first */
  | 'desc_nulls_first'
  /** in descending order, nulls last */
  | 'desc_nulls_last';

/** Boolean expression to filter rows from the table "organization". All fields are combined with a logical 'AND'. */
export type Organization_Bool_Exp = {
  _and?: Array<Organization_Bool_Exp> | null | undefined;
  _not?: Organization_Bool_Exp | null | undefined;
  _or?: Array<Organization_Bool_Exp> | null | undefined;
  approval_ttl_hours?: Int_Comparison_Exp | null | undefined;
  approvals_required?: Int_Comparison_Exp | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  endpoints?: Endpoint_Bool_Exp | null | undefined;
  harnesses?: Harness_Bool_Exp | null | undefined;
  harnesses_aggregate?: Harness_Aggregate_Bool_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  memberships?: Membership_Bool_Exp | null | undefined;
  name?: String_Comparison_Exp | null | undefined;
  onboarding_checks?: Onboarding_Check_Bool_Exp | null | undefined;
  onboarding_checks_aggregate?: Onboarding_Check_Aggregate_Bool_Exp | null | undefined;
  policy_version?: Int_Comparison_Exp | null | undefined;
  slug?: String_Comparison_Exp | null | undefined;
  state?: String_Comparison_Exp | null | undefined;
};

/** filter on aggregates of "portal_live_events" */
export type Portal_Live_Events_Aggregate_Bool_Exp = {
  count?: Portal_Live_Events_Aggregate_Bool_Exp_Count | null | undefined;
};

export type Portal_Live_Events_Aggregate_Bool_Exp_Count = {
  arguments?: Array<Portal_Live_Events_Select_Column> | null | undefined;
  distinct?: boolean | null | undefined;
  filter?: Portal_Live_Events_Bool_Exp | null | undefined;
  predicate: Int_Comparison_Exp;
};

/** Boolean expression to filter rows from the table "portal_live_events". All fields are combined with a logical 'AND'. */
export type Portal_Live_Events_Bool_Exp = {
  _and?: Array<Portal_Live_Events_Bool_Exp> | null | undefined;
  _not?: Portal_Live_Events_Bool_Exp | null | undefined;
  _or?: Array<Portal_Live_Events_Bool_Exp> | null | undefined;
  cause?: String_Comparison_Exp | null | undefined;
  data?: Jsonb_Comparison_Exp | null | undefined;
  data_beginning?: String_Comparison_Exp | null | undefined;
  data_size_bytes?: Int_Comparison_Exp | null | undefined;
  event_id?: Uuid_Comparison_Exp | null | undefined;
  harness_id?: Uuid_Comparison_Exp | null | undefined;
  occurred_at?: Timestamptz_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  position?: Bigint_Comparison_Exp | null | undefined;
  subject?: String_Comparison_Exp | null | undefined;
  traceparent?: String_Comparison_Exp | null | undefined;
  type?: String_Comparison_Exp | null | undefined;
};

/** select columns of table "portal_live_events" */
export type Portal_Live_Events_Select_Column =
  /** column name */
  | 'cause'
  /** column name */
  | 'data'
  /** column name */
  | 'event_id'
  /** column name */
  | 'harness_id'
  /** column name */
  | 'occurred_at'
  /** column name */
  | 'org_id'
  /** column name */
  | 'position'
  /** column name */
  | 'subject'
  /** column name */
  | 'traceparent'
  /** column name */
  | 'type';

/** Boolean expression to filter rows from the table "principal". All fields are combined with a logical 'AND'. */
export type Principal_Bool_Exp = {
  _and?: Array<Principal_Bool_Exp> | null | undefined;
  _not?: Principal_Bool_Exp | null | undefined;
  _or?: Array<Principal_Bool_Exp> | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  email?: String_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  kind?: String_Comparison_Exp | null | undefined;
  memberships?: Membership_Bool_Exp | null | undefined;
  name?: String_Comparison_Exp | null | undefined;
};

/** Boolean expression to filter rows from the table "proof". All fields are combined with a logical 'AND'. */
export type Proof_Bool_Exp = {
  _and?: Array<Proof_Bool_Exp> | null | undefined;
  _not?: Proof_Bool_Exp | null | undefined;
  _or?: Array<Proof_Bool_Exp> | null | undefined;
  envelope?: String_Comparison_Exp | null | undefined;
  execution?: Execution_Bool_Exp | null | undefined;
  execution_id?: Uuid_Comparison_Exp | null | undefined;
  harness_id?: Uuid_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  key_id?: String_Comparison_Exp | null | undefined;
  leaf_hash?: String_Comparison_Exp | null | undefined;
  leaf_index?: Bigint_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  outcome?: String_Comparison_Exp | null | undefined;
  predicate_type?: String_Comparison_Exp | null | undefined;
  projection?: Harness_Projection_Bool_Exp | null | undefined;
  recorded_at?: Timestamptz_Comparison_Exp | null | undefined;
  signing_key?: Signing_Key_Bool_Exp | null | undefined;
};

/** Boolean expression to filter rows from the table "proposal". All fields are combined with a logical 'AND'. */
export type Proposal_Bool_Exp = {
  _and?: Array<Proposal_Bool_Exp> | null | undefined;
  _not?: Proposal_Bool_Exp | null | undefined;
  _or?: Array<Proposal_Bool_Exp> | null | undefined;
  bound?: Jsonb_Comparison_Exp | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  decisions?: Proposal_Decision_Bool_Exp | null | undefined;
  digest?: String_Comparison_Exp | null | undefined;
  endpoint?: Endpoint_Bool_Exp | null | undefined;
  endpoint_id?: Uuid_Comparison_Exp | null | undefined;
  executions?: Execution_Bool_Exp | null | undefined;
  executions_aggregate?: Execution_Aggregate_Bool_Exp | null | undefined;
  expires_at?: Timestamptz_Comparison_Exp | null | undefined;
  harness?: Harness_Bool_Exp | null | undefined;
  harness_id?: Uuid_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  kind?: String_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  payload?: Jsonb_Comparison_Exp | null | undefined;
  principal?: Principal_Bool_Exp | null | undefined;
  principal_id?: Uuid_Comparison_Exp | null | undefined;
  runtime_asset_id?: Uuid_Comparison_Exp | null | undefined;
  state?: String_Comparison_Exp | null | undefined;
  title?: String_Comparison_Exp | null | undefined;
  work?: Work_Bool_Exp | null | undefined;
  work_id?: Uuid_Comparison_Exp | null | undefined;
};

/** Boolean expression to filter rows from the table "proposal_decision". All fields are combined with a logical 'AND'. */
export type Proposal_Decision_Bool_Exp = {
  _and?: Array<Proposal_Decision_Bool_Exp> | null | undefined;
  _not?: Proposal_Decision_Bool_Exp | null | undefined;
  _or?: Array<Proposal_Decision_Bool_Exp> | null | undefined;
  decided_at?: Timestamptz_Comparison_Exp | null | undefined;
  digest?: String_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  principal?: Principal_Bool_Exp | null | undefined;
  principal_id?: Uuid_Comparison_Exp | null | undefined;
  proposal?: Proposal_Bool_Exp | null | undefined;
  proposal_id?: Uuid_Comparison_Exp | null | undefined;
  reason?: String_Comparison_Exp | null | undefined;
  verdict?: String_Comparison_Exp | null | undefined;
};

/** Boolean expression to filter rows from the table "recovery_case". All fields are combined with a logical 'AND'. */
export type Recovery_Case_Bool_Exp = {
  _and?: Array<Recovery_Case_Bool_Exp> | null | undefined;
  _not?: Recovery_Case_Bool_Exp | null | undefined;
  _or?: Array<Recovery_Case_Bool_Exp> | null | undefined;
  answer?: Jsonb_Comparison_Exp | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  expires_at?: Timestamptz_Comparison_Exp | null | undefined;
  harness?: Harness_Bool_Exp | null | undefined;
  harness_id?: Uuid_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  kind?: String_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  principal?: Principal_Bool_Exp | null | undefined;
  principal_id?: Uuid_Comparison_Exp | null | undefined;
  resolved_at?: Timestamptz_Comparison_Exp | null | undefined;
  round?: Int_Comparison_Exp | null | undefined;
  seen?: Jsonb_Comparison_Exp | null | undefined;
  state?: String_Comparison_Exp | null | undefined;
  wanted?: Jsonb_Comparison_Exp | null | undefined;
};

/** Boolean expression to filter rows from the table "runtime_asset". All fields are combined with a logical 'AND'. */
export type Runtime_Asset_Bool_Exp = {
  _and?: Array<Runtime_Asset_Bool_Exp> | null | undefined;
  _not?: Runtime_Asset_Bool_Exp | null | undefined;
  _or?: Array<Runtime_Asset_Bool_Exp> | null | undefined;
  capabilities?: String_Array_Comparison_Exp | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  digest?: String_Comparison_Exp | null | undefined;
  endpoint_id?: Uuid_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  kind?: String_Comparison_Exp | null | undefined;
  limits?: Jsonb_Comparison_Exp | null | undefined;
  name?: String_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  state?: String_Comparison_Exp | null | undefined;
  updated_at?: Timestamptz_Comparison_Exp | null | undefined;
  version?: Int_Comparison_Exp | null | undefined;
};

/** Boolean expression to filter rows from the table "secret_contract". All fields are combined with a logical 'AND'. */
export type Secret_Contract_Bool_Exp = {
  _and?: Array<Secret_Contract_Bool_Exp> | null | undefined;
  _not?: Secret_Contract_Bool_Exp | null | undefined;
  _or?: Array<Secret_Contract_Bool_Exp> | null | undefined;
  backend?: String_Comparison_Exp | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  delivery?: String_Comparison_Exp | null | undefined;
  digest?: String_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  kind?: String_Comparison_Exp | null | undefined;
  name?: String_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  probed_as?: String_Comparison_Exp | null | undefined;
  probed_at?: Timestamptz_Comparison_Exp | null | undefined;
  purpose?: String_Comparison_Exp | null | undefined;
  status?: String_Comparison_Exp | null | undefined;
  status_detail?: String_Comparison_Exp | null | undefined;
  username?: String_Comparison_Exp | null | undefined;
  version?: Int_Comparison_Exp | null | undefined;
};

/** Boolean expression to filter rows from the table "signing_key". All fields are combined with a logical 'AND'. */
export type Signing_Key_Bool_Exp = {
  _and?: Array<Signing_Key_Bool_Exp> | null | undefined;
  _not?: Signing_Key_Bool_Exp | null | undefined;
  _or?: Array<Signing_Key_Bool_Exp> | null | undefined;
  algorithm?: String_Comparison_Exp | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  key_id?: String_Comparison_Exp | null | undefined;
  public_key_pem?: String_Comparison_Exp | null | undefined;
};

/** Boolean expression to compare columns of type "timestamptz". All fields are combined with logical 'AND'. */
export type Timestamptz_Comparison_Exp = {
  _eq?: string | null | undefined;
  _gt?: string | null | undefined;
  _gte?: string | null | undefined;
  _in?: Array<string> | null | undefined;
  _is_null?: boolean | null | undefined;
  _lt?: string | null | undefined;
  _lte?: string | null | undefined;
  _neq?: string | null | undefined;
  _nin?: Array<string> | null | undefined;
};

/** Boolean expression to compare columns of type "uuid". All fields are combined with logical 'AND'. */
export type Uuid_Comparison_Exp = {
  _eq?: string | null | undefined;
  _gt?: string | null | undefined;
  _gte?: string | null | undefined;
  _in?: Array<string> | null | undefined;
  _is_null?: boolean | null | undefined;
  _lt?: string | null | undefined;
  _lte?: string | null | undefined;
  _neq?: string | null | undefined;
  _nin?: Array<string> | null | undefined;
};

/** Boolean expression to filter rows from the table "work". All fields are combined with a logical 'AND'. */
export type Work_Bool_Exp = {
  _and?: Array<Work_Bool_Exp> | null | undefined;
  _not?: Work_Bool_Exp | null | undefined;
  _or?: Array<Work_Bool_Exp> | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  endpoint?: Endpoint_Bool_Exp | null | undefined;
  endpoint_id?: Uuid_Comparison_Exp | null | undefined;
  harnesses?: Harness_Bool_Exp | null | undefined;
  harnesses_aggregate?: Harness_Aggregate_Bool_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  interaction_policy?: String_Comparison_Exp | null | undefined;
  org_id?: Uuid_Comparison_Exp | null | undefined;
  principal?: Principal_Bool_Exp | null | undefined;
  principal_id?: Uuid_Comparison_Exp | null | undefined;
  runtime_asset?: Runtime_Asset_Bool_Exp | null | undefined;
  runtime_asset_id?: Uuid_Comparison_Exp | null | undefined;
  specification?: Jsonb_Comparison_Exp | null | undefined;
  state?: String_Comparison_Exp | null | undefined;
  title?: String_Comparison_Exp | null | undefined;
};

export type OneHarnessQueryVariables = Exact<{
  id: string;
}>;


export type OneHarnessQuery = { harness_projection: Array<{ harness_id: string, purpose: string, title: string, continuity: string, phase: string, headline: string, step: string | null, steps_done: number, steps_total: number, interaction: string | null, browser_observed: boolean, needs: string | null, work_id: string | null, principal_id: string | null, proposal_id: string | null, proposal_state: string | null, recovery_case_id: string | null, proof_id: string | null, last_position: number, started_at: string, updated_at: string, finished_at: string | null }> };

export type HarnessFactsQueryVariables = Exact<{
  id: string;
}>;


export type HarnessFactsQuery = { harness: Array<{ id: string, command_id: string, continuity_receipt: unknown, kept: { until: string, taken_by: string | null } | null, principal: { name: string } | null, work: { id: string, title: string, endpoint: { name: string } | null, runtime_asset: { name: string } | null } | null, artifacts: Array<{ id: string, name: string, media_type: string, digest: string, size_bytes: number, truncated: boolean, created_at: string }> }>, failure: Array<{ data_beginning: string | null }> };

export type ArtifactBodyQueryVariables = Exact<{
  id: string;
}>;


export type ArtifactBodyQuery = { artifact: Array<{ encoding: string, body: string }> };

export type CancelHarnessMutationVariables = Exact<{
  input: CancelHarness;
}>;


export type CancelHarnessMutation = { cancel_harness: { state: string } };

export type LaunchAgainMutationVariables = Exact<{
  input: LaunchWork;
}>;


export type LaunchAgainMutation = { launch_work: { id: string } };

export type LaunchDiagnosticsQueryVariables = Exact<{
  id: string;
}>;


export type LaunchDiagnosticsQuery = { launch_diagnostic: Array<{ id: string, runtime_kind: string, runtime_name: string, origin: string, duration_ms: number, created_at: string }> };

export type HarnessEventsQueryVariables = Exact<{
  id: string;
  beyond: Bigint_Comparison_Exp;
  order: Order_By;
  limit: number;
}>;


export type HarnessEventsQuery = { portal_live_events: Array<{ position: number, event_id: string, type: string, subject: string, occurred_at: string, data_beginning: string | null, data_size_bytes: number | null }> };

export type EventDataQueryVariables = Exact<{
  id: string;
  position: number;
}>;


export type EventDataQuery = { portal_live_events: Array<{ data: unknown }> };

export type HarnessRowFragment = { harness_id: string, purpose: string, title: string, continuity: string, phase: string, headline: string, step: string | null, steps_done: number, steps_total: number, interaction: string | null, browser_observed: boolean, needs: string | null, work_id: string | null, principal_id: string | null, proposal_id: string | null, proposal_state: string | null, recovery_case_id: string | null, proof_id: string | null, last_position: number, started_at: string, updated_at: string, finished_at: string | null };

export type HarnessesBeforeQueryVariables = Exact<{
  position: number;
  limit: number;
}>;


export type HarnessesBeforeQuery = { harness_projection: Array<{ harness_id: string, purpose: string, title: string, continuity: string, phase: string, headline: string, step: string | null, steps_done: number, steps_total: number, interaction: string | null, browser_observed: boolean, needs: string | null, work_id: string | null, principal_id: string | null, proposal_id: string | null, proposal_state: string | null, recovery_case_id: string | null, proof_id: string | null, last_position: number, started_at: string, updated_at: string, finished_at: string | null }> };

export type HarnessesSinceQueryVariables = Exact<{
  position: number;
  limit: number;
}>;


export type HarnessesSinceQuery = { harness_projection: Array<{ harness_id: string, purpose: string, title: string, continuity: string, phase: string, headline: string, step: string | null, steps_done: number, steps_total: number, interaction: string | null, browser_observed: boolean, needs: string | null, work_id: string | null, principal_id: string | null, proposal_id: string | null, proposal_state: string | null, recovery_case_id: string | null, proof_id: string | null, last_position: number, started_at: string, updated_at: string, finished_at: string | null }>, harness_projection_aggregate: { aggregate: { count: number } | null } };

export type LineageOfQueryVariables = Exact<{
  harness: string;
}>;


export type LineageOfQuery = { harness: Array<{ id: string, title: string, state: string, work: { id: string, title: string } | null, artifacts: Array<{ id: string, name: string }> }>, proposal: Array<{ id: string, title: string, state: string, decisions: Array<{ id: string, verdict: string, principal: { name: string } | null }> }>, execution: Array<{ id: string, command_id: string, state: string, proof: { id: string, outcome: string, leaf_index: number } | null }> };

export type LineageEdgesQueryVariables = Exact<{
  where: Lineage_Edge_Bool_Exp;
}>;


export type LineageEdgesQuery = { lineage_edge: Array<{ from_kind: string, from_id: string, relation: string, to_kind: string, to_id: string }> };

export type OnboardingQueryVariables = Exact<{ [key: string]: never; }>;


export type OnboardingQuery = { organization: Array<{ id: string, slug: string, name: string, state: string, approvals_required: number, approval_ttl_hours: number, policy_version: number, onboarding_checks: Array<{ id: string, subject_kind: string, subject_id: string, subject_name: string, state: string, detail: string | null, remedy: string | null, checked_at: string | null, harness_id: string | null }> }>, membership: Array<{ principal_id: string, role: string, principal: { name: string, kind: string, email: string | null } | null }>, endpoint: Array<{ id: string, name: string, kind: string, public_url: string, executor_url: string | null, auth_kind: string, auth_parameter: string | null, readiness: unknown, secret_contract: { name: string } | null }>, secret_contract: Array<{ id: string, name: string, purpose: string, kind: string, version: number, digest: string, backend: string | null, probed_as: string | null }>, runtime_asset: Array<{ id: string, name: string, kind: string, limits: unknown }>, endpoint_kind: Array<{ kind: string, title: string, protocol: string, readiness: unknown }> };

export type CheckOnboardingMutationVariables = Exact<{
  input: CheckOnboarding;
}>;


export type CheckOnboardingMutation = { check_onboarding: { state: string } };

export type AddMemberMutationVariables = Exact<{
  input: AddMember;
}>;


export type AddMemberMutation = { add_member: { id: string } };

export type ChangeMemberMutationVariables = Exact<{
  input: ChangeMember;
}>;


export type ChangeMemberMutation = { change_member: { state: string } };

export type RemoveMemberMutationVariables = Exact<{
  input: RemoveMember;
}>;


export type RemoveMemberMutation = { remove_member: { state: string } };

export type DeclareEndpointMutationVariables = Exact<{
  input: DeclareEndpoint;
}>;


export type DeclareEndpointMutation = { declare_endpoint: { id: string } };

export type ReviseEndpointMutationVariables = Exact<{
  input: ReviseEndpoint;
}>;


export type ReviseEndpointMutation = { revise_endpoint: { state: string } };

export type RetireEndpointMutationVariables = Exact<{
  input: RetireEndpoint;
}>;


export type RetireEndpointMutation = { retire_endpoint: { state: string } };

export type DeclareSecretContractMutationVariables = Exact<{
  input: DeclareSecretContract;
}>;


export type DeclareSecretContractMutation = { declare_secret_contract: { id: string } };

export type SealingKeyQueryVariables = Exact<{ [key: string]: never; }>;


export type SealingKeyQuery = { sealing_key: Array<{ key_id: string, public_key: string }> };

export type SendSecretValueMutationVariables = Exact<{
  input: SendSecretValue;
}>;


export type SendSecretValueMutation = { send_secret_value: { state: string } };

export type DeclareRuntimeAssetMutationVariables = Exact<{
  input: DeclareRuntimeAsset;
}>;


export type DeclareRuntimeAssetMutation = { declare_runtime_asset: { id: string } };

export type RetireRuntimeAssetMutationVariables = Exact<{
  input: RetireRuntimeAsset;
}>;


export type RetireRuntimeAssetMutation = { retire_runtime_asset: { state: string } };

export type PrincipalNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type PrincipalNamesQuery = { principal: Array<{ id: string, name: string }> };

export type ProofPageQueryVariables = Exact<{
  where: Proof_Bool_Exp;
  limit: number;
}>;


export type ProofPageQuery = { proof: Array<{ id: string, outcome: string, leaf_index: number, recorded_at: string, projection: { title: string, purpose: string } | null, execution: { commit_id: string | null } | null }> };

export type ProofPageOfQueryVariables = Exact<{
  id: string;
}>;


export type ProofPageOfQuery = { verify_proof: { proof_id: string, execution_id: string, outcome: string, verified: boolean, envelope: string, leaf_index: number, tree_size: number, inclusion_path: Array<string>, checkpoint: string, key_id: string, public_key_pem: string, checks: Array<{ name: string, holds: boolean, detail: string }> }, proof: Array<{ harness_id: string, recorded_at: string, signing_key: { public_key_pem: string, created_at: string } | null, projection: { title: string } | null, execution: { proposal: { title: string, principal: { name: string } | null, endpoint: { name: string, public_url: string } | null, work: { runtime_asset: { name: string, kind: string } | null } | null, decisions: Array<{ id: string, principal: { name: string } | null }> } | null } | null }>, organization: Array<{ id: string, name: string }> };

export type ProofConsistencyQueryVariables = Exact<{
  from: number;
  to: number;
}>;


export type ProofConsistencyQuery = { log_consistency: { path: Array<string> } };

export type ProposalsQueryVariables = Exact<{
  states: Array<string> | string;
  limit: number;
}>;


export type ProposalsQuery = { proposal: Array<{ id: string, kind: string, title: string, state: string, created_at: string, expires_at: string, payload: unknown, principal: { name: string } | null }> };

export type WaitingProposalsQueryVariables = Exact<{
  limit: number;
}>;


export type WaitingProposalsQuery = { proposal: Array<{ id: string }> };

export type BoundNowQueryVariables = Exact<{
  endpointId: string;
  runtimeAssetId: string;
}>;


export type BoundNowQuery = { endpoint: Array<{ name: string, public_url: string, executor_url: string | null, auth_kind: string, digest: string, secret_contract: { name: string, digest: string } | null }>, runtime_asset: Array<{ name: string, digest: string }>, organization: Array<{ policy_version: number }> };

export type ProposalQueryVariables = Exact<{
  id: string;
}>;


export type ProposalQuery = { proposal: Array<{ id: string, kind: string, title: string, state: string, digest: string, payload: unknown, bound: unknown, harness_id: string, work_id: string, endpoint_id: string, runtime_asset_id: string, principal_id: string, created_at: string, expires_at: string, principal: { name: string, email: string | null } | null, decisions: Array<{ id: string, verdict: string, digest: string, reason: string | null, decided_at: string, principal_id: string, principal: { name: string } | null }>, executions: Array<{ id: string, state: string, reason: string | null, commit_id: string | null }> }> };

export type PatchQueryVariables = Exact<{
  id: string;
}>;


export type PatchQuery = { artifact: Array<{ encoding: string, body: string, truncated: boolean }> };

export type ApproveProposalMutationVariables = Exact<{
  input: ApproveProposal;
}>;


export type ApproveProposalMutation = { approve_proposal: { state: string } };

export type RejectProposalMutationVariables = Exact<{
  input: RejectProposal;
}>;


export type RejectProposalMutation = { reject_proposal: { state: string } };

export type WithdrawProposalMutationVariables = Exact<{
  input: WithdrawProposal;
}>;


export type WithdrawProposalMutation = { withdraw_proposal: { state: string } };

export type RecoveryCasesQueryVariables = Exact<{
  states: Array<string> | string;
  limit: number;
}>;


export type RecoveryCasesQuery = { recovery_case: Array<{ id: string, kind: string, state: string, seen: unknown, wanted: unknown, created_at: string, harness: { title: string } | null }> };

export type RecoveryCaseQueryVariables = Exact<{
  id: string;
}>;


export type RecoveryCaseQuery = { recovery_case: Array<{ id: string, kind: string, state: string, harness_id: string, seen: unknown, wanted: unknown, answer: unknown, created_at: string, expires_at: string, resolved_at: string | null, harness: { title: string } | null, principal: { name: string } | null }> };

export type ResolveRecoveryCaseMutationVariables = Exact<{
  input: ResolveRecoveryCase;
}>;


export type ResolveRecoveryCaseMutation = { resolve_recovery_case: { state: string } };

export type WorkItemsQueryVariables = Exact<{
  limit: number;
}>;


export type WorkItemsQuery = { work: Array<{ id: string, title: string, state: string, created_at: string, method: unknown, path: unknown, endpoint: { name: string } | null, principal: { name: string } | null }> };

export type WorkItemQueryVariables = Exact<{
  id: string;
}>;


export type WorkItemQuery = { work: Array<{ id: string, title: string, state: string, interaction_policy: string, specification: unknown, created_at: string, endpoint: { name: string, kind: string, public_url: string, executor_url: string | null, auth_kind: string, secret_contract: { name: string } | null } | null, runtime_asset: { name: string, kind: string } | null, principal: { name: string } | null }> };

export type WorkPlacesQueryVariables = Exact<{ [key: string]: never; }>;


export type WorkPlacesQuery = { endpoint: Array<{ id: string, name: string, kind: string }>, runtime_asset: Array<{ id: string, name: string, kind: string }>, endpoint_kind: Array<{ kind: string, protocol: string }> };

export type CreateWorkMutationVariables = Exact<{
  input: CreateWork;
}>;


export type CreateWorkMutation = { create_work: { id: string } };

export type CreateCallMutationVariables = Exact<{
  input: CreateCall;
}>;


export type CreateCallMutation = { create_call: { id: string } };

export type LaunchWorkMutationVariables = Exact<{
  input: LaunchWork;
}>;


export type LaunchWorkMutation = { launch_work: { id: string } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const HarnessRowFragmentDoc = new TypedDocumentString(`
    fragment HarnessRow on harness_projection {
  harness_id
  purpose
  title
  continuity
  phase
  headline
  step
  steps_done
  steps_total
  interaction
  browser_observed
  needs
  work_id
  principal_id
  proposal_id
  proposal_state
  recovery_case_id
  proof_id
  last_position
  started_at
  updated_at
  finished_at
}
    `, {"fragmentName":"HarnessRow"}) as unknown as TypedDocumentString<HarnessRowFragment, unknown>;
export const OneHarnessDocument = new TypedDocumentString(`
    query OneHarness($id: uuid!) {
  harness_projection(where: {harness_id: {_eq: $id}}) {
    ...HarnessRow
  }
}
    fragment HarnessRow on harness_projection {
  harness_id
  purpose
  title
  continuity
  phase
  headline
  step
  steps_done
  steps_total
  interaction
  browser_observed
  needs
  work_id
  principal_id
  proposal_id
  proposal_state
  recovery_case_id
  proof_id
  last_position
  started_at
  updated_at
  finished_at
}`) as unknown as TypedDocumentString<OneHarnessQuery, OneHarnessQueryVariables>;
export const HarnessFactsDocument = new TypedDocumentString(`
    query HarnessFacts($id: uuid!) {
  harness(where: {id: {_eq: $id}}) {
    id
    command_id
    continuity_receipt
    kept {
      until
      taken_by
    }
    principal {
      name
    }
    work {
      id
      title
      endpoint {
        name
      }
      runtime_asset {
        name
      }
    }
    artifacts(order_by: {created_at: asc}, limit: 200) {
      id
      name
      media_type
      digest
      size_bytes
      truncated
      created_at
    }
  }
  failure: portal_live_events(
    where: {harness_id: {_eq: $id}, type: {_eq: "HarnessFailed"}}
    order_by: {position: desc}
    limit: 1
  ) {
    data_beginning
  }
}
    `) as unknown as TypedDocumentString<HarnessFactsQuery, HarnessFactsQueryVariables>;
export const ArtifactBodyDocument = new TypedDocumentString(`
    query ArtifactBody($id: uuid!) {
  artifact(where: {id: {_eq: $id}}) {
    encoding
    body
  }
}
    `) as unknown as TypedDocumentString<ArtifactBodyQuery, ArtifactBodyQueryVariables>;
export const CancelHarnessDocument = new TypedDocumentString(`
    mutation CancelHarness($input: CancelHarness!) {
  cancel_harness(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<CancelHarnessMutation, CancelHarnessMutationVariables>;
export const LaunchAgainDocument = new TypedDocumentString(`
    mutation LaunchAgain($input: LaunchWork!) {
  launch_work(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<LaunchAgainMutation, LaunchAgainMutationVariables>;
export const LaunchDiagnosticsDocument = new TypedDocumentString(`
    query LaunchDiagnostics($id: uuid!) {
  launch_diagnostic(
    where: {harness_id: {_eq: $id}}
    order_by: {created_at: asc}
    limit: 200
  ) {
    id
    runtime_kind
    runtime_name
    origin
    duration_ms
    created_at
  }
}
    `) as unknown as TypedDocumentString<LaunchDiagnosticsQuery, LaunchDiagnosticsQueryVariables>;
export const HarnessEventsDocument = new TypedDocumentString(`
    query HarnessEvents($id: uuid!, $beyond: bigint_comparison_exp!, $order: order_by!, $limit: Int!) {
  portal_live_events(
    where: {harness_id: {_eq: $id}, position: $beyond}
    order_by: {position: $order}
    limit: $limit
  ) {
    position
    event_id
    type
    subject
    occurred_at
    data_beginning
    data_size_bytes
  }
}
    `) as unknown as TypedDocumentString<HarnessEventsQuery, HarnessEventsQueryVariables>;
export const EventDataDocument = new TypedDocumentString(`
    query EventData($id: uuid!, $position: bigint!) {
  portal_live_events(where: {harness_id: {_eq: $id}, position: {_eq: $position}}) {
    data
  }
}
    `) as unknown as TypedDocumentString<EventDataQuery, EventDataQueryVariables>;
export const HarnessesBeforeDocument = new TypedDocumentString(`
    query HarnessesBefore($position: bigint!, $limit: Int!) {
  harness_projection(
    where: {last_position: {_lt: $position}}
    order_by: {last_position: desc}
    limit: $limit
  ) {
    ...HarnessRow
  }
}
    fragment HarnessRow on harness_projection {
  harness_id
  purpose
  title
  continuity
  phase
  headline
  step
  steps_done
  steps_total
  interaction
  browser_observed
  needs
  work_id
  principal_id
  proposal_id
  proposal_state
  recovery_case_id
  proof_id
  last_position
  started_at
  updated_at
  finished_at
}`) as unknown as TypedDocumentString<HarnessesBeforeQuery, HarnessesBeforeQueryVariables>;
export const HarnessesSinceDocument = new TypedDocumentString(`
    query HarnessesSince($position: bigint!, $limit: Int!) {
  harness_projection(
    where: {last_position: {_gt: $position}}
    order_by: {last_position: asc}
    limit: $limit
  ) {
    ...HarnessRow
  }
  harness_projection_aggregate {
    aggregate {
      count
    }
  }
}
    fragment HarnessRow on harness_projection {
  harness_id
  purpose
  title
  continuity
  phase
  headline
  step
  steps_done
  steps_total
  interaction
  browser_observed
  needs
  work_id
  principal_id
  proposal_id
  proposal_state
  recovery_case_id
  proof_id
  last_position
  started_at
  updated_at
  finished_at
}`) as unknown as TypedDocumentString<HarnessesSinceQuery, HarnessesSinceQueryVariables>;
export const LineageOfDocument = new TypedDocumentString(`
    query LineageOf($harness: uuid!) {
  harness(where: {id: {_eq: $harness}}) {
    id
    title
    state
    work {
      id
      title
    }
    artifacts(order_by: {created_at: asc}, limit: 60) {
      id
      name
    }
  }
  proposal(where: {harness_id: {_eq: $harness}}, limit: 20) {
    id
    title
    state
    decisions {
      id
      verdict
      principal {
        name
      }
    }
  }
  execution(where: {harness_id: {_eq: $harness}}, limit: 20) {
    id
    command_id
    state
    proof {
      id
      outcome
      leaf_index
    }
  }
}
    `) as unknown as TypedDocumentString<LineageOfQuery, LineageOfQueryVariables>;
export const LineageEdgesDocument = new TypedDocumentString(`
    query LineageEdges($where: lineage_edge_bool_exp!) {
  lineage_edge(where: $where, order_by: {created_at: asc}, limit: 300) {
    from_kind
    from_id
    relation
    to_kind
    to_id
  }
}
    `) as unknown as TypedDocumentString<LineageEdgesQuery, LineageEdgesQueryVariables>;
export const OnboardingDocument = new TypedDocumentString(`
    query Onboarding {
  organization {
    id
    slug
    name
    state
    approvals_required
    approval_ttl_hours
    policy_version
    onboarding_checks(order_by: [{subject_kind: desc}, {subject_name: asc}]) {
      id
      subject_kind
      subject_id
      subject_name
      state
      detail
      remedy
      checked_at
      harness_id
    }
  }
  membership(order_by: {created_at: asc}) {
    principal_id
    role
    principal {
      name
      kind
      email
    }
  }
  endpoint(where: {state: {_eq: "active"}}, order_by: {name: asc}) {
    id
    name
    kind
    public_url
    executor_url
    auth_kind
    auth_parameter
    readiness
    secret_contract {
      name
    }
  }
  secret_contract(order_by: {name: asc}) {
    id
    name
    purpose
    kind
    version
    digest
    backend
    probed_as
  }
  runtime_asset(where: {state: {_eq: "active"}}, order_by: {name: asc}) {
    id
    name
    kind
    limits
  }
  endpoint_kind(order_by: {title: asc}) {
    kind
    title
    protocol
    readiness
  }
}
    `) as unknown as TypedDocumentString<OnboardingQuery, OnboardingQueryVariables>;
export const CheckOnboardingDocument = new TypedDocumentString(`
    mutation CheckOnboarding($input: CheckOnboarding!) {
  check_onboarding(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<CheckOnboardingMutation, CheckOnboardingMutationVariables>;
export const AddMemberDocument = new TypedDocumentString(`
    mutation AddMember($input: AddMember!) {
  add_member(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<AddMemberMutation, AddMemberMutationVariables>;
export const ChangeMemberDocument = new TypedDocumentString(`
    mutation ChangeMember($input: ChangeMember!) {
  change_member(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<ChangeMemberMutation, ChangeMemberMutationVariables>;
export const RemoveMemberDocument = new TypedDocumentString(`
    mutation RemoveMember($input: RemoveMember!) {
  remove_member(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<RemoveMemberMutation, RemoveMemberMutationVariables>;
export const DeclareEndpointDocument = new TypedDocumentString(`
    mutation DeclareEndpoint($input: DeclareEndpoint!) {
  declare_endpoint(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<DeclareEndpointMutation, DeclareEndpointMutationVariables>;
export const ReviseEndpointDocument = new TypedDocumentString(`
    mutation ReviseEndpoint($input: ReviseEndpoint!) {
  revise_endpoint(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<ReviseEndpointMutation, ReviseEndpointMutationVariables>;
export const RetireEndpointDocument = new TypedDocumentString(`
    mutation RetireEndpoint($input: RetireEndpoint!) {
  retire_endpoint(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<RetireEndpointMutation, RetireEndpointMutationVariables>;
export const DeclareSecretContractDocument = new TypedDocumentString(`
    mutation DeclareSecretContract($input: DeclareSecretContract!) {
  declare_secret_contract(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<DeclareSecretContractMutation, DeclareSecretContractMutationVariables>;
export const SealingKeyDocument = new TypedDocumentString(`
    query SealingKey {
  sealing_key(order_by: {announced_at: desc}, limit: 1) {
    key_id
    public_key
  }
}
    `) as unknown as TypedDocumentString<SealingKeyQuery, SealingKeyQueryVariables>;
export const SendSecretValueDocument = new TypedDocumentString(`
    mutation SendSecretValue($input: SendSecretValue!) {
  send_secret_value(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<SendSecretValueMutation, SendSecretValueMutationVariables>;
export const DeclareRuntimeAssetDocument = new TypedDocumentString(`
    mutation DeclareRuntimeAsset($input: DeclareRuntimeAsset!) {
  declare_runtime_asset(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<DeclareRuntimeAssetMutation, DeclareRuntimeAssetMutationVariables>;
export const RetireRuntimeAssetDocument = new TypedDocumentString(`
    mutation RetireRuntimeAsset($input: RetireRuntimeAsset!) {
  retire_runtime_asset(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<RetireRuntimeAssetMutation, RetireRuntimeAssetMutationVariables>;
export const PrincipalNamesDocument = new TypedDocumentString(`
    query PrincipalNames {
  principal {
    id
    name
  }
}
    `) as unknown as TypedDocumentString<PrincipalNamesQuery, PrincipalNamesQueryVariables>;
export const ProofPageDocument = new TypedDocumentString(`
    query ProofPage($where: proof_bool_exp!, $limit: Int!) {
  proof(where: $where, order_by: {leaf_index: desc}, limit: $limit) {
    id
    outcome
    leaf_index
    recorded_at
    projection {
      title
      purpose
    }
    execution {
      commit_id
    }
  }
}
    `) as unknown as TypedDocumentString<ProofPageQuery, ProofPageQueryVariables>;
export const ProofPageOfDocument = new TypedDocumentString(`
    query ProofPageOf($id: uuid!) {
  verify_proof(input: {proof_id: $id}) {
    proof_id
    execution_id
    outcome
    verified
    checks {
      name
      holds
      detail
    }
    envelope
    leaf_index
    tree_size
    inclusion_path
    checkpoint
    key_id
    public_key_pem
  }
  proof(where: {id: {_eq: $id}}) {
    harness_id
    recorded_at
    signing_key {
      public_key_pem
      created_at
    }
    projection {
      title
    }
    execution {
      proposal {
        title
        principal {
          name
        }
        endpoint {
          name
          public_url
        }
        work {
          runtime_asset {
            name
            kind
          }
        }
        decisions {
          id
          principal {
            name
          }
        }
      }
    }
  }
  organization {
    id
    name
  }
}
    `) as unknown as TypedDocumentString<ProofPageOfQuery, ProofPageOfQueryVariables>;
export const ProofConsistencyDocument = new TypedDocumentString(`
    query ProofConsistency($from: Int!, $to: Int!) {
  log_consistency(input: {from_size: $from, to_size: $to}) {
    path
  }
}
    `) as unknown as TypedDocumentString<ProofConsistencyQuery, ProofConsistencyQueryVariables>;
export const ProposalsDocument = new TypedDocumentString(`
    query Proposals($states: [String!]!, $limit: Int!) {
  proposal(
    where: {state: {_in: $states}}
    order_by: {created_at: desc}
    limit: $limit
  ) {
    id
    kind
    title
    state
    created_at
    expires_at
    payload
    principal {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<ProposalsQuery, ProposalsQueryVariables>;
export const WaitingProposalsDocument = new TypedDocumentString(`
    query WaitingProposals($limit: Int!) {
  proposal(where: {state: {_eq: "submitted"}}, limit: $limit) {
    id
  }
}
    `) as unknown as TypedDocumentString<WaitingProposalsQuery, WaitingProposalsQueryVariables>;
export const BoundNowDocument = new TypedDocumentString(`
    query BoundNow($endpointId: uuid!, $runtimeAssetId: uuid!) {
  endpoint(where: {id: {_eq: $endpointId}}) {
    name
    public_url
    executor_url
    auth_kind
    digest
    secret_contract {
      name
      digest
    }
  }
  runtime_asset(where: {id: {_eq: $runtimeAssetId}}) {
    name
    digest
  }
  organization {
    policy_version
  }
}
    `) as unknown as TypedDocumentString<BoundNowQuery, BoundNowQueryVariables>;
export const ProposalDocument = new TypedDocumentString(`
    query Proposal($id: uuid!) {
  proposal(where: {id: {_eq: $id}}) {
    id
    kind
    title
    state
    digest
    payload
    bound
    harness_id
    work_id
    endpoint_id
    runtime_asset_id
    principal_id
    created_at
    expires_at
    principal {
      name
      email
    }
    decisions(order_by: {decided_at: asc}) {
      id
      verdict
      digest
      reason
      decided_at
      principal_id
      principal {
        name
      }
    }
    executions(order_by: {started_at: asc}) {
      id
      state
      reason
      commit_id
    }
  }
}
    `) as unknown as TypedDocumentString<ProposalQuery, ProposalQueryVariables>;
export const PatchDocument = new TypedDocumentString(`
    query Patch($id: uuid!) {
  artifact(where: {id: {_eq: $id}}) {
    encoding
    body
    truncated
  }
}
    `) as unknown as TypedDocumentString<PatchQuery, PatchQueryVariables>;
export const ApproveProposalDocument = new TypedDocumentString(`
    mutation ApproveProposal($input: ApproveProposal!) {
  approve_proposal(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<ApproveProposalMutation, ApproveProposalMutationVariables>;
export const RejectProposalDocument = new TypedDocumentString(`
    mutation RejectProposal($input: RejectProposal!) {
  reject_proposal(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<RejectProposalMutation, RejectProposalMutationVariables>;
export const WithdrawProposalDocument = new TypedDocumentString(`
    mutation WithdrawProposal($input: WithdrawProposal!) {
  withdraw_proposal(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<WithdrawProposalMutation, WithdrawProposalMutationVariables>;
export const RecoveryCasesDocument = new TypedDocumentString(`
    query RecoveryCases($states: [String!]!, $limit: Int!) {
  recovery_case(
    where: {state: {_in: $states}}
    order_by: {created_at: desc}
    limit: $limit
  ) {
    id
    kind
    state
    seen
    wanted
    created_at
    harness {
      title
    }
  }
}
    `) as unknown as TypedDocumentString<RecoveryCasesQuery, RecoveryCasesQueryVariables>;
export const RecoveryCaseDocument = new TypedDocumentString(`
    query RecoveryCase($id: uuid!) {
  recovery_case(where: {id: {_eq: $id}}) {
    id
    kind
    state
    harness_id
    seen
    wanted
    answer
    created_at
    expires_at
    resolved_at
    harness {
      title
    }
    principal {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<RecoveryCaseQuery, RecoveryCaseQueryVariables>;
export const ResolveRecoveryCaseDocument = new TypedDocumentString(`
    mutation ResolveRecoveryCase($input: ResolveRecoveryCase!) {
  resolve_recovery_case(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<ResolveRecoveryCaseMutation, ResolveRecoveryCaseMutationVariables>;
export const WorkItemsDocument = new TypedDocumentString(`
    query WorkItems($limit: Int!) {
  work(order_by: {created_at: desc}, limit: $limit) {
    id
    title
    state
    created_at
    method: specification(path: "call.method")
    path: specification(path: "call.path")
    endpoint {
      name
    }
    principal {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<WorkItemsQuery, WorkItemsQueryVariables>;
export const WorkItemDocument = new TypedDocumentString(`
    query WorkItem($id: uuid!) {
  work(where: {id: {_eq: $id}}) {
    id
    title
    state
    interaction_policy
    specification
    created_at
    endpoint {
      name
      kind
      public_url
      executor_url
      auth_kind
      secret_contract {
        name
      }
    }
    runtime_asset {
      name
      kind
    }
    principal {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<WorkItemQuery, WorkItemQueryVariables>;
export const WorkPlacesDocument = new TypedDocumentString(`
    query WorkPlaces {
  endpoint(where: {state: {_eq: "active"}}, order_by: {name: asc}) {
    id
    name
    kind
  }
  runtime_asset(where: {state: {_eq: "active"}}, order_by: {name: asc}) {
    id
    name
    kind
  }
  endpoint_kind {
    kind
    protocol
  }
}
    `) as unknown as TypedDocumentString<WorkPlacesQuery, WorkPlacesQueryVariables>;
export const CreateWorkDocument = new TypedDocumentString(`
    mutation CreateWork($input: CreateWork!) {
  create_work(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<CreateWorkMutation, CreateWorkMutationVariables>;
export const CreateCallDocument = new TypedDocumentString(`
    mutation CreateCall($input: CreateCall!) {
  create_call(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<CreateCallMutation, CreateCallMutationVariables>;
export const LaunchWorkDocument = new TypedDocumentString(`
    mutation LaunchWork($input: LaunchWork!) {
  launch_work(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<LaunchWorkMutation, LaunchWorkMutationVariables>;