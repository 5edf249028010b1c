import { expect, test } from 'vitest'

import { proofsSearch, whereOf } from '@/proofs/search'

test('an address is taken by what makes sense in it', () => {
  expect(proofsSearch({ q: 12, outcome: 'odd', before: -1, more: 1 })).toEqual({ q: '12' })
  expect(proofsSearch({ q: 'x', outcome: 'failed', before: 7 })).toEqual({ q: 'x', outcome: 'failed', before: 7 })
})

test('what is sought is a text and no pattern', () => {
  expect(whereOf({ q: '50%_\\' })).toEqual({ _and: [{ _or: [{ projection: { title: { _ilike: '%50\\%\\_\\\\%' } } }] }] })
})

test('an id and the beginning of a commit are sought as such', () => {
  const id = '00000000-0000-4000-8000-000000000002'

  expect(JSON.stringify(whereOf({ q: id }))).toContain(`{"execution_id":{"_eq":"${id}"}}`)
  expect(JSON.stringify(whereOf({ q: 'abcd12' }))).toContain('{"commit_id":{"_ilike":"abcd12%"}}')
})
