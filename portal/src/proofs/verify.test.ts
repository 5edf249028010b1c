import { describe, expect, test } from 'vitest'

import { fromBase64, textOf, toHex, utf8 } from '@/proofs/bytes'
import { canVerify } from '@/proofs/keys'
import { bundleOf, bytesOf, ORIGIN, turned } from '@/proofs/testing'
import vectors from '@/proofs/vectors.json'
import { verify, type Bundle } from '@/proofs/verify'

const SIZES = Array.from({ length: 12 - vectors.leaf_index }, (_, at) => vectors.leaf_index + 1 + at)

async function failedOf(bundle: Bundle, origin = ORIGIN): Promise<string[]> {
  return (await verify(bundle, origin)).checks.filter((check) => !check.holds).map((check) => check.name)
}

/** A bit of every byte, another one in each. */
function onePerByte(bytes: number): number[] {
  return Array.from({ length: bytes }, (_, at) => at * 8 + (at % 8))
}

describe('a proof that Python made', () => {
  test('this runtime can verify', async () => {
    expect(await canVerify()).toBe(true)
  })

  test.each(SIZES)('holds in the log of %i leaves', async (size) => {
    expect(await failedOf(bundleOf(size))).toEqual([])
  })

  test('yields its statement, with every odd character as it was signed', async () => {
    const { statement, checkpoint } = await verify(bundleOf(12), ORIGIN)

    expect(JSON.stringify(statement)).toContain('\u2028 \\" \\\\ / \\n \\t \\u0001 \u007f')
    expect(checkpoint?.size).toBe(12)
  })
})

describe('a changed bundle', () => {
  const good = bundleOf(9)

  test('every byte of every hash of the path counts', async () => {
    for (const [step, hash] of good.inclusion_path.entries()) {
      for (const bit of onePerByte(32)) {
        const inclusion_path = good.inclusion_path.with(step, toHex(turned(bytesOf(hash), bit)))
        expect(await failedOf({ ...good, inclusion_path })).toEqual(['inclusion'])
      }
    }
  })

  test('every byte of the signature and every fifth of the signed payload counts', async () => {
    const document = JSON.parse(good.envelope) as { payload: string; payloadType: string; signatures: [{ keyid: string; sig: string }] }
    const again = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
    const { payload, signatures } = document
    for (const bit of onePerByte(64)) {
      const changed = { ...document, signatures: [{ ...signatures[0], sig: again(turned(fromBase64(signatures[0].sig) ?? utf8(''), bit)) }] }
      expect(await failedOf({ ...good, envelope: JSON.stringify(changed) })).toEqual(expect.arrayContaining(['signature', 'inclusion']))
    }
    const bytes = fromBase64(payload) ?? utf8('')
    for (const bit of onePerByte(bytes.length).filter((_, at) => at % 5 === 0)) {
      const changed = { ...document, payload: again(turned(bytes, bit)) }
      expect(await failedOf({ ...good, envelope: JSON.stringify(changed) })).toEqual(expect.arrayContaining(['signature', 'inclusion']))
    }
  })

  test('every byte of the signed checkpoint before its signature counts', async () => {
    const note = utf8(good.checkpoint)
    const signed = utf8(good.checkpoint.slice(0, good.checkpoint.lastIndexOf('\n\n') + 1)).length
    for (const bit of onePerByte(signed)) {
      const checkpoint = textOf(turned(note, bit)) ?? ''
      expect(await failedOf({ ...good, checkpoint })).toEqual(expect.arrayContaining(['checkpoint', 'inclusion']))
    }
  })

  test.each<[string, Partial<Bundle>, string]>([
    ['another leaf', { leaf_index: 3 }, 'inclusion'],
    ['a leaf beyond the log', { leaf_index: 9 }, 'inclusion'],
    ['a negative leaf', { leaf_index: -1 }, 'inclusion'],
    ['half a leaf', { leaf_index: 4.5 }, 'inclusion'],
    ['another size', { tree_size: 8 }, 'inclusion'],
    ['a shorter path', { inclusion_path: good.inclusion_path.slice(1) }, 'inclusion'],
    ['a longer path', { inclusion_path: [...good.inclusion_path, '00'.repeat(32)] }, 'inclusion'],
    ['a path of capitals', { inclusion_path: good.inclusion_path.map((hash) => hash.toUpperCase()) }, 'inclusion'],
    ['the checkpoint of a rewritten log', { checkpoint: vectors.rewritten_checkpoints[8] ?? '' }, 'inclusion'],
    ['another outcome', { outcome: 'failed' }, 'bundle'],
    ['another execution', { execution_id: vectors.org_id }, 'bundle'],
    ['no key', { public_key_pem: 'none' }, 'key'],
    ['a member twice', { envelope: good.envelope.replace('{"payload":', '{"payload":"","payload":') }, 'envelope'],
    ['a space more', { envelope: `${good.envelope} ` }, 'envelope'],
    ['a member more', { envelope: good.envelope.replace('}]}', '}],"z":1}') }, 'envelope'],
    ['no envelope', { envelope: '' }, 'envelope'],
  ])('%s does not pass', async (_, change, broken) => {
    expect(await failedOf({ ...good, ...change })).toContain(broken)
  })

  test('another key of the same kind did not sign', async () => {
    const { publicKey } = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))
    const public_key_pem = `-----BEGIN PUBLIC KEY-----\n${btoa(String.fromCharCode(...spki))}\n-----END PUBLIC KEY-----\n`

    expect(await failedOf({ ...good, public_key_pem })).toEqual(['signature', 'checkpoint', 'inclusion'])
  })

  test('a proof of another organization is not one of this log', async () => {
    expect(await failedOf(good, 'fractalops.dev/log/another')).toEqual(['bundle', 'checkpoint', 'inclusion'])
  })
})
