import type { Schema } from '@cfworker/json-schema'
import type { ComponentProps } from 'react'
import type { UseFormRegisterReturn } from 'react-hook-form'

import type { Option } from '@/forms/schema-field'
import { texts } from '@/texts'

interface ControlProps {
  readonly schema: Schema
  readonly kind: 'text' | 'code' | 'email' | 'url'
  readonly choices: readonly Option[] | undefined
  /** Whether choosing nothing is a choice. */
  readonly mayBeEmpty: boolean
  readonly attributes: UseFormRegisterReturn & Pick<ComponentProps<'input'>, 'id' | 'aria-required' | 'aria-invalid' | 'aria-describedby'>
}

// Longer than this is written on several lines.
const LINE_MAX = 300
const LOOK = 'rounded-md border border-input bg-background px-3 text-base aria-invalid:border-bad'

/** What a value of this schema is put in with. */
export function Control({ schema, kind, choices, mayBeEmpty, attributes }: ControlProps) {
  if (choices !== undefined) {
    return (
      <select {...attributes} className={`min-h-10 ${LOOK}`}>
        {(mayBeEmpty || (schema['default'] ?? undefined) === undefined) && <option value="">{mayBeEmpty ? texts.forms.none : texts.forms.choose}</option>}
        {choices.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    )
  }
  const limits = schema.maxLength === undefined ? {} : { maxLength: schema.maxLength }
  const asCode = kind === 'code' ? { spellCheck: false, autoCapitalize: 'none', autoCorrect: 'off' } : {}
  const face = kind === 'code' ? 'font-mono text-sm' : ''
  if (schema.type === 'string' && (schema.maxLength ?? 0) > LINE_MAX && kind !== 'url' && kind !== 'email') {
    return <textarea {...attributes} {...limits} {...asCode} rows={4} className={`py-2 ${LOOK} ${face}`} />
  }
  const isNumber = schema.type === 'integer' || schema.type === 'number'
  // Not of type number or url: browsers hide what they cannot read in such fields, and we would rather show it with its fault.
  return (
    <input
      {...attributes}
      {...limits}
      {...asCode}
      type="text"
      inputMode={isNumber ? 'numeric' : kind === 'email' || kind === 'url' ? kind : undefined}
      autoComplete="off"
      className={`min-h-10 ${LOOK} ${face}`}
    />
  )
}
