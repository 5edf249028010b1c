import type { Schema } from '@cfworker/json-schema'

/** What was typed into a field as the value that its schema asks for, a list with commas; nothing typed is undefined. */
export function typed(schema: Schema, text: unknown): unknown {
  if (typeof text !== 'string') {
    return text ?? undefined
  }
  if (text.trim() === '') {
    return undefined
  }
  if (schema.type === 'array') {
    return text.split(',').map((one) => typed(itemOf(schema), one.trim()) ?? '')
  }
  if (schema.type === 'integer' || schema.type === 'number') {
    const number = Number(text)
    return Number.isNaN(number) ? text : number
  }
  return text
}

function itemOf({ items }: Schema): Schema {
  return typeof items === 'object' && !Array.isArray(items) ? items : {}
}

/** The input that a form's values make: what was left empty is left out, at every depth. */
export function inputOf(values: unknown): unknown {
  if (Array.isArray(values)) {
    return values.map(inputOf)
  }
  if (values === null || typeof values !== 'object') {
    return values
  }
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .map(([name, value]) => [name, inputOf(value)]),
  )
}
