import declareEndpoint from '@schemas/actions/declare_endpoint.json'
import { useEffect } from 'react'
import { useWatch } from 'react-hook-form'

import type { DeclareEndpointMutationVariables } from '@/__generated__/graphql'
import { useAction } from '@/actions/use-action'
import { SchemaField } from '@/forms/schema-field'
import { SchemaForm } from '@/forms/schema-form'
import { useSchemaForm } from '@/forms/use-schema-form'
import { DECLARE_ENDPOINT } from '@/onboarding/questions'
import type { Declared } from '@/onboarding/steps'
import { submitting } from '@/onboarding/submitting'
import { texts } from '@/texts'

const words = texts.onboarding.endpoints

type Input = Omit<DeclareEndpointMutationVariables['input'], 'idempotency_key'>
type Readiness = NonNullable<Input['readiness']>

/** An endpoint more; its kind brings the readiness contract, which may be changed. */
export function DeclareEndpointForm({ declared }: { declared: Declared }) {
  const action = useAction(DECLARE_ENDPOINT)
  const form = useSchemaForm<Input>(declareEndpoint, { name: '', kind: '', public_url: '', executor_url: '', auth: { kind: 'none' } })
  const { control, setValue, unregister } = form.form
  const kindName = useWatch({ control, name: 'kind' })
  const auth = useWatch({ control, name: 'auth.kind' })
  const kind = declared.endpoint_kind.find((one) => one.kind === kindName)
  useEffect(() => {
    setValue('readiness', kind?.protocol === 'http' ? (kind.readiness as Readiness) : undefined)
  }, [kind, setValue])
  useEffect(() => {
    if (auth === 'none') {
      unregister(['auth.secret_contract', 'auth.parameter'])
    } else if (auth !== 'header' && auth !== 'query') {
      unregister('auth.parameter')
    }
  }, [auth, unregister])
  const secrets = declared.secret_contract.map(({ name }) => ({ value: name, name }))
  return (
    <SchemaForm label={words.declare} form={form} submit={words.declare} action={action} onSubmit={submitting(form.form, action.act)}>
      <SchemaField name="name" label={words.name} />
      <SchemaField name="kind" label={words.kind} hint={words.kindHint} options={declared.endpoint_kind.map((one) => ({ value: one.kind, name: one.title }))} />
      <SchemaField name="public_url" label={words.publicUrl} kind="url" hint={words.publicUrlHint} />
      <SchemaField name="executor_url" label={words.executorUrl} kind="url" hint={words.executorUrlHint} />
      <SchemaField name="auth.kind" label={words.auth} called={(word) => words.auths[word] ?? word} />
      {auth !== undefined && auth !== 'none' && (
        <SchemaField name="auth.secret_contract" label={words.secretContract} options={secrets} {...(secrets.length === 0 && { hint: words.noSecretContract })} />
      )}
      {(auth === 'header' || auth === 'query') && <SchemaField name="auth.parameter" label={words.parameter} kind="code" />}
      {kind?.protocol === 'http' && (
        <fieldset className="flex flex-col gap-4 rounded-md border p-4">
          <legend className="px-1 text-sm font-medium">{words.readiness}</legend>
          <SchemaField name="readiness.method" label={words.method} />
          <SchemaField name="readiness.path" label={words.path} kind="url" />
          <SchemaField name="readiness.expect_status" label={words.expectStatus} />
          <SchemaField name="readiness.timeout_ms" label={words.timeoutMs} />
        </fieldset>
      )}
    </SchemaForm>
  )
}
