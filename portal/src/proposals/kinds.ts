import { proposalKindsTexts } from '@/texts/proposal-kinds'

const words = proposalKindsTexts.procedure

/** A name with its value: a header, or a parameter of a query. */
export interface Pair {
  readonly name: string
  readonly value: string
}

/** The payload of a proposal of kind `endpoint_call`. */
export interface Call {
  readonly method: string
  readonly path: string
  readonly query: readonly Pair[]
  readonly headers: readonly Pair[]
  readonly body: { readonly mediaType: string; readonly text: string } | null
  readonly expectStatus: readonly number[]
  readonly idempotencyHeader: string | null
  readonly timeoutMs: number
  readonly why: string
}

/** The payload of a proposal of kind `browser_procedure`, in words. */
export interface Procedure {
  readonly steps: readonly string[]
  readonly observed: readonly string[]
  readonly why: string
}

/** A call, whatever came over the wire. */
export function callOf(payload: unknown): Call {
  const from = members(payload)
  const body = from['body'] === null || from['body'] === undefined ? null : members(from['body'])
  return {
    method: text(from['method']),
    path: text(from['path']),
    query: list(from['query']).map(pairOf),
    headers: list(from['headers']).map(pairOf),
    body: body === null ? null : { mediaType: text(body['media_type']), text: text(body['text']) },
    expectStatus: list(from['expect_status']).map(whole),
    idempotencyHeader: text(from['idempotency_header']) || null,
    timeoutMs: whole(from['timeout_ms']),
    why: text(from['why']),
  }
}

/** A procedure, whatever came over the wire. */
export function procedureOf(payload: unknown): Procedure {
  const from = members(payload)
  return { steps: list(from['steps']).map(stepInWords), observed: list(from['observed']).map(stepInWords), why: text(from['why']) }
}

/** Where a call goes: below the URL of the endpoint's contract, the one for machines where there is one. */
export function urlOf(endpoint: { readonly public_url: string; readonly executor_url: string | null }, call: Call): string {
  const query = call.query.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
  return `${(endpoint.executor_url ?? endpoint.public_url).replace(/\/+$/, '')}${call.path}${query === '' ? '' : `?${query}`}`
}

/** JSON as people lay it out; null for what is none. */
export function laidOut(body: string): string | null {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return null
  }
}

/** One step of a procedure as a sentence. */
export function stepInWords(given: unknown): string {
  const step = members(given)
  const target = targetInWords(members(step['target']))
  switch (step['step']) {
    case 'open':
      return words.open(text(step['path']))
    case 'click':
      return words.click(target)
    case 'fill':
      return words.fill(target, text(step['text']))
    case 'fill_secret':
      return words.fillSecret(target, text(step['secret_contract']))
    case 'choose':
      return words.choose(target, text(step['option']))
    case 'press':
      return words.press(text(step['keys']))
    case 'wait_for':
      return words.waitFor(target, whole(step['timeout_ms']))
    case 'expect':
      return words.expect(target, text(step['text']))
    default:
      return words.other(text(step['step']))
  }
}

function targetInWords(target: Readonly<Record<string, unknown>>): string {
  const name = text(target['name'])
  return target['kind'] === 'label' ? words.field(name) : words.element(text(target['kind']), name)
}

function pairOf(given: unknown): Pair {
  const pair = members(given)
  return { name: text(pair['name']), value: text(pair['value']) }
}

/** The members of an object; none of what is no object. */
export function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** A text; empty for what is none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A number; 0 for what is none. */
export function whole(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
