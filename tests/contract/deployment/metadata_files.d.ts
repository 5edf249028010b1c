// What the files of a metadata folder hold, by the package's own types. Where real Hasura takes more than the package says,
// or a file holds only a part of what the whole has, it stands here with the reason, and nothing is let in elsewhere.
import type * as hasura from 'hasura-metadata-types'

export * from 'hasura-metadata-types'
export type Version = Pick<hasura.Metadata['metadata'], 'version'>

// The whole, with what is more than the package says.
export type Whole = Omit<hasura.Metadata['metadata'], 'backend_configs' | 'opentelemetry'> & {
  backend_configs: BackendConfigs
  opentelemetry: OpenTelemetry
  metrics_config: MetricsConfig
}

// hasura-cli splits actions: arguments, answers and the fields of types stand in actions.graphql.
export interface Actions {
  actions: (Omit<hasura.Action, 'definition'> & { definition: Omit<hasura.ActionDefinition, 'arguments' | 'output_type'> })[]
  custom_types: { [Group in keyof hasura.CustomTypes]-?: Named<Required<hasura.CustomTypes>[Group][number]>[] }
}
type Named<Type> = Omit<Type, 'fields' | 'values'>

// Not in the package: how long an action may take, in seconds. Hasura's console did not edit it; the engine takes it.
declare module 'hasura-metadata-types/dist/output/features/hasura-metadata-types/actions/actions' {
  interface ActionDefinition {
    timeout?: number
  }
}

// Not in the package: an array relationship's order of insertion. hasura-cli writes `null` there as for an object's.
type Manual = Extract<hasura.LocalArrayRelationship, { using: { manual_configuration: unknown } }>
type ManualInOrder = Manual & { using: { manual_configuration: { insertion_order: null } } }
export type MetadataTable = Omit<hasura.MetadataTable, 'array_relationships'> & {
  array_relationships?: (hasura.LocalArrayRelationship | ManualInOrder)[]
}

// Not in the package: metrics. Of them only that they are an object is known here.
export type MetricsConfig = object

// hasura-cli writes an empty object where nothing is set; the package only knows the settings.
export type BackendConfigs = hasura.BackendConfigs | Nothing
export type OpenTelemetry = hasura.OpenTelemetry | Nothing
type Nothing = Record<string, never>
