import { equal, fromHex } from '@/proofs/bytes'
import type { Checkpoint } from '@/proofs/checkpoint'
import type { Memory } from '@/proofs/memory'
import { beginsWith } from '@/proofs/merkle'
import { pathOf } from '@/proofs/verify'

/** How the log that is shown relates to the one that this browser has seen before. */
export type Growth = 'first' | 'same' | 'grew' | 'rewritten' | 'refused' | 'unasked'

/** The hashes between the checkpoints of two sizes, in hexadecimal; 'refused' and 'unasked' say why there are none. */
export type AskPath = (fromSize: number, toSize: number) => Promise<readonly string[] | 'refused' | 'unasked'>

/** Whether the believed head and the remembered one are of one log that only grew; the platform gives hashes alone. */
export async function growthSince(memory: Memory | null, head: Checkpoint, askPath: AskPath): Promise<Growth> {
  const root = memory && fromHex(memory.root)
  if (memory === null || root === null) {
    return 'first'
  }
  if (memory.size === head.size) {
    return equal(root, head.root) ? 'same' : 'rewritten'
  }
  const known = { size: memory.size, root }
  const [first, second] = known.size < head.size ? [known, head] : [head, known]
  const answer = await askPath(first.size, second.size)
  if (answer === 'refused' || answer === 'unasked') {
    return answer
  }
  const path = pathOf(answer)
  const grew =
    path !== null &&
    (await beginsWith({ firstSize: first.size, secondSize: second.size, firstRoot: first.root, secondRoot: second.root, path }))
  return grew ? 'grew' : 'rewritten'
}
