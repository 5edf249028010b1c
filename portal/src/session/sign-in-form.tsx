import { useActionState } from 'react'

import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { useConnection } from '@/platform/context'
import { signIn } from '@/session/sign-in'
import { texts } from '@/texts'

interface Attempt {
  readonly email: string
  readonly refusal: string | null
}

/** Email and password, through Supabase Auth. `notice` stands there until the first attempt. */
export function SignInForm({ email, notice }: { email: string; notice: string | null }) {
  const { supabase } = useConnection()
  const [attempt, submit, busy] = useActionState<Attempt, FormData>(
    async (_before, form) => {
      const typed = entry(form, 'email').trim()
      return { email: typed, refusal: await signIn(supabase, typed, entry(form, 'password')) }
    },
    { email, refusal: notice },
  )
  return (
    <form action={submit} className="flex flex-col gap-4">
      <Field
        label={texts.signIn.email}
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={attempt.email}
        autoFocus={email === ''}
      />
      <Field label={texts.signIn.password} name="password" type="password" autoComplete="current-password" autoFocus={email !== ''} />
      <div role="alert">{attempt.refusal !== null && !busy && <Notice tone="bad">{attempt.refusal}</Notice>}</div>
      <Button type="submit" tone="primary" disabled={busy}>
        {busy ? texts.signIn.busy : texts.signIn.submit}
      </Button>
    </form>
  )
}

function entry(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
