import declareRuntimeAsset from '@schemas/actions/declare_runtime_asset.json'

import type { DeclareRuntimeAssetMutationVariables } from '@/__generated__/graphql'
import { useAction } from '@/actions/use-action'
import { SchemaField } from '@/forms/schema-field'
import { SchemaForm } from '@/forms/schema-form'
import { useSchemaForm } from '@/forms/use-schema-form'
import { DECLARE_RUNTIME_ASSET } from '@/onboarding/questions'
import { submitting } from '@/onboarding/submitting'
import { texts } from '@/texts'

const words = texts.onboarding.runtimes

type Input = Omit<DeclareRuntimeAssetMutationVariables['input'], 'idempotency_key'>

/** A place more where work runs. */
export function DeclareRuntimeForm() {
  const action = useAction(DECLARE_RUNTIME_ASSET)
  const form = useSchemaForm<Input>(declareRuntimeAsset, { name: '', kind: 'sandbox', limits: { snapshot: '', run_timeout_s: 3600 } })
  return (
    <SchemaForm label={words.declare} form={form} submit={words.declare} action={action} onSubmit={submitting(form.form, action.act)}>
      <SchemaField name="name" label={words.name} />
      <SchemaField name="kind" label={words.kind} called={(word) => words.kinds[word] ?? word} />
      <SchemaField name="limits.snapshot" label={words.snapshot} hint={words.snapshotHint} kind="code" />
      <SchemaField name="limits.run_timeout_s" label={words.runTimeout} />
    </SchemaForm>
  )
}
