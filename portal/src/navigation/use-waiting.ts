import { useLive } from '@/harnesses/live-context'

/** How many harnesses wait for an answer now, as the one live read says. */
export function useWaiting(): number {
  let count = 0
  for (const { recoveryCaseId } of useLive().rows.values()) {
    count += recoveryCaseId === null ? 0 : 1
  }
  return count
}
