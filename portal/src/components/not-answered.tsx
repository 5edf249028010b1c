import { NotFound } from '@/components/not-found'
import { NotRead } from '@/components/not-read'
import type { FailureReason } from '@/platform/graphql'

/** What stands at the address of one thing that could not be read. */
export function NotAnswered({ what, reason, onTryAgain }: { what: string; reason: FailureReason; onTryAgain: () => void }) {
  // An address that names nothing is refused by the platform as a question: for people, there is nothing at it.
  return reason === 'refused' ? <NotFound /> : <NotRead what={what} reason={reason} onTryAgain={onTryAgain} />
}
