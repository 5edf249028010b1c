import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'

/** What a sealed value is for; sealed for anything else, the execution runtime does not open it. */
export interface SealedFor {
  readonly orgId: string
  readonly secretContractId: string
  readonly version: number
  /** The contract's digest: it binds where the value lives without telling it. */
  readonly digest: string
}

/** The public half of the execution runtime's key, in base64; its id is the beginning of its digest. */
export interface SealingKey {
  readonly key_id: string
  readonly public_key: string
}

const KEY_ID_LENGTH = 32

/** The application's part of the key schedule; contracts/secrets.py writes the same. */
export function infoOf(bound: SealedFor): string {
  return ['fractalops sealed value 1', bound.orgId, bound.secretContractId, String(bound.version), bound.digest].join('\n')
}

/** The value in base64, which only the execution runtime opens; HPKE (RFC 9180) with X25519, HKDF-SHA256 and AES-256-GCM. */
export async function seal(value: string, key: SealingKey, bound: SealedFor): Promise<string> {
  const raw = Uint8Array.from(atob(key.public_key), (letter) => letter.charCodeAt(0))
  if (key.key_id !== (await keyIdOf(raw))) {
    throw new Error('The id of the sealing key is not that of its public key.')
  }
  const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
  const encoder = new TextEncoder()
  const recipientPublicKey = await suite.kem.deserializePublicKey(raw.buffer)
  const sender = await suite.createSenderContext({ recipientPublicKey, info: encoder.encode(infoOf(bound)).buffer })
  const sealed = await sender.seal(encoder.encode(value).buffer)
  return base64([...new Uint8Array(sender.enc), ...new Uint8Array(sealed)])
}

async function keyIdOf(raw: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', raw))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('').slice(0, KEY_ID_LENGTH)
}

function base64(bytes: readonly number[]): string {
  return btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''))
}
