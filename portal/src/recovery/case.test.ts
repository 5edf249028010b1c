import { expect, test } from 'vitest'

import { faultsOf } from '@/forms/faults'
import { answerOf, seenOf, wantedOf } from '@/recovery/case'
import schema from '../../../codegen/json_schemas/contracts/TimeoutAnswer.json'

const WANTED = { says: 'Launch again, or give up.', roles: ['operator', 'owner'], answer_schema: schema }

test('the fields of an answer are those of its schema, in its order and words', () => {
  const { says, fields } = wantedOf(WANTED)

  expect(says).toBe('Launch again, or give up.')
  expect(fields.map(({ path, label }) => [path, label])).toEqual([
    ['answer.choice', 'What now?'],
    ['answer.note', 'Note'],
    ['answer.timeout_s', 'Time for RUN'],
  ])
})

test('an answer that is not as wanted has its fault where the server would tell it', () => {
  const wanted = wantedOf(WANTED)

  expect(faultsOf(wanted.schema, { answer: { choice: 'launch_again', timeout_s: 9000 } }).map(({ path }) => path)).toEqual(['answer.timeout_s'])
  expect(faultsOf(wanted.schema, { answer: {} }).map(({ path }) => path)).toEqual(['answer.choice'])
  expect(faultsOf(wanted.schema, { answer: { choice: 'launch_again' } })).toEqual([])
})

test('what was seen is told without ids, and odd things as nothing', () => {
  const seen = seenOf({ says: 'It is not there.', code: 'SECRET_MISSING', endpoint_id: 'x', secret_contract: 'token', status: null })

  expect(seen.says).toBe('It is not there.')
  expect(seen.facts.map(({ value }) => value)).toEqual(['SECRET_MISSING', 'token'])
  expect(seenOf('odd')).toEqual({ says: '', facts: [] })
  expect([answerOf(null), answerOf({ choice: 'retry' })]).toEqual([null, { choice: 'retry', note: null }])
})
