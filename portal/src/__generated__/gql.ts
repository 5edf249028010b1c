/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query OneHarness($id: uuid!) {\n    harness_projection(where: { harness_id: { _eq: $id } }) {\n      ...HarnessRow\n    }\n  }\n": typeof types.OneHarnessDocument,
    "\n  query HarnessFacts($id: uuid!) {\n    harness(where: { id: { _eq: $id } }) {\n      id\n      command_id\n      continuity_receipt\n      kept {\n        until\n        taken_by\n      }\n      principal {\n        name\n      }\n      work {\n        id\n        title\n        endpoint {\n          name\n        }\n        runtime_asset {\n          name\n        }\n      }\n      artifacts(order_by: { created_at: asc }, limit: 200) {\n        id\n        name\n        media_type\n        digest\n        size_bytes\n        truncated\n        created_at\n      }\n    }\n    failure: portal_live_events(\n      where: { harness_id: { _eq: $id }, type: { _eq: \"HarnessFailed\" } }\n      order_by: { position: desc }\n      limit: 1\n    ) {\n      data_beginning\n    }\n  }\n": typeof types.HarnessFactsDocument,
    "\n  query ArtifactBody($id: uuid!) {\n    artifact(where: { id: { _eq: $id } }) {\n      encoding\n      body\n    }\n  }\n": typeof types.ArtifactBodyDocument,
    "\n  mutation CancelHarness($input: CancelHarness!) {\n    cancel_harness(input: $input) {\n      state\n    }\n  }\n": typeof types.CancelHarnessDocument,
    "\n  mutation LaunchAgain($input: LaunchWork!) {\n    launch_work(input: $input) {\n      id\n    }\n  }\n": typeof types.LaunchAgainDocument,
    "\n  query LaunchDiagnostics($id: uuid!) {\n    launch_diagnostic(where: { harness_id: { _eq: $id } }, order_by: { created_at: asc }, limit: 200) {\n      id\n      runtime_kind\n      runtime_name\n      origin\n      duration_ms\n      created_at\n    }\n  }\n": typeof types.LaunchDiagnosticsDocument,
    "\n  query HarnessEvents($id: uuid!, $beyond: bigint_comparison_exp!, $order: order_by!, $limit: Int!) {\n    portal_live_events(\n      where: { harness_id: { _eq: $id }, position: $beyond }\n      order_by: { position: $order }\n      limit: $limit\n    ) {\n      position\n      event_id\n      type\n      subject\n      occurred_at\n      data_beginning\n      data_size_bytes\n    }\n  }\n": typeof types.HarnessEventsDocument,
    "\n  query EventData($id: uuid!, $position: bigint!) {\n    portal_live_events(where: { harness_id: { _eq: $id }, position: { _eq: $position } }) {\n      data\n    }\n  }\n": typeof types.EventDataDocument,
    "\n  fragment HarnessRow on harness_projection {\n    harness_id\n    purpose\n    title\n    continuity\n    phase\n    headline\n    step\n    steps_done\n    steps_total\n    interaction\n    browser_observed\n    needs\n    work_id\n    principal_id\n    proposal_id\n    proposal_state\n    recovery_case_id\n    proof_id\n    last_position\n    started_at\n    updated_at\n    finished_at\n  }\n": typeof types.HarnessRowFragmentDoc,
    "\n  query HarnessesBefore($position: bigint!, $limit: Int!) {\n    harness_projection(where: { last_position: { _lt: $position } }, order_by: { last_position: desc }, limit: $limit) {\n      ...HarnessRow\n    }\n  }\n": typeof types.HarnessesBeforeDocument,
    "\n  query HarnessesSince($position: bigint!, $limit: Int!) {\n    harness_projection(where: { last_position: { _gt: $position } }, order_by: { last_position: asc }, limit: $limit) {\n      ...HarnessRow\n    }\n    harness_projection_aggregate {\n      aggregate {\n        count\n      }\n    }\n  }\n": typeof types.HarnessesSinceDocument,
    "\n  query LineageOf($harness: uuid!) {\n    harness(where: { id: { _eq: $harness } }) {\n      id\n      title\n      state\n      work {\n        id\n        title\n      }\n      artifacts(order_by: { created_at: asc }, limit: 60) {\n        id\n        name\n      }\n    }\n    proposal(where: { harness_id: { _eq: $harness } }, limit: 20) {\n      id\n      title\n      state\n      decisions {\n        id\n        verdict\n        principal {\n          name\n        }\n      }\n    }\n    execution(where: { harness_id: { _eq: $harness } }, limit: 20) {\n      id\n      command_id\n      state\n      proof {\n        id\n        outcome\n        leaf_index\n      }\n    }\n  }\n": typeof types.LineageOfDocument,
    "\n  query LineageEdges($where: lineage_edge_bool_exp!) {\n    lineage_edge(where: $where, order_by: { created_at: asc }, limit: 300) {\n      from_kind\n      from_id\n      relation\n      to_kind\n      to_id\n    }\n  }\n": typeof types.LineageEdgesDocument,
    "\n  query Onboarding {\n    organization {\n      id\n      slug\n      name\n      state\n      approvals_required\n      approval_ttl_hours\n      policy_version\n      onboarding_checks(order_by: [{ subject_kind: desc }, { subject_name: asc }]) {\n        id\n        subject_kind\n        subject_id\n        subject_name\n        state\n        detail\n        remedy\n        checked_at\n        harness_id\n      }\n    }\n    membership(order_by: { created_at: asc }) {\n      principal_id\n      role\n      principal {\n        name\n        kind\n        email\n      }\n    }\n    endpoint(where: { state: { _eq: \"active\" } }, order_by: { name: asc }) {\n      id\n      name\n      kind\n      public_url\n      executor_url\n      auth_kind\n      auth_parameter\n      readiness\n      secret_contract {\n        name\n      }\n    }\n    secret_contract(order_by: { name: asc }) {\n      id\n      name\n      purpose\n      kind\n      version\n      digest\n      backend\n      probed_as\n    }\n    runtime_asset(where: { state: { _eq: \"active\" } }, order_by: { name: asc }) {\n      id\n      name\n      kind\n      limits\n    }\n    endpoint_kind(order_by: { title: asc }) {\n      kind\n      title\n      protocol\n      readiness\n    }\n  }\n": typeof types.OnboardingDocument,
    "\n  mutation CheckOnboarding($input: CheckOnboarding!) {\n    check_onboarding(input: $input) {\n      state\n    }\n  }\n": typeof types.CheckOnboardingDocument,
    "\n  mutation AddMember($input: AddMember!) {\n    add_member(input: $input) {\n      id\n    }\n  }\n": typeof types.AddMemberDocument,
    "\n  mutation ChangeMember($input: ChangeMember!) {\n    change_member(input: $input) {\n      state\n    }\n  }\n": typeof types.ChangeMemberDocument,
    "\n  mutation RemoveMember($input: RemoveMember!) {\n    remove_member(input: $input) {\n      state\n    }\n  }\n": typeof types.RemoveMemberDocument,
    "\n  mutation DeclareEndpoint($input: DeclareEndpoint!) {\n    declare_endpoint(input: $input) {\n      id\n    }\n  }\n": typeof types.DeclareEndpointDocument,
    "\n  mutation ReviseEndpoint($input: ReviseEndpoint!) {\n    revise_endpoint(input: $input) {\n      state\n    }\n  }\n": typeof types.ReviseEndpointDocument,
    "\n  mutation RetireEndpoint($input: RetireEndpoint!) {\n    retire_endpoint(input: $input) {\n      state\n    }\n  }\n": typeof types.RetireEndpointDocument,
    "\n  mutation DeclareSecretContract($input: DeclareSecretContract!) {\n    declare_secret_contract(input: $input) {\n      id\n    }\n  }\n": typeof types.DeclareSecretContractDocument,
    "\n  query SealingKey {\n    sealing_key(order_by: { announced_at: desc }, limit: 1) {\n      key_id\n      public_key\n    }\n  }\n": typeof types.SealingKeyDocument,
    "\n  mutation SendSecretValue($input: SendSecretValue!) {\n    send_secret_value(input: $input) {\n      state\n    }\n  }\n": typeof types.SendSecretValueDocument,
    "\n  mutation DeclareRuntimeAsset($input: DeclareRuntimeAsset!) {\n    declare_runtime_asset(input: $input) {\n      id\n    }\n  }\n": typeof types.DeclareRuntimeAssetDocument,
    "\n  mutation RetireRuntimeAsset($input: RetireRuntimeAsset!) {\n    retire_runtime_asset(input: $input) {\n      state\n    }\n  }\n": typeof types.RetireRuntimeAssetDocument,
    "\n  query PrincipalNames {\n    principal {\n      id\n      name\n    }\n  }\n": typeof types.PrincipalNamesDocument,
    "\n  query ProofPage($where: proof_bool_exp!, $limit: Int!) {\n    proof(where: $where, order_by: { leaf_index: desc }, limit: $limit) {\n      id\n      outcome\n      leaf_index\n      recorded_at\n      projection {\n        title\n        purpose\n      }\n      execution {\n        commit_id\n      }\n    }\n  }\n": typeof types.ProofPageDocument,
    "\n  query ProofPageOf($id: uuid!) {\n    verify_proof(input: { proof_id: $id }) {\n      proof_id\n      execution_id\n      outcome\n      verified\n      checks {\n        name\n        holds\n        detail\n      }\n      envelope\n      leaf_index\n      tree_size\n      inclusion_path\n      checkpoint\n      key_id\n      public_key_pem\n    }\n    proof(where: { id: { _eq: $id } }) {\n      harness_id\n      recorded_at\n      signing_key {\n        public_key_pem\n        created_at\n      }\n      projection {\n        title\n      }\n      execution {\n        proposal {\n          title\n          principal {\n            name\n          }\n          endpoint {\n            name\n            public_url\n          }\n          work {\n            runtime_asset {\n              name\n              kind\n            }\n          }\n          decisions {\n            id\n            principal {\n              name\n            }\n          }\n        }\n      }\n    }\n    organization {\n      id\n      name\n    }\n  }\n": typeof types.ProofPageOfDocument,
    "\n  query ProofConsistency($from: Int!, $to: Int!) {\n    log_consistency(input: { from_size: $from, to_size: $to }) {\n      path\n    }\n  }\n": typeof types.ProofConsistencyDocument,
    "\n  query Proposals($states: [String!]!, $limit: Int!) {\n    proposal(where: { state: { _in: $states } }, order_by: { created_at: desc }, limit: $limit) {\n      id\n      kind\n      title\n      state\n      created_at\n      expires_at\n      payload\n      principal {\n        name\n      }\n    }\n  }\n": typeof types.ProposalsDocument,
    "\n  query WaitingProposals($limit: Int!) {\n    proposal(where: { state: { _eq: \"submitted\" } }, limit: $limit) {\n      id\n    }\n  }\n": typeof types.WaitingProposalsDocument,
    "\n  query BoundNow($endpointId: uuid!, $runtimeAssetId: uuid!) {\n    endpoint(where: { id: { _eq: $endpointId } }) {\n      name\n      public_url\n      executor_url\n      auth_kind\n      digest\n      secret_contract {\n        name\n        digest\n      }\n    }\n    runtime_asset(where: { id: { _eq: $runtimeAssetId } }) {\n      name\n      digest\n    }\n    organization {\n      policy_version\n    }\n  }\n": typeof types.BoundNowDocument,
    "\n  query Proposal($id: uuid!) {\n    proposal(where: { id: { _eq: $id } }) {\n      id\n      kind\n      title\n      state\n      digest\n      payload\n      bound\n      harness_id\n      work_id\n      endpoint_id\n      runtime_asset_id\n      principal_id\n      created_at\n      expires_at\n      principal {\n        name\n        email\n      }\n      decisions(order_by: { decided_at: asc }) {\n        id\n        verdict\n        digest\n        reason\n        decided_at\n        principal_id\n        principal {\n          name\n        }\n      }\n      executions(order_by: { started_at: asc }) {\n        id\n        state\n        reason\n        commit_id\n      }\n    }\n  }\n": typeof types.ProposalDocument,
    "\n  query Patch($id: uuid!) {\n    artifact(where: { id: { _eq: $id } }) {\n      encoding\n      body\n      truncated\n    }\n  }\n": typeof types.PatchDocument,
    "\n  mutation ApproveProposal($input: ApproveProposal!) {\n    approve_proposal(input: $input) {\n      state\n    }\n  }\n": typeof types.ApproveProposalDocument,
    "\n  mutation RejectProposal($input: RejectProposal!) {\n    reject_proposal(input: $input) {\n      state\n    }\n  }\n": typeof types.RejectProposalDocument,
    "\n  mutation WithdrawProposal($input: WithdrawProposal!) {\n    withdraw_proposal(input: $input) {\n      state\n    }\n  }\n": typeof types.WithdrawProposalDocument,
    "\n  query RecoveryCases($states: [String!]!, $limit: Int!) {\n    recovery_case(where: { state: { _in: $states } }, order_by: { created_at: desc }, limit: $limit) {\n      id\n      kind\n      state\n      seen\n      wanted\n      created_at\n      harness {\n        title\n      }\n    }\n  }\n": typeof types.RecoveryCasesDocument,
    "\n  query RecoveryCase($id: uuid!) {\n    recovery_case(where: { id: { _eq: $id } }) {\n      id\n      kind\n      state\n      harness_id\n      seen\n      wanted\n      answer\n      created_at\n      expires_at\n      resolved_at\n      harness {\n        title\n      }\n      principal {\n        name\n      }\n    }\n  }\n": typeof types.RecoveryCaseDocument,
    "\n  mutation ResolveRecoveryCase($input: ResolveRecoveryCase!) {\n    resolve_recovery_case(input: $input) {\n      state\n    }\n  }\n": typeof types.ResolveRecoveryCaseDocument,
    "\n  query WorkItems($limit: Int!) {\n    work(order_by: { created_at: desc }, limit: $limit) {\n      id\n      title\n      state\n      created_at\n      method: specification(path: \"call.method\")\n      path: specification(path: \"call.path\")\n      endpoint {\n        name\n      }\n      principal {\n        name\n      }\n    }\n  }\n": typeof types.WorkItemsDocument,
    "\n  query WorkItem($id: uuid!) {\n    work(where: { id: { _eq: $id } }) {\n      id\n      title\n      state\n      interaction_policy\n      specification\n      created_at\n      endpoint {\n        name\n        kind\n        public_url\n        executor_url\n        auth_kind\n        secret_contract {\n          name\n        }\n      }\n      runtime_asset {\n        name\n        kind\n      }\n      principal {\n        name\n      }\n    }\n  }\n": typeof types.WorkItemDocument,
    "\n  query WorkPlaces {\n    endpoint(where: { state: { _eq: \"active\" } }, order_by: { name: asc }) {\n      id\n      name\n      kind\n    }\n    runtime_asset(where: { state: { _eq: \"active\" } }, order_by: { name: asc }) {\n      id\n      name\n      kind\n    }\n    endpoint_kind {\n      kind\n      protocol\n    }\n  }\n": typeof types.WorkPlacesDocument,
    "\n  mutation CreateWork($input: CreateWork!) {\n    create_work(input: $input) {\n      id\n    }\n  }\n": typeof types.CreateWorkDocument,
    "\n  mutation CreateCall($input: CreateCall!) {\n    create_call(input: $input) {\n      id\n    }\n  }\n": typeof types.CreateCallDocument,
    "\n  mutation LaunchWork($input: LaunchWork!) {\n    launch_work(input: $input) {\n      id\n    }\n  }\n": typeof types.LaunchWorkDocument,
};
const documents: Documents = {
    "\n  query OneHarness($id: uuid!) {\n    harness_projection(where: { harness_id: { _eq: $id } }) {\n      ...HarnessRow\n    }\n  }\n": types.OneHarnessDocument,
    "\n  query HarnessFacts($id: uuid!) {\n    harness(where: { id: { _eq: $id } }) {\n      id\n      command_id\n      continuity_receipt\n      kept {\n        until\n        taken_by\n      }\n      principal {\n        name\n      }\n      work {\n        id\n        title\n        endpoint {\n          name\n        }\n        runtime_asset {\n          name\n        }\n      }\n      artifacts(order_by: { created_at: asc }, limit: 200) {\n        id\n        name\n        media_type\n        digest\n        size_bytes\n        truncated\n        created_at\n      }\n    }\n    failure: portal_live_events(\n      where: { harness_id: { _eq: $id }, type: { _eq: \"HarnessFailed\" } }\n      order_by: { position: desc }\n      limit: 1\n    ) {\n      data_beginning\n    }\n  }\n": types.HarnessFactsDocument,
    "\n  query ArtifactBody($id: uuid!) {\n    artifact(where: { id: { _eq: $id } }) {\n      encoding\n      body\n    }\n  }\n": types.ArtifactBodyDocument,
    "\n  mutation CancelHarness($input: CancelHarness!) {\n    cancel_harness(input: $input) {\n      state\n    }\n  }\n": types.CancelHarnessDocument,
    "\n  mutation LaunchAgain($input: LaunchWork!) {\n    launch_work(input: $input) {\n      id\n    }\n  }\n": types.LaunchAgainDocument,
    "\n  query LaunchDiagnostics($id: uuid!) {\n    launch_diagnostic(where: { harness_id: { _eq: $id } }, order_by: { created_at: asc }, limit: 200) {\n      id\n      runtime_kind\n      runtime_name\n      origin\n      duration_ms\n      created_at\n    }\n  }\n": types.LaunchDiagnosticsDocument,
    "\n  query HarnessEvents($id: uuid!, $beyond: bigint_comparison_exp!, $order: order_by!, $limit: Int!) {\n    portal_live_events(\n      where: { harness_id: { _eq: $id }, position: $beyond }\n      order_by: { position: $order }\n      limit: $limit\n    ) {\n      position\n      event_id\n      type\n      subject\n      occurred_at\n      data_beginning\n      data_size_bytes\n    }\n  }\n": types.HarnessEventsDocument,
    "\n  query EventData($id: uuid!, $position: bigint!) {\n    portal_live_events(where: { harness_id: { _eq: $id }, position: { _eq: $position } }) {\n      data\n    }\n  }\n": types.EventDataDocument,
    "\n  fragment HarnessRow on harness_projection {\n    harness_id\n    purpose\n    title\n    continuity\n    phase\n    headline\n    step\n    steps_done\n    steps_total\n    interaction\n    browser_observed\n    needs\n    work_id\n    principal_id\n    proposal_id\n    proposal_state\n    recovery_case_id\n    proof_id\n    last_position\n    started_at\n    updated_at\n    finished_at\n  }\n": types.HarnessRowFragmentDoc,
    "\n  query HarnessesBefore($position: bigint!, $limit: Int!) {\n    harness_projection(where: { last_position: { _lt: $position } }, order_by: { last_position: desc }, limit: $limit) {\n      ...HarnessRow\n    }\n  }\n": types.HarnessesBeforeDocument,
    "\n  query HarnessesSince($position: bigint!, $limit: Int!) {\n    harness_projection(where: { last_position: { _gt: $position } }, order_by: { last_position: asc }, limit: $limit) {\n      ...HarnessRow\n    }\n    harness_projection_aggregate {\n      aggregate {\n        count\n      }\n    }\n  }\n": types.HarnessesSinceDocument,
    "\n  query LineageOf($harness: uuid!) {\n    harness(where: { id: { _eq: $harness } }) {\n      id\n      title\n      state\n      work {\n        id\n        title\n      }\n      artifacts(order_by: { created_at: asc }, limit: 60) {\n        id\n        name\n      }\n    }\n    proposal(where: { harness_id: { _eq: $harness } }, limit: 20) {\n      id\n      title\n      state\n      decisions {\n        id\n        verdict\n        principal {\n          name\n        }\n      }\n    }\n    execution(where: { harness_id: { _eq: $harness } }, limit: 20) {\n      id\n      command_id\n      state\n      proof {\n        id\n        outcome\n        leaf_index\n      }\n    }\n  }\n": types.LineageOfDocument,
    "\n  query LineageEdges($where: lineage_edge_bool_exp!) {\n    lineage_edge(where: $where, order_by: { created_at: asc }, limit: 300) {\n      from_kind\n      from_id\n      relation\n      to_kind\n      to_id\n    }\n  }\n": types.LineageEdgesDocument,
    "\n  query Onboarding {\n    organization {\n      id\n      slug\n      name\n      state\n      approvals_required\n      approval_ttl_hours\n      policy_version\n      onboarding_checks(order_by: [{ subject_kind: desc }, { subject_name: asc }]) {\n        id\n        subject_kind\n        subject_id\n        subject_name\n        state\n        detail\n        remedy\n        checked_at\n        harness_id\n      }\n    }\n    membership(order_by: { created_at: asc }) {\n      principal_id\n      role\n      principal {\n        name\n        kind\n        email\n      }\n    }\n    endpoint(where: { state: { _eq: \"active\" } }, order_by: { name: asc }) {\n      id\n      name\n      kind\n      public_url\n      executor_url\n      auth_kind\n      auth_parameter\n      readiness\n      secret_contract {\n        name\n      }\n    }\n    secret_contract(order_by: { name: asc }) {\n      id\n      name\n      purpose\n      kind\n      version\n      digest\n      backend\n      probed_as\n    }\n    runtime_asset(where: { state: { _eq: \"active\" } }, order_by: { name: asc }) {\n      id\n      name\n      kind\n      limits\n    }\n    endpoint_kind(order_by: { title: asc }) {\n      kind\n      title\n      protocol\n      readiness\n    }\n  }\n": types.OnboardingDocument,
    "\n  mutation CheckOnboarding($input: CheckOnboarding!) {\n    check_onboarding(input: $input) {\n      state\n    }\n  }\n": types.CheckOnboardingDocument,
    "\n  mutation AddMember($input: AddMember!) {\n    add_member(input: $input) {\n      id\n    }\n  }\n": types.AddMemberDocument,
    "\n  mutation ChangeMember($input: ChangeMember!) {\n    change_member(input: $input) {\n      state\n    }\n  }\n": types.ChangeMemberDocument,
    "\n  mutation RemoveMember($input: RemoveMember!) {\n    remove_member(input: $input) {\n      state\n    }\n  }\n": types.RemoveMemberDocument,
    "\n  mutation DeclareEndpoint($input: DeclareEndpoint!) {\n    declare_endpoint(input: $input) {\n      id\n    }\n  }\n": types.DeclareEndpointDocument,
    "\n  mutation ReviseEndpoint($input: ReviseEndpoint!) {\n    revise_endpoint(input: $input) {\n      state\n    }\n  }\n": types.ReviseEndpointDocument,
    "\n  mutation RetireEndpoint($input: RetireEndpoint!) {\n    retire_endpoint(input: $input) {\n      state\n    }\n  }\n": types.RetireEndpointDocument,
    "\n  mutation DeclareSecretContract($input: DeclareSecretContract!) {\n    declare_secret_contract(input: $input) {\n      id\n    }\n  }\n": types.DeclareSecretContractDocument,
    "\n  query SealingKey {\n    sealing_key(order_by: { announced_at: desc }, limit: 1) {\n      key_id\n      public_key\n    }\n  }\n": types.SealingKeyDocument,
    "\n  mutation SendSecretValue($input: SendSecretValue!) {\n    send_secret_value(input: $input) {\n      state\n    }\n  }\n": types.SendSecretValueDocument,
    "\n  mutation DeclareRuntimeAsset($input: DeclareRuntimeAsset!) {\n    declare_runtime_asset(input: $input) {\n      id\n    }\n  }\n": types.DeclareRuntimeAssetDocument,
    "\n  mutation RetireRuntimeAsset($input: RetireRuntimeAsset!) {\n    retire_runtime_asset(input: $input) {\n      state\n    }\n  }\n": types.RetireRuntimeAssetDocument,
    "\n  query PrincipalNames {\n    principal {\n      id\n      name\n    }\n  }\n": types.PrincipalNamesDocument,
    "\n  query ProofPage($where: proof_bool_exp!, $limit: Int!) {\n    proof(where: $where, order_by: { leaf_index: desc }, limit: $limit) {\n      id\n      outcome\n      leaf_index\n      recorded_at\n      projection {\n        title\n        purpose\n      }\n      execution {\n        commit_id\n      }\n    }\n  }\n": types.ProofPageDocument,
    "\n  query ProofPageOf($id: uuid!) {\n    verify_proof(input: { proof_id: $id }) {\n      proof_id\n      execution_id\n      outcome\n      verified\n      checks {\n        name\n        holds\n        detail\n      }\n      envelope\n      leaf_index\n      tree_size\n      inclusion_path\n      checkpoint\n      key_id\n      public_key_pem\n    }\n    proof(where: { id: { _eq: $id } }) {\n      harness_id\n      recorded_at\n      signing_key {\n        public_key_pem\n        created_at\n      }\n      projection {\n        title\n      }\n      execution {\n        proposal {\n          title\n          principal {\n            name\n          }\n          endpoint {\n            name\n            public_url\n          }\n          work {\n            runtime_asset {\n              name\n              kind\n            }\n          }\n          decisions {\n            id\n            principal {\n              name\n            }\n          }\n        }\n      }\n    }\n    organization {\n      id\n      name\n    }\n  }\n": types.ProofPageOfDocument,
    "\n  query ProofConsistency($from: Int!, $to: Int!) {\n    log_consistency(input: { from_size: $from, to_size: $to }) {\n      path\n    }\n  }\n": types.ProofConsistencyDocument,
    "\n  query Proposals($states: [String!]!, $limit: Int!) {\n    proposal(where: { state: { _in: $states } }, order_by: { created_at: desc }, limit: $limit) {\n      id\n      kind\n      title\n      state\n      created_at\n      expires_at\n      payload\n      principal {\n        name\n      }\n    }\n  }\n": types.ProposalsDocument,
    "\n  query WaitingProposals($limit: Int!) {\n    proposal(where: { state: { _eq: \"submitted\" } }, limit: $limit) {\n      id\n    }\n  }\n": types.WaitingProposalsDocument,
    "\n  query BoundNow($endpointId: uuid!, $runtimeAssetId: uuid!) {\n    endpoint(where: { id: { _eq: $endpointId } }) {\n      name\n      public_url\n      executor_url\n      auth_kind\n      digest\n      secret_contract {\n        name\n        digest\n      }\n    }\n    runtime_asset(where: { id: { _eq: $runtimeAssetId } }) {\n      name\n      digest\n    }\n    organization {\n      policy_version\n    }\n  }\n": types.BoundNowDocument,
    "\n  query Proposal($id: uuid!) {\n    proposal(where: { id: { _eq: $id } }) {\n      id\n      kind\n      title\n      state\n      digest\n      payload\n      bound\n      harness_id\n      work_id\n      endpoint_id\n      runtime_asset_id\n      principal_id\n      created_at\n      expires_at\n      principal {\n        name\n        email\n      }\n      decisions(order_by: { decided_at: asc }) {\n        id\n        verdict\n        digest\n        reason\n        decided_at\n        principal_id\n        principal {\n          name\n        }\n      }\n      executions(order_by: { started_at: asc }) {\n        id\n        state\n        reason\n        commit_id\n      }\n    }\n  }\n": types.ProposalDocument,
    "\n  query Patch($id: uuid!) {\n    artifact(where: { id: { _eq: $id } }) {\n      encoding\n      body\n      truncated\n    }\n  }\n": types.PatchDocument,
    "\n  mutation ApproveProposal($input: ApproveProposal!) {\n    approve_proposal(input: $input) {\n      state\n    }\n  }\n": types.ApproveProposalDocument,
    "\n  mutation RejectProposal($input: RejectProposal!) {\n    reject_proposal(input: $input) {\n      state\n    }\n  }\n": types.RejectProposalDocument,
    "\n  mutation WithdrawProposal($input: WithdrawProposal!) {\n    withdraw_proposal(input: $input) {\n      state\n    }\n  }\n": types.WithdrawProposalDocument,
    "\n  query RecoveryCases($states: [String!]!, $limit: Int!) {\n    recovery_case(where: { state: { _in: $states } }, order_by: { created_at: desc }, limit: $limit) {\n      id\n      kind\n      state\n      seen\n      wanted\n      created_at\n      harness {\n        title\n      }\n    }\n  }\n": types.RecoveryCasesDocument,
    "\n  query RecoveryCase($id: uuid!) {\n    recovery_case(where: { id: { _eq: $id } }) {\n      id\n      kind\n      state\n      harness_id\n      seen\n      wanted\n      answer\n      created_at\n      expires_at\n      resolved_at\n      harness {\n        title\n      }\n      principal {\n        name\n      }\n    }\n  }\n": types.RecoveryCaseDocument,
    "\n  mutation ResolveRecoveryCase($input: ResolveRecoveryCase!) {\n    resolve_recovery_case(input: $input) {\n      state\n    }\n  }\n": types.ResolveRecoveryCaseDocument,
    "\n  query WorkItems($limit: Int!) {\n    work(order_by: { created_at: desc }, limit: $limit) {\n      id\n      title\n      state\n      created_at\n      method: specification(path: \"call.method\")\n      path: specification(path: \"call.path\")\n      endpoint {\n        name\n      }\n      principal {\n        name\n      }\n    }\n  }\n": types.WorkItemsDocument,
    "\n  query WorkItem($id: uuid!) {\n    work(where: { id: { _eq: $id } }) {\n      id\n      title\n      state\n      interaction_policy\n      specification\n      created_at\n      endpoint {\n        name\n        kind\n        public_url\n        executor_url\n        auth_kind\n        secret_contract {\n          name\n        }\n      }\n      runtime_asset {\n        name\n        kind\n      }\n      principal {\n        name\n      }\n    }\n  }\n": types.WorkItemDocument,
    "\n  query WorkPlaces {\n    endpoint(where: { state: { _eq: \"active\" } }, order_by: { name: asc }) {\n      id\n      name\n      kind\n    }\n    runtime_asset(where: { state: { _eq: \"active\" } }, order_by: { name: asc }) {\n      id\n      name\n      kind\n    }\n    endpoint_kind {\n      kind\n      protocol\n    }\n  }\n": types.WorkPlacesDocument,
    "\n  mutation CreateWork($input: CreateWork!) {\n    create_work(input: $input) {\n      id\n    }\n  }\n": types.CreateWorkDocument,
    "\n  mutation CreateCall($input: CreateCall!) {\n    create_call(input: $input) {\n      id\n    }\n  }\n": types.CreateCallDocument,
    "\n  mutation LaunchWork($input: LaunchWork!) {\n    launch_work(input: $input) {\n      id\n    }\n  }\n": types.LaunchWorkDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OneHarness($id: uuid!) {\n    harness_projection(where: { harness_id: { _eq: $id } }) {\n      ...HarnessRow\n    }\n  }\n"): typeof import('./graphql').OneHarnessDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HarnessFacts($id: uuid!) {\n    harness(where: { id: { _eq: $id } }) {\n      id\n      command_id\n      continuity_receipt\n      kept {\n        until\n        taken_by\n      }\n      principal {\n        name\n      }\n      work {\n        id\n        title\n        endpoint {\n          name\n        }\n        runtime_asset {\n          name\n        }\n      }\n      artifacts(order_by: { created_at: asc }, limit: 200) {\n        id\n        name\n        media_type\n        digest\n        size_bytes\n        truncated\n        created_at\n      }\n    }\n    failure: portal_live_events(\n      where: { harness_id: { _eq: $id }, type: { _eq: \"HarnessFailed\" } }\n      order_by: { position: desc }\n      limit: 1\n    ) {\n      data_beginning\n    }\n  }\n"): typeof import('./graphql').HarnessFactsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ArtifactBody($id: uuid!) {\n    artifact(where: { id: { _eq: $id } }) {\n      encoding\n      body\n    }\n  }\n"): typeof import('./graphql').ArtifactBodyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelHarness($input: CancelHarness!) {\n    cancel_harness(input: $input) {\n      state\n    }\n  }\n"): typeof import('./graphql').CancelHarnessDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LaunchAgain($input: LaunchWork!) {\n    launch_work(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').LaunchAgainDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LaunchDiagnostics($id: uuid!) {\n    launch_diagnostic(where: { harness_id: { _eq: $id } }, order_by: { created_at: asc }, limit: 200) {\n      id\n      runtime_kind\n      runtime_name\n      origin\n      duration_ms\n      created_at\n    }\n  }\n"): typeof import('./graphql').LaunchDiagnosticsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HarnessEvents($id: uuid!, $beyond: bigint_comparison_exp!, $order: order_by!, $limit: Int!) {\n    portal_live_events(\n      where: { harness_id: { _eq: $id }, position: $beyond }\n      order_by: { position: $order }\n      limit: $limit\n    ) {\n      position\n      event_id\n      type\n      subject\n      occurred_at\n      data_beginning\n      data_size_bytes\n    }\n  }\n"): typeof import('./graphql').HarnessEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EventData($id: uuid!, $position: bigint!) {\n    portal_live_events(where: { harness_id: { _eq: $id }, position: { _eq: $position } }) {\n      data\n    }\n  }\n"): typeof import('./graphql').EventDataDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment HarnessRow on harness_projection {\n    harness_id\n    purpose\n    title\n    continuity\n    phase\n    headline\n    step\n    steps_done\n    steps_total\n    interaction\n    browser_observed\n    needs\n    work_id\n    principal_id\n    proposal_id\n    proposal_state\n    recovery_case_id\n    proof_id\n    last_position\n    started_at\n    updated_at\n    finished_at\n  }\n"): typeof import('./graphql').HarnessRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HarnessesBefore($position: bigint!, $limit: Int!) {\n    harness_projection(where: { last_position: { _lt: $position } }, order_by: { last_position: desc }, limit: $limit) {\n      ...HarnessRow\n    }\n  }\n"): typeof import('./graphql').HarnessesBeforeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HarnessesSince($position: bigint!, $limit: Int!) {\n    harness_projection(where: { last_position: { _gt: $position } }, order_by: { last_position: asc }, limit: $limit) {\n      ...HarnessRow\n    }\n    harness_projection_aggregate {\n      aggregate {\n        count\n      }\n    }\n  }\n"): typeof import('./graphql').HarnessesSinceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LineageOf($harness: uuid!) {\n    harness(where: { id: { _eq: $harness } }) {\n      id\n      title\n      state\n      work {\n        id\n        title\n      }\n      artifacts(order_by: { created_at: asc }, limit: 60) {\n        id\n        name\n      }\n    }\n    proposal(where: { harness_id: { _eq: $harness } }, limit: 20) {\n      id\n      title\n      state\n      decisions {\n        id\n        verdict\n        principal {\n          name\n        }\n      }\n    }\n    execution(where: { harness_id: { _eq: $harness } }, limit: 20) {\n      id\n      command_id\n      state\n      proof {\n        id\n        outcome\n        leaf_index\n      }\n    }\n  }\n"): typeof import('./graphql').LineageOfDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LineageEdges($where: lineage_edge_bool_exp!) {\n    lineage_edge(where: $where, order_by: { created_at: asc }, limit: 300) {\n      from_kind\n      from_id\n      relation\n      to_kind\n      to_id\n    }\n  }\n"): typeof import('./graphql').LineageEdgesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Onboarding {\n    organization {\n      id\n      slug\n      name\n      state\n      approvals_required\n      approval_ttl_hours\n      policy_version\n      onboarding_checks(order_by: [{ subject_kind: desc }, { subject_name: asc }]) {\n        id\n        subject_kind\n        subject_id\n        subject_name\n        state\n        detail\n        remedy\n        checked_at\n        harness_id\n      }\n    }\n    membership(order_by: { created_at: asc }) {\n      principal_id\n      role\n      principal {\n        name\n        kind\n        email\n      }\n    }\n    endpoint(where: { state: { _eq: \"active\" } }, order_by: { name: asc }) {\n      id\n      name\n      kind\n      public_url\n      executor_url\n      auth_kind\n      auth_parameter\n      readiness\n      secret_contract {\n        name\n      }\n    }\n    secret_contract(order_by: { name: asc }) {\n      id\n      name\n      purpose\n      kind\n      version\n      digest\n      backend\n      probed_as\n    }\n    runtime_asset(where: { state: { _eq: \"active\" } }, order_by: { name: asc }) {\n      id\n      name\n      kind\n      limits\n    }\n    endpoint_kind(order_by: { title: asc }) {\n      kind\n      title\n      protocol\n      readiness\n    }\n  }\n"): typeof import('./graphql').OnboardingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CheckOnboarding($input: CheckOnboarding!) {\n    check_onboarding(input: $input) {\n      state\n    }\n  }\n"): typeof import('./graphql').CheckOnboardingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddMember($input: AddMember!) {\n    add_member(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').AddMemberDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeMember($input: ChangeMember!) {\n    change_member(input: $input) {\n      state\n    }\n  }\n"): typeof import('./graphql').ChangeMemberDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveMember($input: RemoveMember!) {\n    remove_member(input: $input) {\n      state\n    }\n  }\n"): typeof import('./graphql').RemoveMemberDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeclareEndpoint($input: DeclareEndpoint!) {\n    declare_endpoint(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').DeclareEndpointDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReviseEndpoint($input: ReviseEndpoint!) {\n    revise_endpoint(input: $input) {\n      state\n    }\n  }\n"): typeof import('./graphql').ReviseEndpointDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetireEndpoint($input: RetireEndpoint!) {\n    retire_endpoint(input: $input) {\n      state\n    }\n  }\n"): typeof import('./graphql').RetireEndpointDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeclareSecretContract($input: DeclareSecretContract!) {\n    declare_secret_contract(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').DeclareSecretContractDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SealingKey {\n    sealing_key(order_by: { announced_at: desc }, limit: 1) {\n      key_id\n      public_key\n    }\n  }\n"): typeof import('./graphql').SealingKeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendSecretValue($input: SendSecretValue!) {\n    send_secret_value(input: $input) {\n      state\n    }\n  }\n"): typeof import('./graphql').SendSecretValueDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeclareRuntimeAsset($input: DeclareRuntimeAsset!) {\n    declare_runtime_asset(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').DeclareRuntimeAssetDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetireRuntimeAsset($input: RetireRuntimeAsset!) {\n    retire_runtime_asset(input: $input) {\n      state\n    }\n  }\n"): typeof import('./graphql').RetireRuntimeAssetDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PrincipalNames {\n    principal {\n      id\n      name\n    }\n  }\n"): typeof import('./graphql').PrincipalNamesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProofPage($where: proof_bool_exp!, $limit: Int!) {\n    proof(where: $where, order_by: { leaf_index: desc }, limit: $limit) {\n      id\n      outcome\n      leaf_index\n      recorded_at\n      projection {\n        title\n        purpose\n      }\n      execution {\n        commit_id\n      }\n    }\n  }\n"): typeof import('./graphql').ProofPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProofPageOf($id: uuid!) {\n    verify_proof(input: { proof_id: $id }) {\n      proof_id\n      execution_id\n      outcome\n      verified\n      checks {\n        name\n        holds\n        detail\n      }\n      envelope\n      leaf_index\n      tree_size\n      inclusion_path\n      checkpoint\n      key_id\n      public_key_pem\n    }\n    proof(where: { id: { _eq: $id } }) {\n      harness_id\n      recorded_at\n      signing_key {\n        public_key_pem\n        created_at\n      }\n      projection {\n        title\n      }\n      execution {\n        proposal {\n          title\n          principal {\n            name\n          }\n          endpoint {\n            name\n            public_url\n          }\n          work {\n            runtime_asset {\n              name\n              kind\n            }\n          }\n          decisions {\n            id\n            principal {\n              name\n            }\n          }\n        }\n      }\n    }\n    organization {\n      id\n      name\n    }\n  }\n"): typeof import('./graphql').ProofPageOfDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProofConsistency($from: Int!, $to: Int!) {\n    log_consistency(input: { from_size: $from, to_size: $to }) {\n      path\n    }\n  }\n"): typeof import('./graphql').ProofConsistencyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Proposals($states: [String!]!, $limit: Int!) {\n    proposal(where: { state: { _in: $states } }, order_by: { created_at: desc }, limit: $limit) {\n      id\n      kind\n      title\n      state\n      created_at\n      expires_at\n      payload\n      principal {\n        name\n      }\n    }\n  }\n"): typeof import('./graphql').ProposalsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WaitingProposals($limit: Int!) {\n    proposal(where: { state: { _eq: \"submitted\" } }, limit: $limit) {\n      id\n    }\n  }\n"): typeof import('./graphql').WaitingProposalsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BoundNow($endpointId: uuid!, $runtimeAssetId: uuid!) {\n    endpoint(where: { id: { _eq: $endpointId } }) {\n      name\n      public_url\n      executor_url\n      auth_kind\n      digest\n      secret_contract {\n        name\n        digest\n      }\n    }\n    runtime_asset(where: { id: { _eq: $runtimeAssetId } }) {\n      name\n      digest\n    }\n    organization {\n      policy_version\n    }\n  }\n"): typeof import('./graphql').BoundNowDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Proposal($id: uuid!) {\n    proposal(where: { id: { _eq: $id } }) {\n      id\n      kind\n      title\n      state\n      digest\n      payload\n      bound\n      harness_id\n      work_id\n      endpoint_id\n      runtime_asset_id\n      principal_id\n      created_at\n      expires_at\n      principal {\n        name\n        email\n      }\n      decisions(order_by: { decided_at: asc }) {\n        id\n        verdict\n        digest\n        reason\n        decided_at\n        principal_id\n        principal {\n          name\n        }\n      }\n      executions(order_by: { started_at: asc }) {\n        id\n        state\n        reason\n        commit_id\n      }\n    }\n  }\n"): typeof import('./graphql').ProposalDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Patch($id: uuid!) {\n    artifact(where: { id: { _eq: $id } }) {\n      encoding\n      body\n      truncated\n    }\n  }\n"): typeof import('./graphql').PatchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ApproveProposal($input: ApproveProposal!) {\n    approve_proposal(input: $input) {\n      state\n    }\n  }\n"): typeof import('./graphql').ApproveProposalDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RejectProposal($input: RejectProposal!) {\n    reject_proposal(input: $input) {\n      state\n    }\n  }\n"): typeof import('./graphql').RejectProposalDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WithdrawProposal($input: WithdrawProposal!) {\n    withdraw_proposal(input: $input) {\n      state\n    }\n  }\n"): typeof import('./graphql').WithdrawProposalDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RecoveryCases($states: [String!]!, $limit: Int!) {\n    recovery_case(where: { state: { _in: $states } }, order_by: { created_at: desc }, limit: $limit) {\n      id\n      kind\n      state\n      seen\n      wanted\n      created_at\n      harness {\n        title\n      }\n    }\n  }\n"): typeof import('./graphql').RecoveryCasesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RecoveryCase($id: uuid!) {\n    recovery_case(where: { id: { _eq: $id } }) {\n      id\n      kind\n      state\n      harness_id\n      seen\n      wanted\n      answer\n      created_at\n      expires_at\n      resolved_at\n      harness {\n        title\n      }\n      principal {\n        name\n      }\n    }\n  }\n"): typeof import('./graphql').RecoveryCaseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResolveRecoveryCase($input: ResolveRecoveryCase!) {\n    resolve_recovery_case(input: $input) {\n      state\n    }\n  }\n"): typeof import('./graphql').ResolveRecoveryCaseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WorkItems($limit: Int!) {\n    work(order_by: { created_at: desc }, limit: $limit) {\n      id\n      title\n      state\n      created_at\n      method: specification(path: \"call.method\")\n      path: specification(path: \"call.path\")\n      endpoint {\n        name\n      }\n      principal {\n        name\n      }\n    }\n  }\n"): typeof import('./graphql').WorkItemsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WorkItem($id: uuid!) {\n    work(where: { id: { _eq: $id } }) {\n      id\n      title\n      state\n      interaction_policy\n      specification\n      created_at\n      endpoint {\n        name\n        kind\n        public_url\n        executor_url\n        auth_kind\n        secret_contract {\n          name\n        }\n      }\n      runtime_asset {\n        name\n        kind\n      }\n      principal {\n        name\n      }\n    }\n  }\n"): typeof import('./graphql').WorkItemDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WorkPlaces {\n    endpoint(where: { state: { _eq: \"active\" } }, order_by: { name: asc }) {\n      id\n      name\n      kind\n    }\n    runtime_asset(where: { state: { _eq: \"active\" } }, order_by: { name: asc }) {\n      id\n      name\n      kind\n    }\n    endpoint_kind {\n      kind\n      protocol\n    }\n  }\n"): typeof import('./graphql').WorkPlacesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateWork($input: CreateWork!) {\n    create_work(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').CreateWorkDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateCall($input: CreateCall!) {\n    create_call(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').CreateCallDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LaunchWork($input: LaunchWork!) {\n    launch_work(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').LaunchWorkDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
