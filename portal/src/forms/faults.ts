import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema'

import { partAt } from '@/forms/schema'
import { texts } from '@/texts'

/** What is wrong at one place of an input; `path` is like `specification.run`. */
export interface Fault {
  readonly path: string
  readonly says: string
}

const words = texts.forms.faults

// What these say, the faults inside them say better.
const AROUND = new Set(['$ref', 'properties', 'items', 'prefixItems', 'anyOf', 'allOf', 'oneOf', 'if', 'then', 'else', 'additionalProperties'])
const KEY = 'idempotency_key'
const validators = new WeakMap<Schema, Validator>()

/** Every fault of an input by its contract's schema, one for each place, in the schema's order; none: it can be sent. */
export function faultsOf(schema: Schema, input: unknown): readonly Fault[] {
  const found = new Map<string, Fault>()
  for (const unit of validatorOf(schema).validate(input).errors) {
    for (const fault of faultsIn(schema, unit, input)) {
      if (!found.has(fault.path)) {
        found.set(fault.path, fault)
      }
    }
  }
  return [...found.values()]
}

/** The schema of what people fill in: the key that makes sending again harmless is chosen for them. */
export function withoutKey(schema: Schema): Schema {
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => name !== KEY)
  return { ...schema, properties: Object.fromEntries(properties), required: (schema.required ?? []).filter((name) => name !== KEY) }
}

function validatorOf(schema: Schema): Validator {
  const known = validators.get(schema)
  if (known !== undefined) {
    return known
  }
  const made = new Validator(schema, '2020-12', false)
  validators.set(schema, made)
  return made
}

function faultsIn(schema: Schema, unit: OutputUnit, input: unknown): readonly Fault[] {
  const path = pathOf(unit.instanceLocation)
  if (AROUND.has(unit.keyword)) {
    return []
  }
  if (unit.keyword === 'false') {
    return [{ path, says: words.otherKind }]
  }
  const part = path === '' ? schema : partAt(schema, path).schema
  if (unit.keyword === 'required') {
    const there = valueAt(input, path)
    const missing = (part.required ?? []).filter((name) => there === null || typeof there !== 'object' || !(name in there))
    return missing.map((name) => ({ path: path === '' ? name : `${path}.${name}`, says: words.missing }))
  }
  // Of something that may be null, that it is not null is no fault.
  if (unit.keyword === 'type' && part.type !== 'null' && unit.error.includes('Expected "null"')) {
    return []
  }
  return [{ path, says: sentence(unit.keyword, part) }]
}

function sentence(keyword: string, part: Schema): string {
  switch (keyword) {
    case 'minLength':
      return part.minLength === 1 ? words.missing : words.tooShort(part.minLength ?? 0)
    case 'maxLength':
      return words.tooLong(part.maxLength ?? 0)
    case 'minimum':
      return words.atLeast(part.minimum ?? 0)
    case 'maximum':
      return words.atMost(part.maximum ?? 0)
    case 'minItems':
      return words.atLeast(part.minItems ?? 0)
    case 'maxItems':
      return words.atMost(part.maxItems ?? 0)
    case 'type':
      return part.type === 'integer' ? words.wholeNumber : words.otherKind
    case 'enum':
    case 'const':
    case 'format':
      return words.choose
    case 'pattern':
      return words.characters
    default:
      return words.otherKind
  }
}

function pathOf(location: string): string {
  return location
    .split('/')
    .slice(1)
    .map((name) => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')
}

function valueAt(input: unknown, path: string): unknown {
  return path === '' ? input : path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], input)
}
