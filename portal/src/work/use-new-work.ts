import createCall from '@schemas/actions/create_call.json'
import createWork from '@schemas/actions/create_work.json'

import type { CreateCallMutationVariables, CreateWorkMutationVariables, WorkPlacesQuery } from '@/__generated__/graphql'
import type { Option } from '@/forms/schema-field'
import { useSchemaForm, type SchemaForm } from '@/forms/use-schema-form'

export type NewWork = Omit<CreateWorkMutationVariables['input'], 'idempotency_key'>
export type NewCall = Omit<CreateCallMutationVariables['input'], 'idempotency_key'>

/** A form of new work, with the endpoints and the runtime assets that can serve it. */
export interface Describing<Input extends NewWork | NewCall> {
  readonly form: SchemaForm<Input>
  readonly endpoints: readonly Option[]
  readonly runtimeAssets: readonly Option[]
}

type Place = Pick<WorkPlacesQuery['endpoint'][number], 'id' | 'name'>

/** A change of a repository, described: a git endpoint and a sandbox can serve it. */
export function useNewWork(places: WorkPlacesQuery): Describing<NewWork> {
  const endpoints = options(speaking(places, 'git'))
  const runtimeAssets = options(places.runtime_asset.filter(({ kind }) => kind === 'sandbox'))
  const form = useSchemaForm<NewWork>(createWork, {
    ...common(endpoints, runtimeAssets),
    specification: { run: '', verify: '', branch: '', target_branch: '', run_timeout_s: 600, verify_timeout_s: 1200 },
  })
  return { form, endpoints, runtimeAssets }
}

/** A call, described: an endpoint that speaks HTTP and any runtime asset can serve it. */
export function useNewCall(places: WorkPlacesQuery): Describing<NewCall> {
  const endpoints = options(speaking(places, 'http'))
  const runtimeAssets = options(places.runtime_asset)
  const form = useSchemaForm<NewCall>(createCall, {
    ...common(endpoints, runtimeAssets),
    call: { method: 'GET', path: '', query: [], headers: [], expect_status: [200], idempotency_header: '', timeout_ms: 30_000, why: '' },
  })
  return { form, endpoints, runtimeAssets }
}

// Where there is one, it is the one that is meant.
function common(endpoints: readonly Option[], runtimeAssets: readonly Option[]) {
  return { title: '', endpoint_id: only(endpoints), runtime_asset_id: only(runtimeAssets), interaction_policy: 'any' as const }
}

function only(all: readonly Option[]): string {
  return all.length === 1 ? (all[0]?.value ?? '') : ''
}

function speaking(places: WorkPlacesQuery, wanted: string): readonly Place[] {
  const kinds = new Set(places.endpoint_kind.filter(({ protocol }) => protocol === wanted).map(({ kind }) => kind))
  return places.endpoint.filter(({ kind }) => kinds.has(kind))
}

function options(places: readonly Place[]): readonly Option[] {
  return places.map(({ id, name }) => ({ value: id, name }))
}
