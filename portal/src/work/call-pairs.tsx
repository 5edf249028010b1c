import { useFieldArray, useFormContext } from 'react-hook-form'

import { Button } from '@/components/ui/button'
import { keepFocus } from '@/forms/keep-focus'
import { SchemaField } from '@/forms/schema-field'
import { texts } from '@/texts'
import type { NewCall } from '@/work/use-new-work'

const words = texts.work.call

interface CallPairsProps {
  readonly name: 'call.query' | 'call.headers'
  readonly words: { readonly title: string; readonly one: (number: number) => string; readonly add: string; readonly remove: (number: number) => string }
  readonly hint?: string
}

/** As many names with values as are wanted: the headers of a call, or the parameters of its query. */
export function CallPairs({ name, words: called, hint }: CallPairsProps) {
  const { control } = useFormContext<NewCall>()
  const { fields, append, remove } = useFieldArray({ control, name })
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-md border p-4">
      <legend className="px-1 text-sm font-medium">{called.title}</legend>
      {hint !== undefined && <p className="text-sm text-muted-foreground">{hint}</p>}
      {fields.map((field, at) => (
        <div key={field.id} role="group" aria-label={called.one(at + 1)} className="grid gap-3 sm:grid-cols-[1fr_2fr_auto] sm:items-start">
          <SchemaField name={`${name}.${at}.name`} label={words.name} kind="code" />
          <SchemaField name={`${name}.${at}.value`} label={words.value} kind="url" />
          <div className="sm:pt-6.5">
            <Button {...keepFocus} aria-label={called.remove(at + 1)} onClick={() => { remove(at) }}>
              {texts.work.remove}
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button {...keepFocus} onClick={() => { append({ name: '', value: '' }) }}>{called.add}</Button>
      </div>
    </fieldset>
  )
}
