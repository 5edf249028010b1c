import type { Schema } from '@cfworker/json-schema'
import { createContext, useContext, useMemo } from 'react'
import { set, useForm, type DefaultValues, type FieldErrors, type FieldValues, type UseFormReturn } from 'react-hook-form'

import { faultsOf, withoutKey } from '@/forms/faults'
import { inputOf } from '@/forms/input'

/** A form over one contract; `schema` is the contract's, without the idempotency key. */
export interface SchemaForm<Values extends FieldValues> {
  readonly schema: Schema
  readonly form: UseFormReturn<Values, unknown, Values>
}

/**
 * A form that is checked by the JSON Schema of the contract that the server checks with. What is submitted has the
 * contract's shape. Faults are told once a field was left, and from then on as it is typed in.
 */
export function useSchemaForm<Values extends FieldValues>(contract: object, defaults: DefaultValues<Values>): SchemaForm<Values> {
  const schema = useMemo(() => withoutKey(contract), [contract])
  const form = useForm<Values, unknown, Values>({
    mode: 'onTouched',
    defaultValues: defaults,
    resolver: (values) => {
      const input = inputOf(values)
      const faults = faultsOf(schema, input)
      if (faults.length === 0) {
        return { values: input as Values, errors: {} }
      }
      const errors: FieldErrors<Values> = {}
      for (const { path, says } of faults) {
        set(errors, path, { type: 'schema', message: says })
      }
      return { values: {}, errors }
    },
  })
  return { schema, form }
}

/** The schema of the form around a field. */
export const SchemaContext = createContext<Schema | null>(null)

/** The schema of the form around. */
export function useSchema(): Schema {
  const schema = useContext(SchemaContext)
  if (schema === null) {
    throw new Error('a field stands inside a form')
  }
  return schema
}
