import { useState } from 'react'

import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { useConnection } from '@/platform/context'
import { viewerOf } from '@/session/viewer'
import { texts } from '@/texts'

const words = texts.organizations

/** What somebody sees who is signed in and a member of no organization; `left` is the one that they were in until now. */
export function NoOrganization({ email, left, onSignOut }: { email: string; left: string | null; onSignOut: () => void }) {
  const { supabase } = useConnection()
  const [answer, setAnswer] = useState<{ is: 'asked' | 'told'; says: string } | null>(null)
  const look = async () => {
    setAnswer({ is: 'asked', says: '' })
    const { data } = await supabase.auth.refreshSession()
    if (data.session === null) {
      setAnswer({ is: 'told', says: words.unreachable })
    } else if (viewerOf(data.session).orgId === null) {
      setAnswer({ is: 'told', says: words.none.still })
    }
  }
  const isLooking = answer?.is === 'asked'
  return (
    <main id="content" className="mx-auto flex min-h-dvh w-full max-w-lg flex-col justify-center gap-5 px-4 py-10">
      <title>{`${words.none.title} · ${texts.product}`}</title>
      <div>
        <p className="text-sm text-muted-foreground">{texts.product}</p>
        <h1 className="text-2xl font-semibold">{words.none.title}</h1>
      </div>
      <p className="break-words">{left === null ? texts.session.signedInAs(email) : words.notMember(left)}</p>
      <p className="text-muted-foreground">{words.none.remedy}</p>
      <div role="status">{answer?.is === 'told' && <Notice tone="still">{answer.says}</Notice>}</div>
      <div className="flex flex-wrap gap-3">
        <Button tone="primary" disabled={isLooking} onClick={() => void look()}>
          {isLooking ? words.none.looking : words.none.again}
        </Button>
        <Button onClick={onSignOut}>{texts.session.signOut}</Button>
      </div>
    </main>
  )
}
