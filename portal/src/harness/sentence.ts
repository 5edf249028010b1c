import type { HarnessEvent } from '@/harness/events'
import { texts } from '@/texts'
import { eventSentences, type Said } from '@/texts/events'

type Data = Readonly<Record<string, unknown>>

/** The data lacks what the sentence of its type tells of. */
class Unsaid extends Error {}

/** What happened, in words for people; of an unknown type, or of large data, its type. */
export function sentenceOf({ type, data, sizeBytes }: HarnessEvent): string {
  const sentence = Object.hasOwn(eventSentences, type) ? eventSentences[type] : undefined
  if (sentence !== undefined && data !== null) {
    try {
      return sentence(said(data))
    } catch (error) {
      if (!(error instanceof Unsaid)) {
        throw error
      }
    }
  }
  return texts.harness.events.unknown(type, sizeBytes)
}

function said(data: Data): Said {
  return {
    text: (name) => member(data, name, 'string'),
    count: (name) => member(data, name, 'number'),
    is: (name) => data[name] === true,
    maybe: (name) => (typeof data[name] === 'string' ? data[name] : ''),
  }
}

function member(data: Data, name: string, type: 'string'): string
function member(data: Data, name: string, type: 'number'): number
function member(data: Data, name: string, type: 'string' | 'number'): unknown {
  const value = Object.hasOwn(data, name) ? data[name] : undefined
  if (typeof value !== type) {
    throw new Unsaid(name)
  }
  return value
}

/** Which events stand out, and how. */
const LOOKS: readonly (readonly [RegExp, EventLook])[] = [
  [/(Failed|Rejected|Cancelled|Abandoned)$/, 'bad'],
  [/(Succeeded|Activated|ProofRecorded|Approved)$/, 'good'],
  [/(ProposalSubmitted|RecoveryOpened)$/, 'waiting'],
]

export type EventLook = 'bad' | 'good' | 'waiting' | 'still'

/** How an event of the type looks among the others. */
export function lookOf({ type, data }: HarnessEvent): EventLook {
  if (type === 'OnboardingCheckFinished') {
    return data?.['state'] === 'failed' ? 'bad' : 'good'
  }
  return LOOKS.find(([pattern]) => pattern.test(type))?.[1] ?? 'still'
}
