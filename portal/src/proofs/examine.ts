import type { ProofPageOfQuery } from '@/__generated__/graphql'
import type { Members } from '@/proofs/envelope'
import { growthSince, type AskPath, type Growth } from '@/proofs/growth'
import { canVerify, fingerprintOf } from '@/proofs/keys'
import { remember, remembered, type Keeper, type Memory } from '@/proofs/memory'
import { verify, type Check } from '@/proofs/verify'
import { texts } from '@/texts'

type Outcome = 'holds' | 'fails' | 'warns'

/** One check, as people read it. */
export interface Line {
  readonly name: string
  readonly outcome: Outcome
  readonly says: string
}

/** What this browser found out about a proof; null where it cannot verify at all. */
export interface Examined {
  readonly lines: readonly Line[]
  readonly outcome: Outcome
  readonly statement: Members | null
  readonly fingerprint: string | null
  readonly tookMs: number
  /** Whether only what this browser remembers speaks against the proof. */
  readonly mayTrust: boolean
}

const OF_GROWTH: Readonly<Record<Growth | 'unknown', Outcome>> = {
  first: 'holds',
  same: 'holds',
  grew: 'holds',
  rewritten: 'fails',
  refused: 'fails',
  unasked: 'warns',
  unknown: 'fails',
}

/** Verifies a proof as the platform gave it, and holds it against what this browser remembers of the log. */
export async function examine(answer: ProofPageOfQuery, origin: string, keeper: Keeper, askPath: AskPath): Promise<Examined | null> {
  const beganMs = performance.now()
  if (!(await canVerify())) {
    return null
  }
  const bundle = answer.verify_proof
  const { checks, statement, checkpoint, key } = await verify(bundle, origin)
  const fingerprint = key && (await fingerprintOf(key))
  const tookMs = performance.now() - beganMs
  const memory = remembered(keeper, origin)
  const isListed = answer.proof[0]?.signing_key?.public_key_pem === bundle.public_key_pem
  const known = knownKey(memory, fingerprint, isListed)
  const growth = checkpoint === null ? 'unknown' : await growthSince(memory, checkpoint, askPath)
  const lines = [...checks.map(lineOf), known, { name: texts.proofs.growth.name, outcome: OF_GROWTH[growth], says: texts.proofs.growth[growth] }]
  const outcome = worst(lines)
  if (outcome === 'holds' && checkpoint !== null && fingerprint !== null) {
    remember(keeper, origin, checkpoint, fingerprint)
  }
  const mayTrust = outcome !== 'holds' && growth !== 'unasked' && isListed && checks.every(({ holds }) => holds)
  return { lines, outcome, statement, fingerprint, tookMs, mayTrust }
}

function lineOf({ name, holds }: Check): Line {
  const words = texts.proofs.checks[name]
  return { name: words.name, outcome: holds ? 'holds' : 'fails', says: holds ? words.holds : words.fails }
}

function knownKey(memory: Memory | null, fingerprint: string | null, isListed: boolean): Line {
  const words = texts.proofs.known
  if (fingerprint === null) {
    return { name: words.name, outcome: 'fails', says: words.unknown }
  }
  if (!isListed) {
    return { name: words.name, outcome: 'fails', says: words.unlisted }
  }
  if (memory === null) {
    return { name: words.name, outcome: 'holds', says: words.first }
  }
  const isKnown = memory.keys.includes(fingerprint)
  return { name: words.name, outcome: isKnown ? 'holds' : 'warns', says: isKnown ? words.known : words.changed }
}

function worst(lines: readonly Line[]): Outcome {
  const all = lines.map(({ outcome }) => outcome)
  return all.includes('fails') ? 'fails' : all.includes('warns') ? 'warns' : 'holds'
}
