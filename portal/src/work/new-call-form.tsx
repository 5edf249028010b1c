import { useNavigate } from '@tanstack/react-router'

import { useAction } from '@/actions/use-action'
import { SchemaField } from '@/forms/schema-field'
import { SchemaForm } from '@/forms/schema-form'
import { texts } from '@/texts'
import { CallBody } from '@/work/call-body'
import { CallPairs } from '@/work/call-pairs'
import { NoPlaces } from '@/work/no-places'
import { CREATE_CALL } from '@/work/questions'
import type { Describing, NewCall } from '@/work/use-new-work'

const words = texts.work.call

/** One request to an endpoint, described; leads on to the work item. */
export function NewCallForm({ form, endpoints, runtimeAssets }: Describing<NewCall>) {
  const navigate = useNavigate()
  const action = useAction(CREATE_CALL)
  const create = async (input: NewCall) => {
    const answer = await action.answerTo(input)
    if (answer?.create_call) {
      await navigate({ to: '/work/$workId', params: { workId: answer.create_call.id } })
    }
  }
  return (
    <>
      {(endpoints.length === 0 || runtimeAssets.length === 0) && <NoPlaces says={words.noPlaces} />}
      <SchemaForm label={texts.work.create} form={form} submit={texts.work.create} action={action} onSubmit={(input) => void create(input)}>
        <SchemaField name="title" label={texts.work.fields['title'] ?? ''} />
        <SchemaField name="endpoint_id" label={texts.work.endpoint} options={endpoints} />
        <SchemaField name="runtime_asset_id" label={texts.work.runtimeAsset} hint={words.runtimeHint} options={runtimeAssets} />
        <SchemaField name="interaction_policy" label={texts.work.interaction} called={(word) => texts.work.interactions[word] ?? word} />
        <SchemaField name="call.method" label={words.method} />
        <SchemaField name="call.path" label={words.path} hint={words.pathHint} kind="url" />
        <CallPairs name="call.query" words={words.query} />
        <CallPairs name="call.headers" words={words.headers} hint={words.headersHint} />
        <CallBody />
        <SchemaField name="call.expect_status" label={words.expect} hint={words.expectHint} />
        <SchemaField name="call.idempotency_header" label={words.repeated} hint={words.repeatedHint} kind="code" />
        <SchemaField name="call.timeout_ms" label={words.timeout} />
        <SchemaField name="call.why" label={words.why} hint={words.whyHint} />
      </SchemaForm>
    </>
  )
}
