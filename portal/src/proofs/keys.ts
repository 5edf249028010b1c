import { equal, fromBase64, sha256, toHex, type Bytes } from '@/proofs/bytes'

/** An Ed25519 public key: for verifying with, and its raw bytes. */
export interface PublicKey {
  readonly key: CryptoKey
  readonly raw: Bytes
}

const PEM = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)\n-----END PUBLIC KEY-----\n?$/
// SubjectPublicKeyInfo of Ed25519 (RFC 8410): always these bytes, then the 32 of the key.
const SPKI_START = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00)
const RAW_BYTES = 32

/** Whether this browser can verify at all: it lends WebCrypto to pages that came safely, and Ed25519 is not old. */
export async function canVerify(): Promise<boolean> {
  // The types promise WebCrypto everywhere; pages that came over plain HTTP have none.
  if ((crypto as Partial<Crypto>).subtle === undefined) {
    return false
  }
  try {
    await crypto.subtle.importKey('raw', new Uint8Array(RAW_BYTES), 'Ed25519', false, ['verify'])
    return true
  } catch (error) {
    return error instanceof DOMException && error.name === 'DataError'
  }
}

/** The raw bytes of the Ed25519 key in a PEM text; null: it holds none. */
export function rawKeyOf(pem: string): Bytes | null {
  const der = fromBase64(PEM.exec(pem)?.[1]?.replaceAll('\n', '') ?? '')
  const isKey = der?.length === SPKI_START.length + RAW_BYTES && equal(der.slice(0, SPKI_START.length), SPKI_START)
  return isKey ? der.slice(SPKI_START.length) : null
}

/** The Ed25519 key in a PEM text; null: it holds none. */
export async function publicKeyOf(pem: string): Promise<PublicKey | null> {
  const raw = rawKeyOf(pem)
  try {
    return raw && { key: await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']), raw }
  } catch {
    return null
  }
}

/** What people compare a key by: the SHA-256 of its raw bytes. */
export async function fingerprintOf({ raw }: PublicKey): Promise<string> {
  return toHex(await sha256(raw))
}

/** Whether the signature over the data was made by the key. */
export function isSignature({ key }: PublicKey, signature: Bytes, data: Bytes): Promise<boolean> {
  return crypto.subtle.verify('Ed25519', key, signature, data)
}
