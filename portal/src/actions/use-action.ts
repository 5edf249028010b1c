import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'

import type { TypedDocumentString } from '@/__generated__/graphql'
import type { Fault } from '@/forms/faults'
import { usePlatform } from '@/platform/context'
import { GraphqlFailure } from '@/platform/graphql'
import { queries } from '@/platform/queries'
import { texts } from '@/texts'

const NO_FAULTS: readonly Fault[] = []

/** What a mutation takes beside the key that makes sending it again harmless. */
type Given<Input> = Omit<Input, 'idempotency_key'>

/**
 * A mutation of the platform. Sent again with the same input after no answer came, it bears the same key, so that it
 * happens once; what was read is read anew once it is done. `refusal` is the platform's sentence.
 */
export function useAction<Data, Input extends { idempotency_key: string }>(mutation: TypedDocumentString<Data, { input: Input }>) {
  const { ask } = usePlatform()
  const unanswered = useRef<{ readonly said: string; readonly key: string } | null>(null)
  const { mutateAsync, isPending, error, reset } = useMutation({
    mutationFn: async (given: Given<Input>) => {
      const said = JSON.stringify(given)
      const key = unanswered.current?.said === said ? unanswered.current.key : crypto.randomUUID()
      unanswered.current = { said, key }
      const variables = { input: { ...given, idempotency_key: key } as Input }
      const answer = await (ask as (question: typeof mutation, variables: { input: Input }) => Promise<Data>)(mutation, variables)
      unanswered.current = null
      return answer
    },
    onError: (failure) => {
      if (failure instanceof GraphqlFailure && failure.reason === 'refused') {
        unanswered.current = null
      }
    },
    onSettled: () => {
      void queries.invalidateQueries()
    },
  })
  const answerTo = (given: Given<Input>): Promise<Data | null> => mutateAsync(given).then((answer) => answer, () => null)
  return {
    /** Whether it happened; why not is then in `refusal`. */
    act: async (given: Given<Input>): Promise<boolean> => (await answerTo(given)) !== null,
    /** What was answered; null: it did not happen, and why not is in `refusal`. */
    answerTo,
    busy: isPending,
    /** Drop the last refusal, as when somebody begins anew. */
    forget: reset,
    refusal: error === null ? null : sentenceOf(error),
    /** The places of the input that the refusal is about. */
    faults: error instanceof GraphqlFailure ? error.faults : NO_FAULTS,
  }
}

function sentenceOf(error: Error): string {
  if (!(error instanceof GraphqlFailure)) {
    return texts.failedBecause.refused
  }
  return error.reason === 'refused' ? error.message : texts.failedBecause[error.reason]
}
