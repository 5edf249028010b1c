import type { Schema } from '@cfworker/json-schema'

import type { RecoveryCaseQuery } from '@/__generated__/graphql'
import { texts } from '@/texts'

/** A recovery case as the platform tells it. */
export type Case = RecoveryCaseQuery['recovery_case'][number]

/** The states of the two ways to see the list. */
export const STATES = { open: ['open'], all: ['open', 'resolved', 'abandoned'] } as const

/** What was seen: the sentence, and each fact with its name. */
export interface Seen {
  readonly says: string
  readonly facts: readonly { readonly name: string; readonly value: string }[]
}

/** What was seen, for people: ids are left out, what is not known too. */
export function seenOf(seen: unknown): Seen {
  const from = members(seen)
  const facts = Object.entries(texts.recovery.facts).flatMap(([key, name]) => {
    const value = from[key]
    return typeof value === 'string' || typeof value === 'number' ? [{ name, value: String(value) }] : []
  })
  return { says: text(from['says']), facts }
}

/** What is wanted: the sentence, and the schema of the action's input that holds the answer. */
export interface Wanted {
  readonly says: string
  /** Under `answer`, as the action takes it, so that the server's faults find their fields. */
  readonly schema: Schema
  /** The fields of the answer, in their order. */
  readonly fields: readonly { readonly path: string; readonly label: string; readonly hint: string | undefined }[]
}

/** What is wanted in a case. */
export function wantedOf(wanted: unknown): Wanted {
  const from = members(wanted)
  const answer = members(from['answer_schema']) as Schema
  const fields = Object.entries(answer.properties ?? {}).map(([name, part]) => {
    const { title, description } = members(part)
    return { path: `answer.${name}`, label: text(title) === '' ? name : text(title), hint: typeof description === 'string' ? description : undefined }
  })
  return { says: text(from['says']), schema: { type: 'object', properties: { answer }, required: ['answer'] }, fields }
}

/** What was answered: the choice and the note; null, if nothing was. */
export function answerOf(answer: unknown): { readonly choice: string; readonly note: string | null } | null {
  const from = members(answer)
  const choice = from['choice']
  return typeof choice === 'string' ? { choice, note: typeof from['note'] === 'string' ? from['note'] : null } : null
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
