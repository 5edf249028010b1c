import { Dialog as Radix } from 'radix-ui'

import { Button } from '@/components/ui/button'
import { SignInForm } from '@/session/sign-in-form'
import { texts } from '@/texts'

/** Signing in again above the page, which stays as it is with all that was typed into it. */
export function SessionEnded({ email, onSignOut }: { email: string; onSignOut: () => void }) {
  return (
    <Radix.Root open>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-background/80" />
        <Radix.Content
          onEscapeKeyDown={(event) => {
            event.preventDefault()
          }}
          className="fixed top-1/2 left-1/2 z-50 flex max-h-[95dvh] w-[calc(100vw-2rem)] max-w-sm -translate-1/2 flex-col gap-4 overflow-y-auto rounded-lg border bg-card p-5 shadow-xl outline-none"
        >
          <Radix.Title className="text-lg font-semibold">{texts.signIn.title}</Radix.Title>
          <Radix.Description className="text-sm text-muted-foreground">{texts.signIn.keptWhileAway}</Radix.Description>
          <SignInForm email={email} notice={texts.signIn.ended} />
          <Button onClick={onSignOut}>{texts.signIn.asSomeoneElse}</Button>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
