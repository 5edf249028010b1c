import type { SupabaseClient } from '@supabase/supabase-js'

import type { TypedDocumentString } from '@/__generated__/graphql'
import type { Fault } from '@/forms/faults'
import type { Settings } from '@/platform/settings'
import { viewerOf } from '@/session/viewer'

/** Why a question got no answer; `texts` has a sentence for each. */
export type FailureReason = 'unreachable' | 'unwell' | 'noOrganization' | 'signedOut' | 'refused' | 'switched'

/** The GraphQL server gave no data; the message is for developers, the reason chooses what people read. */
export class GraphqlFailure extends Error {
  constructor(
    readonly reason: FailureReason,
    message: string,
    /** The places of an action's input that the platform refuses. */
    readonly faults: readonly Fault[] = [],
  ) {
    super(message)
  }
}

/** Why a question got no answer, whatever was thrown. */
export function reasonOf(error: unknown): FailureReason {
  return error instanceof GraphqlFailure ? error.reason : 'refused'
}

/** Whether the same question may be answered a little later, although nobody changed anything. */
export function mayPassLater(reason: FailureReason): boolean {
  return reason === 'unreachable' || reason === 'unwell'
}

/**
 * Asks a question written with `graphql()` as whoever is signed in; the answer's `data`, typed by the question, which
 * also says which variables must be given. Throws `GraphqlFailure`.
 */
export type Ask = <Data, Variables>(question: TypedDocumentString<Data, Variables>, ...given: Given<Variables>) => Promise<Data>

/** A question without required variables may be asked without any. */
type Given<Variables> = Record<string, never> extends Variables ? [variables?: Variables] : [variables: Variables]

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string; readonly faults?: readonly Fault[] } }[]
}

const TIME_LIMIT_MS = 20_000
const REASON_BY_CODE: Readonly<Record<string, FailureReason>> = {
  'invalid-jwt': 'signedOut',
  'jwt-missing-role-claims': 'noOrganization',
  'jwt-invalid-claims': 'noOrganization',
  // The engine answers, and what stands behind it does not: whether anything happened is not known.
  'postgres-error': 'unwell',
  unexpected: 'unwell',
  'internal-error': 'unwell',
  timeout: 'unwell',
  busy: 'unwell',
}

/**
 * A way to ask the GraphQL server within one organization, with the session's token of the moment. Another window may
 * have switched the session that they share: what one organization's page asks is never answered out of the other.
 */
export function connectGraphql(settings: Settings, supabase: SupabaseClient, orgId: string): Ask {
  const attempt = async (body: { readonly query: string; readonly variables: unknown }) => {
    const { data } = await supabase.auth.getSession()
    if (data.session === null) {
      throw new GraphqlFailure('signedOut', 'there is no session')
    }
    if (viewerOf(data.session).orgId !== orgId) {
      throw new GraphqlFailure('switched', 'the session is of another organization')
    }
    return dataOf(await post(settings.graphqlUrl, data.session.access_token, body))
  }
  const attemptTwice = async (body: { readonly query: string; readonly variables: unknown }) => {
    try {
      return await attempt(body)
    } catch (error) {
      if (!(error instanceof GraphqlFailure && error.reason === 'signedOut')) {
        throw error
      }
      // The clocks of this machine and of the server may differ: a token that looks good here may be over there.
      await supabase.auth.refreshSession()
      return attempt(body)
    }
  }
  // The answer to a question that fits the schema has the shape that the schema promises.
  return async <Data, Variables>(question: TypedDocumentString<Data, Variables>, ...[variables]: Given<Variables>) =>
    (await attemptTwice({ query: question.toString(), variables })) as Data
}

async function post(url: string, token: string, body: unknown): Promise<Answer> {
  let answer: Response
  try {
    answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    })
  } catch (error) {
    throw new GraphqlFailure('unreachable', String(error))
  }
  try {
    return (await answer.json()) as Answer
  } catch {
    throw new GraphqlFailure('unreachable', `the answer is no JSON (HTTP ${answer.status})`)
  }
}

function dataOf(answer: Answer): unknown {
  const error = answer.errors?.[0]
  if (error !== undefined) {
    throw new GraphqlFailure(REASON_BY_CODE[error.extensions?.code ?? ''] ?? 'refused', error.message, error.extensions?.faults)
  }
  if (!answer.data) {
    throw new GraphqlFailure('unreachable', 'the answer has no data')
  }
  return answer.data
}
