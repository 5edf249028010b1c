import launchWork from '@schemas/actions/launch_work.json'
import { useNavigate } from '@tanstack/react-router'

import type { LaunchWorkMutationVariables } from '@/__generated__/graphql'
import { useAction } from '@/actions/use-action'
import { SchemaField } from '@/forms/schema-field'
import { SchemaForm } from '@/forms/schema-form'
import { useSchemaForm } from '@/forms/use-schema-form'
import { texts } from '@/texts'
import { LAUNCH_WORK } from '@/work/questions'

const words = texts.work

type Input = Omit<LaunchWorkMutationVariables['input'], 'idempotency_key'>

/** Starting a harness for a work item; leads on to it. */
export function Launch({ workId }: { workId: string }) {
  const navigate = useNavigate()
  const action = useAction(LAUNCH_WORK)
  const form = useSchemaForm<Input>(launchWork, { work_id: workId, continuity: 'fresh' })
  const launch = async (input: Input) => {
    const answer = await action.answerTo(input)
    if (answer?.launch_work) {
      await navigate({ to: '/harnesses/$harnessId', params: { harnessId: answer.launch_work.id } })
    }
  }
  return (
    <section aria-label={words.launch} className="max-w-xl rounded-lg border bg-card p-4">
      <h2 className="mb-3 font-medium">{words.launch}</h2>
      <SchemaForm label={words.launch} form={form} submit={words.launch} action={action} onSubmit={(input) => void launch(input)}>
        <SchemaField name="continuity" label={words.continuity} hint={words.continuityHint} called={(word) => texts.harnesses.continuity[word] ?? word} />
      </SchemaForm>
    </section>
  )
}
