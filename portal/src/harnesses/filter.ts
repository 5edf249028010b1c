import { groupOf, type GroupName, type Groups } from '@/harnesses/rows'
import type { Harness } from '@/harnesses/projection'

/** Which harnesses are looked for, as it stands in the address; what is left out looks for all. */
export interface HarnessSearch {
  readonly group?: GroupName
  readonly purpose?: string
  readonly mine?: true
  readonly q?: string
}

export const GROUP_NAMES: readonly GroupName[] = ['waiting', 'underWay', 'ended']
export const PURPOSES = ['onboard', 'work', 'apply', 'probe', 'repair'] as const

/** What of an address can be looked for. */
export function harnessSearchOf(search: Readonly<Record<string, unknown>>): HarnessSearch {
  const group = GROUP_NAMES.find((name) => name === search['group'])
  const purpose = PURPOSES.find((name) => name === search['purpose'])
  // A search of digits alone comes out of an address as a number.
  const q = typeof search['q'] === 'number' ? String(search['q']) : search['q']
  return {
    ...(group !== undefined && { group }),
    ...(purpose !== undefined && { purpose }),
    ...(search['mine'] === true && { mine: true }),
    ...(typeof q === 'string' && q !== '' && { q }),
  }
}

/** The harnesses that are looked for; the same groups if all are. Text is looked for in what a line shows. */
export function found(groups: Groups, search: HarnessSearch, me: string | null, names: ReadonlyMap<string, string>): Groups {
  if (Object.keys(search).length === 0) {
    return groups
  }
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter((word) => word !== '')
  const isFound = (harness: Harness) =>
    (search.group === undefined || groupOf(harness) === search.group) &&
    (search.purpose === undefined || harness.purpose === search.purpose) &&
    (search.mine === undefined || (me !== null && harness.principalId === me)) &&
    (words.length === 0 || holds(harness, names.get(harness.principalId ?? '') ?? '', words))
  return { waiting: groups.waiting.filter(isFound), underWay: groups.underWay.filter(isFound), ended: groups.ended.filter(isFound) }
}

function holds(harness: Harness, who: string, words: readonly string[]): boolean {
  const shown = `${harness.title} ${harness.headline} ${harness.needs ?? ''} ${who}`.toLowerCase()
  return words.every((word) => shown.includes(word))
}
