import type { ReactNode } from 'react'

import { Button } from '@/components/ui/button'
import { texts } from '@/texts'

/** What stands around every page of someone who is signed in. */
export function Shell({ email, onSignOut, children }: { email: string; onSignOut: () => void; children: ReactNode }) {
  return (
    <div className="min-h-dvh">
      <a
        href="#content"
        className="sr-only rounded-md bg-card px-4 py-2 text-sm focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {texts.skipToContent}
      </a>
      <header className="border-b bg-card">
        <div className="mx-auto flex max-w-4xl items-center justify-between gap-4 px-4 py-2">
          <span className="font-semibold">{texts.product}</span>
          <div className="flex min-w-0 items-center gap-3">
            <span className="truncate text-sm text-muted-foreground" title={texts.session.signedInAs(email)}>
              {email}
            </span>
            <span className="shrink-0">
              <Button onClick={onSignOut}>{texts.session.signOut}</Button>
            </span>
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto max-w-4xl px-4 py-6 outline-none">
        {children}
      </main>
    </div>
  )
}
