import { readdirSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import type { HarnessEvent } from '@/harness/events'
import { lookOf, sentenceOf } from '@/harness/sentence'
import { eventSentences } from '@/texts/events'

const SCHEMAS = new URL('../../../codegen/json_schemas/events/', import.meta.url)
const types = readdirSync(SCHEMAS).map((name) => name.replace('.json', ''))

interface Schema {
  readonly properties?: Readonly<Record<string, { readonly type?: string }>>
  readonly required?: readonly string[]
}

const event = (type: string, data: Record<string, unknown> | null): HarnessEvent => {
  const beginning = JSON.stringify(data)
  return { position: 1, type, occurredAtMs: 0, beginning, sizeBytes: data === null ? 5_000_000 : beginning.length, data }
}

/** Data with what the contract demands and nothing else. */
function leastOf(type: string): Record<string, unknown> {
  const { properties = {}, required = [] } = JSON.parse(readFileSync(new URL(`${type}.json`, SCHEMAS), 'utf8')) as Schema
  const value = (name: string) => ({ integer: 3, boolean: true, array: [], object: {} })[properties[name]?.type ?? ''] ?? `the ${name}`
  return Object.fromEntries(required.map((name) => [name, value(name)]))
}

describe('a sentence', () => {
  it('is there for every type of event that a contract knows, and for no other', () => {
    expect(Object.keys(eventSentences).toSorted()).toEqual(types.toSorted())
  })

  it.each(types)('of %s needs no more than its contract demands', (type) => {
    const sentence = sentenceOf(event(type, leastOf(type)))
    expect(sentence).not.toContain(type)
    expect(sentence).not.toContain('undefined')
  })

  it('says what happened', () => {
    expect(sentenceOf(event('ChangeTaken', { files_changed: 1 }))).toBe('The command ended; 1 file changed.')
    expect(sentenceOf(event('HarnessFailed', { code: 'RUN_FAILED', reason: 'RUN ended with 2.', remedy: 'Mend it.' }))).toBe('Failed: RUN ended with 2. Mend it.')
    expect(sentenceOf(event('ProposalApproved', { approvals: 2, required: 2, execution_queued: true }))).toBe('Approved: 2 of 2 approvals. The execution is queued.')
  })

  it.each([
    ['SomethingNew', { a: 1 }, 'SomethingNew, with 7 bytes of data.'],
    ['SomethingNew', {}, 'SomethingNew.'],
    ['StepStarted', { headline: 7 }, 'StepStarted, with 14 bytes of data.'],
    ['StepStarted', null, 'StepStarted, with 5.0 MB of data.'],
    ['constructor', { a: 1 }, 'constructor, with 7 bytes of data.'],
    ['HarnessSucceeded', { __proto__: { headline: 'no' } }, 'HarnessSucceeded.'],
  ])('of %s with %j falls back to the type', (type, data, sentence) => {
    expect(sentenceOf(event(type, data))).toBe(sentence)
  })
})

describe('an event', () => {
  it.each([
    ['HarnessFailed', {}, 'bad'],
    ['ProofRecorded', {}, 'good'],
    ['ProposalSubmitted', {}, 'waiting'],
    ['StepStarted', {}, 'still'],
    ['RecoveryOpened', {}, 'waiting'],
    ['RecoveryAbandoned', {}, 'bad'],
    ['OnboardingCheckFinished', { state: 'failed' }, 'bad'],
    ['OnboardingCheckFinished', { state: 'passed' }, 'good'],
  ])('%s %j looks %s', (type, data, look) => {
    expect(lookOf(event(type, data))).toBe(look)
  })
})
