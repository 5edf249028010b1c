import { readFileSync } from 'node:fs'

import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { expect, test } from 'vitest'

import { infoOf, seal, type SealedFor } from '@/onboarding/sealing'

// tests/unit/runtime/test_sealing.py opens the same with the execution runtime's own code.
const vector = JSON.parse(readFileSync(new URL('../../../tests/unit/runtime/sealed_in_the_browser.json', import.meta.url), 'utf8')) as {
  readonly key_id: string
  readonly private_key: string
  readonly public_key: string
  readonly bound: { readonly org_id: string; readonly secret_contract_id: string; readonly version: number; readonly digest: string }
  readonly info: string
  readonly value: string
  readonly sealed: string
}
const bound: SealedFor = {
  orgId: vector.bound.org_id,
  secretContractId: vector.bound.secret_contract_id,
  version: vector.bound.version,
  digest: vector.bound.digest,
}

const bytesOf = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

async function opened(sealed: string, info: string): Promise<string> {
  const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
  const recipientKey = await suite.kem.deserializePrivateKey(bytesOf(vector.private_key).buffer)
  const bytes = bytesOf(sealed)
  const context = await suite.createRecipientContext({
    recipientKey,
    enc: bytes.slice(0, 32).buffer,
    info: new TextEncoder().encode(info).buffer,
  })
  return new TextDecoder().decode(await context.open(bytes.slice(32).buffer))
}

test('what the runtime opens in its tests is what is sealed here', async () => {
  expect(infoOf(bound)).toBe(vector.info)
  expect(await opened(vector.sealed, vector.info)).toBe(vector.value)
})

test('a sealed value opens for what it was sealed for and for nothing else', async () => {
  const sealed = await seal(vector.value, vector, bound)

  expect(await opened(sealed, infoOf(bound))).toBe(vector.value)
  await expect(opened(sealed, infoOf({ ...bound, version: bound.version + 1 }))).rejects.toThrow()
})

test('a long value is sealed whole', async () => {
  const long = 'é'.repeat(32_768)

  expect(await opened(await seal(long, vector, bound), infoOf(bound))).toBe(long)
})

test('a key whose id is not its own is not sealed with', async () => {
  await expect(seal('x', { ...vector, key_id: '0'.repeat(32) }, bound)).rejects.toThrow('The id of the sealing key')
})
