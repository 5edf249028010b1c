import declareEndpoint from '@schemas/actions/declare_endpoint.json'
import { useEffect } from 'react'
import { useWatch } from 'react-hook-form'

import type { DeclareEndpointMutationVariables } from '@/__generated__/graphql'
import { useAction } from '@/actions/use-action'
import { SchemaField } from '@/forms/schema-field'
import { SchemaForm } from '@/forms/schema-form'
import { useSchemaForm } from '@/forms/use-schema-form'
import { EndpointFields } from '@/onboarding/endpoint-fields'
import { DECLARE_ENDPOINT } from '@/onboarding/questions'
import type { Declared } from '@/onboarding/steps'
import { submitting } from '@/onboarding/submitting'
import { texts } from '@/texts'

const words = texts.onboarding.endpoints

type Input = Omit<DeclareEndpointMutationVariables['input'], 'idempotency_key'>
/** What declaring and revising an endpoint have in common. */
export type EndpointContractOf = Omit<Input, 'name' | 'kind'>
export type Readiness = NonNullable<Input['readiness']>

/** An endpoint more; its kind brings the readiness contract, which may be changed. */
export function DeclareEndpointForm({ declared }: { declared: Declared }) {
  const action = useAction(DECLARE_ENDPOINT)
  const form = useSchemaForm<Input>(declareEndpoint, { name: '', kind: '', public_url: '', executor_url: '', auth: { kind: 'none' } })
  const { control, setValue } = form.form
  const kindName = useWatch({ control, name: 'kind' })
  const kind = declared.endpoint_kind.find((one) => one.kind === kindName)
  useEffect(() => {
    setValue('readiness', kind?.protocol === 'http' ? (kind.readiness as Readiness) : undefined)
  }, [kind, setValue])
  return (
    <SchemaForm label={words.declare} form={form} submit={words.declare} action={action} onSubmit={submitting(form.form, action.act)}>
      <SchemaField name="name" label={words.name} />
      <SchemaField name="kind" label={words.kind} hint={words.kindHint} options={declared.endpoint_kind.map((one) => ({ value: one.kind, name: one.title }))} />
      <EndpointFields declared={declared} protocol={kind?.protocol} />
    </SchemaForm>
  )
}
