import { fromBase64, joined, textOf, utf8, type Bytes } from '@/proofs/bytes'
import { parsed } from '@/proofs/canonical'
import { isSignature, type PublicKey } from '@/proofs/keys'

/** A DSSE envelope: bytes, what they are, and the signatures over both. */
export interface Envelope {
  readonly payload: Bytes
  readonly payloadType: string
  readonly signatures: readonly Bytes[]
}

/** Anything that JSON calls an object. */
export type Members = Readonly<Record<string, unknown>>

const PAYLOAD_TYPE = 'application/vnd.in-toto+json'
const STATEMENT_TYPE = /^https:\/\/in-toto\.io\/Statement\/v1$/
const SIGNATURES_MAX = 16
const MEMBERS = ['payload', 'payloadType', 'signatures']

/** The envelope that the platform wrote, which is in its canonical form: those bytes are the leaf. null: it is none. */
export function parseEnvelope(text: string): Envelope | null {
  const document = membersOf(parsed(text))
  const { payload, payloadType, signatures } = document
  const bytes = typeof payload === 'string' ? fromBase64(payload) : null
  if (Object.keys(document).join() !== MEMBERS.join() || bytes === null || typeof payloadType !== 'string' || !Array.isArray(signatures)) {
    return null
  }
  const given = signatures.map((one) => {
    const { sig } = membersOf(one)
    return typeof sig === 'string' ? fromBase64(sig) : null
  })
  const isWhole = given.length > 0 && given.length <= SIGNATURES_MAX && given.every((one) => one !== null)
  return isWhole ? { payload: bytes, payloadType, signatures: given } : null
}

/** What is signed (DSSE 1.0): type and bytes cannot be shifted against each other. */
export function preAuthenticationEncoding(payloadType: string, payload: Bytes): Bytes {
  const kind = utf8(payloadType)
  return joined(utf8(`DSSEv1 ${kind.length} `), kind, utf8(` ${payload.length} `), payload)
}

/** Whether one of the signatures was made by the key, whatever key id it claims. */
export async function isEnvelopeSignedBy({ payload, payloadType, signatures }: Envelope, key: PublicKey): Promise<boolean> {
  const data = preAuthenticationEncoding(payloadType, payload)
  const made = await Promise.all(signatures.map((signature) => isSignature(key, signature, data)))
  return made.includes(true)
}

/** The in-toto statement in an envelope; null: it holds none. */
export function statementOf({ payload, payloadType }: Envelope): Members | null {
  const statement = membersOf(parsed(textOf(payload) ?? ''))
  const subjects = statement['subject']
  const isStatement =
    payloadType === PAYLOAD_TYPE &&
    typeof statement['_type'] === 'string' &&
    STATEMENT_TYPE.test(statement['_type']) &&
    typeof statement['predicateType'] === 'string' &&
    typeof statement['predicate'] === 'object' &&
    Array.isArray(subjects) &&
    subjects.length > 0
  return isStatement ? statement : null
}

/** The members of an object; of anything else none. */
export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {}
}
