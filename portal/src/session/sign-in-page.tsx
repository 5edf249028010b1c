import { SignInForm } from '@/session/sign-in-form'
import { texts } from '@/texts'

/** Where somebody whom nobody knows signs in. */
export function SignInPage() {
  return (
    <main id="content" className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-4 py-10">
      <title>{`${texts.signIn.title} · ${texts.product}`}</title>
      <div>
        <p className="text-sm text-muted-foreground">{texts.product}</p>
        <h1 className="text-2xl font-semibold">{texts.signIn.title}</h1>
      </div>
      <SignInForm email="" notice={null} />
    </main>
  )
}
