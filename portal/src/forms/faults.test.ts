import { Validator, type Schema } from '@cfworker/json-schema'
import createWork from '@schemas/actions/create_work.json'
import { describe, expect, it } from 'vitest'

import { faultsOf, withoutKey } from '@/forms/faults'
import { inputOf, typed } from '@/forms/input'
import { partAt } from '@/forms/schema'
import { texts } from '@/texts'

const schema = withoutKey(createWork as unknown as Schema)
const words = texts.forms.faults
const ID = '00000000-0000-4000-8000-000000000001'
const good = { title: 'Tidy', endpoint_id: ID, runtime_asset_id: ID, specification: { run: 'make', verify: 'make test' } }

describe('the faults of an input', () => {
  it('are none for what the contract takes', () => {
    expect(faultsOf(schema, good)).toEqual([])
  })

  it('name each missing field once, inside what is nested too', () => {
    expect(faultsOf(schema, { title: 'Tidy', endpoint_id: ID, specification: { run: 'make' } })).toEqual([
      { path: 'runtime_asset_id', says: words.missing },
      { path: 'specification.verify', says: words.missing },
    ])
  })

  it('say what a limit is', () => {
    const input = { ...good, title: 'x'.repeat(201), specification: { ...good.specification, run_timeout_s: 0, verify_timeout_s: 1.5 } }
    expect(Object.fromEntries(faultsOf(schema, input).map(({ path, says }) => [path, says]))).toEqual({
      title: words.tooLong(200),
      'specification.run_timeout_s': words.atLeast(1),
      'specification.verify_timeout_s': words.wholeNumber,
    })
  })

  it('do not tell of null where something wrong stands in what may be null', () => {
    const input = { ...good, specification: { ...good.specification, branch: 'a b' } }
    expect(faultsOf(schema, input)).toEqual([{ path: 'specification.branch', says: words.characters }])
  })

  it('name what the contract does not know', () => {
    expect(faultsOf(schema, { ...good, color: 'red' })).toEqual([{ path: 'color', says: words.otherKind }])
  })

  it('can be told of every contract, because this browser reads all their patterns', () => {
    const all = import.meta.glob<Schema>('../../../codegen/json_schemas/**/*.json', { eager: true, import: 'default' })
    expect(Object.keys(all).length).toBeGreaterThan(50)
    for (const one of Object.values(all)) {
      expect(() => new Validator(one, '2020-12', false).validate({})).not.toThrow()
      for (const pattern of JSON.stringify(one).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)) {
        expect(() => new RegExp(JSON.parse(pattern[1] ?? '""') as string, 'u')).not.toThrow()
      }
    }
  })
})

describe('a part of a schema', () => {
  it('is found through references and through what may be null', () => {
    expect(partAt(schema, 'specification.branch')).toMatchObject({ required: false, schema: { type: 'string', maxLength: 200 } })
    expect(partAt(schema, 'interaction_policy')).toMatchObject({ required: false, schema: { default: 'any', enum: ['browser_first', 'any'] } })
    expect(() => partAt(schema, 'nothing')).toThrow('nothing')
  })
})

describe('what was typed', () => {
  it('becomes what the schema asks for, and nothing where it is empty', () => {
    expect(typed({ type: 'integer' }, ' 12 ')).toBe(12)
    expect(typed({ type: 'integer' }, 'twelve')).toBe('twelve')
    expect(typed({ type: 'string' }, '  ')).toBeUndefined()
    expect(typed({ type: 'array', items: { type: 'integer' } }, '200, x,')).toEqual([200, 'x', ''])
    expect(inputOf({ a: '', b: null, c: { d: undefined, e: [{ f: '', g: 0 }] } })).toEqual({ c: { e: [{ g: 0 }] } })
  })
})
