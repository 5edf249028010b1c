import declareSecretContract from '@schemas/actions/declare_secret_contract.json'

import type { DeclareSecretContractMutationVariables } from '@/__generated__/graphql'
import { useAction } from '@/actions/use-action'
import { SchemaField } from '@/forms/schema-field'
import { SchemaForm } from '@/forms/schema-form'
import { useSchemaForm } from '@/forms/use-schema-form'
import { DECLARE_SECRET_CONTRACT } from '@/onboarding/questions'
import { submitting } from '@/onboarding/submitting'
import { texts } from '@/texts'

const words = texts.onboarding.secrets

type Input = Omit<DeclareSecretContractMutationVariables['input'], 'idempotency_key'>

/** A secret contract more; `onDeclared` hears where its value is to be put. */
export function DeclareSecretForm({ slug, onDeclared }: { slug: string; onDeclared: (reference: string) => void }) {
  const action = useAction(DECLARE_SECRET_CONTRACT)
  const form = useSchemaForm<Input>(declareSecretContract, {
    name: '',
    purpose: '',
    kind: 'token',
    delivery: 'endpoint_auth',
    username: '',
    reference: `secret://file/${slug}/`,
  })
  const onSubmit = submitting(form.form, action.act, (input) => {
    onDeclared(input.reference)
  })
  return (
    <SchemaForm label={words.declare} form={form} submit={words.declare} action={action} onSubmit={onSubmit}>
      <SchemaField name="name" label={words.name} />
      <SchemaField name="purpose" label={words.purpose} hint={words.purposeHint} />
      <SchemaField name="kind" label={words.kind} called={(word) => words.kinds[word] ?? word} />
      <SchemaField name="delivery" label={words.delivery} called={(word) => words.deliveries[word] ?? word} />
      <SchemaField name="username" label={words.username} />
      <SchemaField name="reference" label={words.reference} kind="url" hint={words.referenceHint(slug)} />
    </SchemaForm>
  )
}
