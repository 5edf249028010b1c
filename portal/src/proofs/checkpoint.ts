import { equal, fromBase64, joined, sha256, utf8, type Bytes } from '@/proofs/bytes'
import { isSignature, type PublicKey } from '@/proofs/keys'

/** The head of a log: the log's name, how many leaves it has, and their root. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Bytes
}

/** A checkpoint as it came, not yet believed. */
export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint
  readonly signedBytes: Bytes
  readonly signatures: readonly { readonly name: string; readonly blob: Bytes }[]
}

const SIZE = /^(?:0|[1-9][0-9]{0,15})$/
const SIGNATURE_LINE = /^\u2014 (\S+) (\S+)$/
const SIGNATURES_MAX = 16
const HASH_BYTES = 32
const KEY_HASH_BYTES = 4
// The byte of Ed25519 in the key hash of a signed note.
const ED25519 = Uint8Array.of(1)

/** The checkpoint and the signatures in a signed note (C2SP signed-note, tlog-checkpoint); null: it is none. */
export function parseCheckpoint(note: string): SignedCheckpoint | null {
  const blank = note.lastIndexOf('\n\n')
  if (blank < 0 || !note.endsWith('\n') || /\p{Surrogate}/u.test(note)) {
    return null
  }
  const text = note.slice(0, blank)
  const [origin, size, root] = text.split('\n')
  const rootHash = fromBase64(root ?? '')
  const signatures = note.slice(blank + 2, -1).split('\n').slice(0, SIGNATURES_MAX).map(signatureOf)
  const isWhole = origin !== undefined && /^[^\s+]+$/.test(origin) && size !== undefined && SIZE.test(size)
  if (!isWhole || rootHash?.length !== HASH_BYTES || !signatures.every((one) => one !== null)) {
    return null
  }
  return { checkpoint: { origin, size: Number(size), root: rootHash }, signedBytes: utf8(`${text}\n`), signatures }
}

/** Whether a signature in the log's own name was made by the key. */
export async function isSignedBy({ checkpoint, signedBytes, signatures }: SignedCheckpoint, key: PublicKey): Promise<boolean> {
  const name = utf8(`${checkpoint.origin}\n`)
  const keyHash = (await sha256(joined(name, ED25519, key.raw))).slice(0, KEY_HASH_BYTES)
  for (const { name: signer, blob } of signatures) {
    const isOurs = signer === checkpoint.origin && equal(blob.slice(0, KEY_HASH_BYTES), keyHash)
    if (isOurs && (await isSignature(key, blob.slice(KEY_HASH_BYTES), signedBytes))) {
      return true
    }
  }
  return false
}

function signatureOf(line: string): { name: string; blob: Bytes } | null {
  const [, name, written] = SIGNATURE_LINE.exec(line) ?? []
  const blob = fromBase64(written ?? '')
  return name === undefined || blob === null ? null : { name, blob }
}
