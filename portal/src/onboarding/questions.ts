import { graphql } from '@/__generated__'

export const ONBOARDING = graphql(`
  query Onboarding {
    organization {
      id
      slug
      name
      state
      approvals_required
      approval_ttl_hours
      policy_version
      onboarding_checks(order_by: [{ subject_kind: desc }, { subject_name: asc }]) {
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
    membership(order_by: { created_at: asc }) {
      principal_id
      role
      principal {
        name
        kind
        email
      }
    }
    endpoint(where: { state: { _eq: "active" } }, order_by: { name: asc }) {
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
    secret_contract(order_by: { name: asc }) {
      id
      name
      purpose
      kind
      version
      digest
      backend
      probed_as
    }
    runtime_asset(where: { state: { _eq: "active" } }, order_by: { name: asc }) {
      id
      name
      kind
      limits
    }
    endpoint_kind(order_by: { title: asc }) {
      kind
      title
      protocol
      readiness
    }
  }
`)

export const CHECK_ONBOARDING = graphql(`
  mutation CheckOnboarding($input: CheckOnboarding!) {
    check_onboarding(input: $input) {
      state
    }
  }
`)

export const ADD_MEMBER = graphql(`
  mutation AddMember($input: AddMember!) {
    add_member(input: $input) {
      id
    }
  }
`)

export const CHANGE_MEMBER = graphql(`
  mutation ChangeMember($input: ChangeMember!) {
    change_member(input: $input) {
      state
    }
  }
`)

export const REMOVE_MEMBER = graphql(`
  mutation RemoveMember($input: RemoveMember!) {
    remove_member(input: $input) {
      state
    }
  }
`)

export const DECLARE_ENDPOINT = graphql(`
  mutation DeclareEndpoint($input: DeclareEndpoint!) {
    declare_endpoint(input: $input) {
      id
    }
  }
`)

export const REVISE_ENDPOINT = graphql(`
  mutation ReviseEndpoint($input: ReviseEndpoint!) {
    revise_endpoint(input: $input) {
      state
    }
  }
`)

export const RETIRE_ENDPOINT = graphql(`
  mutation RetireEndpoint($input: RetireEndpoint!) {
    retire_endpoint(input: $input) {
      state
    }
  }
`)

export const DECLARE_SECRET_CONTRACT = graphql(`
  mutation DeclareSecretContract($input: DeclareSecretContract!) {
    declare_secret_contract(input: $input) {
      id
    }
  }
`)

export const SEALING_KEY = graphql(`
  query SealingKey {
    sealing_key(order_by: { announced_at: desc }, limit: 1) {
      key_id
      public_key
    }
  }
`)

export const SEND_SECRET_VALUE = graphql(`
  mutation SendSecretValue($input: SendSecretValue!) {
    send_secret_value(input: $input) {
      state
    }
  }
`)

export const DECLARE_RUNTIME_ASSET = graphql(`
  mutation DeclareRuntimeAsset($input: DeclareRuntimeAsset!) {
    declare_runtime_asset(input: $input) {
      id
    }
  }
`)

export const RETIRE_RUNTIME_ASSET = graphql(`
  mutation RetireRuntimeAsset($input: RetireRuntimeAsset!) {
    retire_runtime_asset(input: $input) {
      state
    }
  }
`)
