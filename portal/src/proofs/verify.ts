import { fromHex, utf8, type Bytes } from '@/proofs/bytes'
import { isSignedBy, parseCheckpoint, type Checkpoint } from '@/proofs/checkpoint'
import { isEnvelopeSignedBy, membersOf, parseEnvelope, statementOf, type Envelope, type Members } from '@/proofs/envelope'
import { publicKeyOf, type PublicKey } from '@/proofs/keys'
import { includes, leafHash } from '@/proofs/merkle'

/** What is checked about a proof by itself, in this order. */
export const CHECKS = ['key', 'envelope', 'signature', 'statement', 'bundle', 'checkpoint', 'inclusion'] as const

/** One thing that was checked. */
export interface Check {
  readonly name: (typeof CHECKS)[number]
  readonly holds: boolean
}

/** All that verifies one proof offline, as the platform or a file gives it. */
export interface Bundle {
  readonly execution_id: string
  readonly outcome: string
  readonly envelope: string
  readonly leaf_index: number
  readonly tree_size: number
  readonly inclusion_path: readonly string[]
  readonly checkpoint: string
  readonly public_key_pem: string
}

/** What came of verifying; `statement` and `checkpoint` are given only if the key signed them, and `key` if it is one. */
export interface Verified {
  readonly checks: readonly Check[]
  readonly statement: Members | null
  readonly checkpoint: Checkpoint | null
  readonly key: PublicKey | null
}

/** What holds about the proof in the log of that name. Nothing is fetched, and nothing that the platform concluded counts. */
export async function verify(bundle: Bundle, origin: string): Promise<Verified> {
  const key = await publicKeyOf(bundle.public_key_pem)
  const envelope = parseEnvelope(bundle.envelope)
  const isSigned = key !== null && envelope !== null && (await isEnvelopeSignedBy(envelope, key))
  const statement = envelope && statementOf(envelope)
  const checkpoint = key && (await believedHead(bundle.checkpoint, key, origin))
  const holds: Readonly<Record<Check['name'], boolean>> = {
    key: key !== null,
    envelope: envelope !== null,
    signature: isSigned,
    statement: statement !== null,
    bundle: statement !== null && saysWhatWasSigned(bundle, statement, origin),
    checkpoint: checkpoint !== null,
    inclusion: await isIncluded(bundle, envelope, checkpoint),
  }
  return { checks: CHECKS.map((name) => ({ name, holds: holds[name] })), statement: isSigned ? statement : null, checkpoint, key }
}

/** The checkpoint in a signed note, if the key signed it in the name of that log. */
export async function believedHead(note: string, key: PublicKey, origin: string): Promise<Checkpoint | null> {
  const signed = parseCheckpoint(note)
  const isBelieved = signed?.checkpoint.origin === origin && (await isSignedBy(signed, key))
  return isBelieved ? signed.checkpoint : null
}

/** The hashes of a path written in hexadecimal; null: one is not. */
export function pathOf(written: readonly string[]): readonly Bytes[] | null {
  const path = written.map(fromHex)
  return path.every((hash) => hash !== null) ? path : null
}

async function isIncluded(bundle: Bundle, envelope: Envelope | null, head: Checkpoint | null): Promise<boolean> {
  const path = pathOf(bundle.inclusion_path)
  if (envelope === null || head?.size !== bundle.tree_size || path === null) {
    return false
  }
  // An envelope is parsed only from its canonical form, so its text is the leaf.
  const leaf = await leafHash(utf8(bundle.envelope))
  return includes({ index: bundle.leaf_index, size: head.size, leaf, path, root: head.root })
}

function saysWhatWasSigned(bundle: Bundle, statement: Members, origin: string): boolean {
  const predicate = membersOf(statement['predicate'])
  const execution = membersOf(predicate['execution'])
  const isOfLog = typeof predicate['organization'] === 'string' && origin.endsWith(`/${predicate['organization']}`)
  return isOfLog && execution['id'] === bundle.execution_id && execution['outcome'] === bundle.outcome
}
