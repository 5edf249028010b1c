import { useEffect } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'

import type { EndpointContractOf } from '@/onboarding/declare-endpoint-form'
import { SchemaField } from '@/forms/schema-field'
import type { Declared } from '@/onboarding/steps'
import { texts } from '@/texts'

const words = texts.onboarding.endpoints

/** What an endpoint's contract says beside its name and kind; `protocol` says whether it is asked over HTTP. */
export function EndpointFields({ declared, protocol }: { declared: Declared; protocol: string | undefined }) {
  const { control, unregister } = useFormContext<EndpointContractOf>()
  const auth = useWatch({ control, name: 'auth.kind' })
  useEffect(() => {
    if (auth === 'none') {
      unregister(['auth.secret_contract', 'auth.parameter'])
    } else if (auth !== 'header' && auth !== 'query') {
      unregister('auth.parameter')
    }
  }, [auth, unregister])
  const secrets = declared.secret_contract.map(({ name }) => ({ value: name, name }))
  return (
    <>
      <SchemaField name="public_url" label={words.publicUrl} kind="url" hint={words.publicUrlHint} />
      <SchemaField name="executor_url" label={words.executorUrl} kind="url" hint={words.executorUrlHint} />
      <SchemaField name="auth.kind" label={words.auth} called={(word) => words.auths[word] ?? word} />
      {auth !== undefined && auth !== 'none' && (
        <SchemaField name="auth.secret_contract" label={words.secretContract} options={secrets} {...(secrets.length === 0 && { hint: words.noSecretContract })} />
      )}
      {(auth === 'header' || auth === 'query') && <SchemaField name="auth.parameter" label={words.parameter} kind="code" />}
      {protocol === 'http' && (
        <fieldset className="flex flex-col gap-4 rounded-md border p-4">
          <legend className="px-1 text-sm font-medium">{words.readiness}</legend>
          <SchemaField name="readiness.method" label={words.method} />
          <SchemaField name="readiness.path" label={words.path} kind="url" />
          <SchemaField name="readiness.expect_status" label={words.expectStatus} />
          <SchemaField name="readiness.timeout_ms" label={words.timeoutMs} />
        </fieldset>
      )}
    </>
  )
}
