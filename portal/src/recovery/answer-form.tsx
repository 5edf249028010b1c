import { useMemo } from 'react'

import { ROLES_OF } from '@/__generated__/roles'
import { useAction } from '@/actions/use-action'
import { SchemaField } from '@/forms/schema-field'
import { SchemaForm } from '@/forms/schema-form'
import { useSchemaForm } from '@/forms/use-schema-form'
import { wantedOf, type Case } from '@/recovery/case'
import { RESOLVE } from '@/recovery/questions'
import { useViewer } from '@/session/viewer'
import { texts } from '@/texts'

const words = texts.recovery

/** The form of what a case wants, from the case's own schema; who may not answer is told so instead. */
export function AnswerForm({ one }: { one: Case }) {
  const viewer = useViewer()
  const may = (ROLES_OF.ResolveRecoveryCase as readonly string[]).includes(viewer.role ?? '')
  return may ? <Answering one={one} /> : <p className="text-sm text-muted-foreground">{words.off}</p>
}

function Answering({ one }: { one: Case }) {
  // Asked again, the case is told anew; what it wants stays, and so must the form.
  const told = JSON.stringify(one.wanted)
  const { schema, fields } = useMemo(() => wantedOf(JSON.parse(told)), [told])
  const form = useSchemaForm<{ answer: Record<string, unknown> }>(schema, { answer: {} })
  const action = useAction(RESOLVE)
  return (
    <SchemaForm
      label={words.answer}
      form={form}
      submit={words.submit}
      action={action}
      onSubmit={({ answer }) => {
        void action.act({ recovery_case_id: one.id, answer })
      }}
    >
      {fields.map(({ path, label, hint }) => (
        <SchemaField key={path} name={path} label={label} {...(hint === undefined ? {} : { hint })} called={(word) => words.choices[word] ?? word} />
      ))}
    </SchemaForm>
  )
}
