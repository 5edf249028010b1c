import { useId } from 'react'
import { useFormContext, type FieldError } from 'react-hook-form'

import { Control } from '@/forms/control'
import { typed } from '@/forms/input'
import { partAt } from '@/forms/schema'
import { useSchema } from '@/forms/use-schema-form'
import { texts } from '@/texts'

/** One thing to choose. */
export interface Option {
  readonly value: string
  readonly name: string
}

interface SchemaFieldProps {
  /** Where the field is in the contract, such as `specification.run`. */
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** What there is to choose from; left out, the schema's own words, if it lists any. */
  readonly options?: readonly Option[]
  /** How a word of the schema is called. */
  readonly called?: (word: string) => string
  /** `code` is for scripts and names that machines read. */
  readonly kind?: 'text' | 'code' | 'email' | 'url'
}

/** A labelled field of a contract: its control, its limits and its faults follow from the schema. */
export function SchemaField({ name, label, hint, options, called, kind = 'text' }: SchemaFieldProps) {
  const id = useId()
  const { schema, required } = partAt(useSchema(), name)
  const { register, formState, getFieldState } = useFormContext()
  const fault = messageOf(getFieldState(name, formState).error)
  const choices = options ?? schema.enum?.map((word) => ({ value: String(word), name: called?.(String(word)) ?? String(word) }))
  // What has a default is never empty: leaving it as it is is a choice too.
  const mayBeEmpty = !required && (schema['default'] ?? undefined) === undefined
  const described = [hint === undefined ? null : `${id}-hint`, fault === undefined ? null : `${id}-fault`].filter((one) => one !== null)
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {mayBeEmpty && <span className="font-normal text-muted-foreground"> {texts.forms.optional}</span>}
      </label>
      <Control
        schema={schema}
        kind={kind}
        choices={choices}
        mayBeEmpty={mayBeEmpty}
        attributes={{
          id,
          'aria-required': required,
          'aria-invalid': fault !== undefined,
          'aria-describedby': described.length === 0 ? undefined : described.join(' '),
          ...register(name, { setValueAs: (text: unknown) => typed(schema, text) }),
        }}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-sm text-muted-foreground">
          {hint}
        </p>
      )}
      {fault !== undefined && (
        <p id={`${id}-fault`} role="alert" className="text-sm text-bad">
          {fault}
        </p>
      )}
    </div>
  )
}

// What is wrong with one of a list's items stands at the list.
function messageOf(error: FieldError | readonly (FieldError | undefined)[] | undefined): string | undefined {
  return [error].flat().find((one) => one !== undefined)?.message
}
