import { useEffect, type ReactNode } from 'react'
import { FormProvider, type FieldValues, type Path } from 'react-hook-form'

import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Fault } from '@/forms/faults'
import { keepFocus } from '@/forms/keep-focus'
import { SchemaContext, type SchemaForm as Form } from '@/forms/use-schema-form'
import { texts } from '@/texts'

interface SchemaFormProps<Values extends FieldValues> {
  /** What the form is called. */
  readonly label: string
  readonly form: Form<Values>
  readonly submit: string
  /** How sending it stands: what `useAction` gives. */
  readonly action: { readonly busy: boolean; readonly refusal: string | null; readonly faults: readonly Fault[] }
  readonly onSubmit: (input: Values) => void
  readonly children: ReactNode
}

/** The form around its fields: nothing is sent that the schema refuses, and what the server refuses stands beside its field. */
export function SchemaForm<Values extends FieldValues>({ label, form, submit, action, onSubmit, children }: SchemaFormProps<Values>) {
  const { setError, handleSubmit } = form.form
  const { faults } = action
  useEffect(() => {
    for (const fault of faults) {
      setError(fault.path as Path<Values>, { type: 'server', message: fault.says })
    }
  }, [faults, setError])
  return (
    <SchemaContext value={form.schema}>
      <FormProvider {...form.form}>
        <form
          noValidate
          aria-label={label}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            void handleSubmit((input) => {
              onSubmit(input)
            })(event)
          }}
        >
          {children}
          {action.refusal !== null && (
            <div role="alert">
              <Notice tone="bad">{action.refusal}</Notice>
            </div>
          )}
          <div>
            <Button {...keepFocus} type="submit" tone="primary" disabled={action.busy}>
              {action.busy ? texts.forms.sending : submit}
            </Button>
          </div>
        </form>
      </FormProvider>
    </SchemaContext>
  )
}
