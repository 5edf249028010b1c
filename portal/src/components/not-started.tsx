import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { texts } from '@/texts'

/** What stands there when the portal's own server gave no settings. */
export function NotStarted({ onTryAgain }: { onTryAgain: () => void }) {
  return (
    <main className="mx-auto flex max-w-xl flex-col items-start gap-4 px-4 py-10">
      <h1 className="text-2xl font-semibold">{texts.product}</h1>
      <div role="alert" className="w-full">
        <Notice tone="bad">
          <p className="font-medium">{texts.starting.failed}</p>
          <p>{texts.starting.failedRemedy}</p>
        </Notice>
      </div>
      <Button onClick={onTryAgain}>{texts.tryAgain}</Button>
    </main>
  )
}
