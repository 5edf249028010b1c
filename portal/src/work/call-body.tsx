import { useEffect, useRef } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'

import { Button } from '@/components/ui/button'
import { keepFocus } from '@/forms/keep-focus'
import { SchemaField } from '@/forms/schema-field'
import { texts } from '@/texts'
import type { NewCall } from '@/work/use-new-work'

const words = texts.work.call

/** The body of a call, for methods that may have one; it comes back when the method allows one again. */
export function CallBody() {
  const { control, getValues, setValue, unregister } = useFormContext<NewCall>()
  const [method, body] = useWatch({ control, name: ['call.method', 'call.body'] })
  const mayHaveOne = method !== 'GET' && method !== 'HEAD'
  const aside = useRef<NewCall['call']['body']>(undefined)
  useEffect(() => {
    if (!mayHaveOne) {
      aside.current = getValues('call.body')
      unregister('call.body')
    } else if (aside.current) {
      setValue('call.body', aside.current)
    }
  }, [mayHaveOne, getValues, setValue, unregister])
  if (!mayHaveOne) {
    return null
  }
  if (body === undefined || body === null) {
    return (
      <div>
        <Button {...keepFocus} onClick={() => { setValue('call.body', { media_type: 'application/json', text: '' }) }}>{words.addBody}</Button>
      </div>
    )
  }
  return (
    <fieldset className="flex min-w-0 flex-col gap-4 rounded-md border p-4">
      <legend className="px-1 text-sm font-medium">{words.body}</legend>
      <SchemaField name="call.body.media_type" label={words.mediaType} kind="code" />
      <SchemaField name="call.body.text" label={words.text} kind="code" />
      <div>
        <Button {...keepFocus} onClick={() => { unregister('call.body') }}>{words.removeBody}</Button>
      </div>
    </fieldset>
  )
}
