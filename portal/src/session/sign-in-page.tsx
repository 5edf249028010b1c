import { useActionState } from 'react'

import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { usePlatform } from '@/platform/context'
import { signIn } from '@/session/sign-in'
import { texts } from '@/texts'

interface Attempt {
  readonly email: string
  readonly refusal: string | null
}

/** Email and password, through Supabase Auth. */
export function SignInPage({ ended }: { ended: boolean }) {
  const { supabase } = usePlatform()
  const [attempt, submit, busy] = useActionState<Attempt, FormData>(
    async (_before, form) => {
      const email = entry(form, 'email').trim()
      return { email, refusal: await signIn(supabase, email, entry(form, 'password')) }
    },
    { email: '', refusal: null },
  )
  const notice = attempt.refusal ?? (ended && !busy ? texts.signIn.ended : null)
  return (
    <main id="content" className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-4 py-10">
      <title>{`${texts.signIn.title} · ${texts.product}`}</title>
      <div>
        <p className="text-sm text-muted-foreground">{texts.product}</p>
        <h1 className="text-2xl font-semibold">{texts.signIn.title}</h1>
      </div>
      <form action={submit} className="flex flex-col gap-4">
        <Field label={texts.signIn.email} name="email" type="email" autoComplete="username" defaultValue={attempt.email} autoFocus />
        <Field label={texts.signIn.password} name="password" type="password" autoComplete="current-password" />
        <div role="alert">{notice !== null && !busy && <Notice tone="bad">{notice}</Notice>}</div>
        <Button type="submit" tone="primary" disabled={busy}>
          {busy ? texts.signIn.busy : texts.signIn.submit}
        </Button>
      </form>
    </main>
  )
}

function entry(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
