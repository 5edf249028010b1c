import { graphql } from '@/__generated__'

export const WORK_ITEMS = graphql(`
  query WorkItems($limit: Int!) {
    work(order_by: { created_at: desc }, limit: $limit) {
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
`)

export const WORK_ITEM = graphql(`
  query WorkItem($id: uuid!) {
    work(where: { id: { _eq: $id } }) {
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
`)

export const PLACES = graphql(`
  query WorkPlaces {
    endpoint(where: { state: { _eq: "active" } }, order_by: { name: asc }) {
      id
      name
      kind
    }
    runtime_asset(where: { state: { _eq: "active" } }, order_by: { name: asc }) {
      id
      name
      kind
    }
    endpoint_kind {
      kind
      protocol
    }
  }
`)

export const CREATE_WORK = graphql(`
  mutation CreateWork($input: CreateWork!) {
    create_work(input: $input) {
      id
    }
  }
`)

export const CREATE_CALL = graphql(`
  mutation CreateCall($input: CreateCall!) {
    create_call(input: $input) {
      id
    }
  }
`)

export const LAUNCH_WORK = graphql(`
  mutation LaunchWork($input: LaunchWork!) {
    launch_work(input: $input) {
      id
    }
  }
`)
