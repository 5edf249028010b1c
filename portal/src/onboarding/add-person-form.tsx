import addMember from '@schemas/actions/add_member.json'

import type { AddMemberMutationVariables } from '@/__generated__/graphql'
import { useAction } from '@/actions/use-action'
import { SchemaField } from '@/forms/schema-field'
import { SchemaForm } from '@/forms/schema-form'
import { useSchemaForm } from '@/forms/use-schema-form'
import { ADD_MEMBER } from '@/onboarding/questions'
import { submitting } from '@/onboarding/submitting'
import { texts } from '@/texts'

const words = texts.onboarding.people
const ROLES = Object.entries(words.roles).map(([value, name]) => ({ value, name }))

type Input = Omit<AddMemberMutationVariables['input'], 'idempotency_key'>

/** A person more, with an email to sign in with and a role. */
export function AddPersonForm() {
  const action = useAction(ADD_MEMBER)
  const form = useSchemaForm<Input>(addMember, { name: '', email: '', role: 'operator' })
  return (
    <SchemaForm label={words.add} form={form} submit={words.add} action={action} onSubmit={submitting(form.form, action.act)}>
      <SchemaField name="name" label={words.name} />
      <SchemaField name="email" label={words.email} kind="email" hint={words.emailHint} />
      <SchemaField name="role" label={words.role} options={ROLES} />
    </SchemaForm>
  )
}
