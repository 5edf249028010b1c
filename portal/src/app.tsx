import { Shell } from '@/components/shell'
import { HarnessesPage } from '@/harnesses/harnesses-page'
import { SignInPage } from '@/session/sign-in-page'
import { useSession } from '@/session/use-session'
import { texts } from '@/texts'

/** The portal: who nobody knows signs in, who is known sees the organization's harnesses. */
export function App() {
  const { state, signOut } = useSession()
  switch (state.is) {
    case 'unknown':
      return <p className="p-4 text-sm text-muted-foreground">{texts.starting.loading}</p>
    case 'none':
    case 'ended':
      return <SignInPage ended={state.is === 'ended'} />
    case 'open': {
      const { id, email } = state.session.user
      return (
        <Shell email={email ?? ''} onSignOut={signOut}>
          <HarnessesPage key={id} />
        </Shell>
      )
    }
  }
}
