import { useNavigate } from '@tanstack/react-router'

import { useAction } from '@/actions/use-action'
import { SchemaField } from '@/forms/schema-field'
import { SchemaForm } from '@/forms/schema-form'
import { texts } from '@/texts'
import { NoPlaces } from '@/work/no-places'
import { CREATE_WORK } from '@/work/questions'
import type { Describing, NewWork } from '@/work/use-new-work'

const words = texts.work

/** What to run in a repository and how to see that it helped; leads on to the work item. */
export function NewWorkForm({ form, endpoints, runtimeAssets }: Describing<NewWork>) {
  const navigate = useNavigate()
  const action = useAction(CREATE_WORK)
  const create = async (input: NewWork) => {
    const answer = await action.answerTo(input)
    if (answer?.create_work) {
      await navigate({ to: '/work/$workId', params: { workId: answer.create_work.id } })
    }
  }
  return (
    <>
      {(endpoints.length === 0 || runtimeAssets.length === 0) && <NoPlaces says={words.noPlaces} />}
      <SchemaForm label={words.create} form={form} submit={words.create} action={action} onSubmit={(input) => void create(input)}>
        <SchemaField name="title" label={words.fields['title'] ?? ''} />
        <SchemaField name="endpoint_id" label={words.endpoint} options={endpoints} />
        <SchemaField name="runtime_asset_id" label={words.runtimeAsset} options={runtimeAssets} />
        <SchemaField name="interaction_policy" label={words.interaction} called={(word) => words.interactions[word] ?? word} />
        <SchemaField name="specification.run" label={words.fields['run'] ?? ''} hint={words.runHint} kind="code" />
        <SchemaField name="specification.verify" label={words.fields['verify'] ?? ''} hint={words.verifyHint} kind="code" />
        <SchemaField name="specification.branch" label={words.fields['branch'] ?? ''} hint={words.branchHint} kind="code" />
        <SchemaField name="specification.target_branch" label={words.fields['target_branch'] ?? ''} hint={words.targetHint} kind="code" />
        <SchemaField name="specification.run_timeout_s" label={words.fields['run_timeout_s'] ?? ''} />
        <SchemaField name="specification.verify_timeout_s" label={words.fields['verify_timeout_s'] ?? ''} />
      </SchemaForm>
    </>
  )
}
