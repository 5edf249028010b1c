import createWork from '@schemas/actions/create_work.json'
import { Link, useNavigate } from '@tanstack/react-router'

import type { CreateWorkMutationVariables, WorkPlacesQuery } from '@/__generated__/graphql'
import { useAction } from '@/actions/use-action'
import { Notice } from '@/components/ui/notice'
import { SchemaField, type Option } from '@/forms/schema-field'
import { SchemaForm } from '@/forms/schema-form'
import { useSchemaForm } from '@/forms/use-schema-form'
import { texts } from '@/texts'
import { CREATE_WORK } from '@/work/questions'

const words = texts.work

type Input = Omit<CreateWorkMutationVariables['input'], 'idempotency_key'>

/** What to run in a repository and how to see that it helped; leads on to the work item. */
export function NewWorkForm({ places }: { places: WorkPlacesQuery }) {
  const navigate = useNavigate()
  const action = useAction(CREATE_WORK)
  const repositories = options(places.endpoint, 'git')
  const sandboxes = options(places.runtime_asset, 'sandbox')
  const form = useSchemaForm<Input>(createWork, {
    title: '',
    endpoint_id: repositories.length === 1 ? (repositories[0]?.value ?? '') : '',
    runtime_asset_id: sandboxes.length === 1 ? (sandboxes[0]?.value ?? '') : '',
    interaction_policy: 'any',
    specification: { run: '', verify: '', branch: '', target_branch: '', run_timeout_s: 600, verify_timeout_s: 1200 },
  })
  const create = async (input: Input) => {
    const answer = await action.answerTo(input)
    if (answer?.create_work) {
      await navigate({ to: '/work/$workId', params: { workId: answer.create_work.id } })
    }
  }
  return (
    <>
      {(repositories.length === 0 || sandboxes.length === 0) && (
        <Notice tone="waiting">
          {words.noPlaces}{' '}
          <Link to="/onboarding" search={{ step: 'endpoints' }} className="underline">
            {texts.onboarding.title}
          </Link>
        </Notice>
      )}
      <SchemaForm label={words.create} form={form} submit={words.create} action={action} onSubmit={(input) => void create(input)}>
        <SchemaField name="title" label={words.fields['title'] ?? ''} />
        <SchemaField name="endpoint_id" label={words.endpoint} options={repositories} />
        <SchemaField name="runtime_asset_id" label={words.runtimeAsset} options={sandboxes} />
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

function options(of: readonly { readonly id: string; readonly name: string; readonly kind: string }[], kind: string): readonly Option[] {
  return of.filter((one) => one.kind === kind).map(({ id, name }) => ({ value: id, name }))
}
