import { useQuery } from '@tanstack/react-query'

import type { ProofPageOfQuery } from '@/__generated__/graphql'
import { usePlatform } from '@/platform/context'
import { reasonOf } from '@/platform/graphql'
import { examine } from '@/proofs/examine'
import type { AskPath } from '@/proofs/growth'
import { forget } from '@/proofs/memory'
import { CONSISTENCY } from '@/proofs/questions'
import { useViewer } from '@/session/viewer'

/** What this browser finds out about the proof, and a way to trust what it sees from now on. */
export function useExamined(answer: ProofPageOfQuery) {
  const { ask } = usePlatform()
  const { orgId } = useViewer()
  const origin = `fractalops.dev/log/${orgId ?? ''}`
  const askPath: AskPath = async (from, to) => {
    try {
      return (await ask(CONSISTENCY, { from, to })).log_consistency.path
    } catch (error) {
      return reasonOf(error) === 'refused' ? 'refused' : 'unasked'
    }
  }
  const { data, refetch } = useQuery({
    queryKey: ['proof examined', origin, answer.verify_proof],
    queryFn: () => examine(answer, origin, localStorage, askPath),
    staleTime: Infinity,
  })
  const trust = () => {
    forget(localStorage, origin)
    void refetch()
  }
  return { examined: data, trust }
}
