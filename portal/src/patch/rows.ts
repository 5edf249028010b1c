import { parsePatch, type StructuredPatch, type StructuredPatchHunk } from 'diff'

/** One line of one side; `number` is its number in that version of the file. */
export interface Side {
  readonly number: number
  readonly text: string
  readonly changed: boolean
}

/** What a patch shows, line by line: a file's head, a place in it, or a line before and after (null: it is not there). */
export type PatchRow =
  | { readonly is: 'file'; readonly file: FileHead }
  | { readonly is: 'place'; readonly text: string }
  | { readonly is: 'noLines' }
  | { readonly is: 'line'; readonly before: Side | null; readonly after: Side | null; readonly path: string }

export type FileKind = 'added' | 'deleted' | 'modified' | 'renamed' | 'copied'

export interface FileHead {
  readonly path: string
  /** Where it was, if it was elsewhere. */
  readonly from: string | null
  readonly kind: FileKind
  readonly added: number
  readonly deleted: number
}

export type Layout = 'unified' | 'split'

/** The rows of a patch as git writes it. Throws if it is none. */
export function rowsOf(patch: string, layout: Layout): readonly PatchRow[] {
  return parsePatch(patch)
    .filter((file) => file.isGit === true || file.hunks.length > 0)
    .flatMap((file) => rowsOfFile(file, layout))
}

function rowsOfFile(file: StructuredPatch, layout: Layout): readonly PatchRow[] {
  const head = headOf(file)
  const hunks = file.hunks.flatMap((hunk) => rowsOfHunk(hunk, head.path, layout))
  return [{ is: 'file', file: head }, ...(hunks.length > 0 ? hunks : [{ is: 'noLines' as const }])]
}

function headOf(file: StructuredPatch): FileHead {
  const kind = kindOf(file)
  const [before, after] = [bare(file.oldFileName), bare(file.newFileName)]
  const lines = file.hunks.flatMap((hunk) => hunk.lines)
  return {
    path: kind === 'deleted' ? before : after,
    from: kind === 'renamed' || kind === 'copied' ? before : null,
    kind,
    added: lines.filter((line) => line.startsWith('+')).length,
    deleted: lines.filter((line) => line.startsWith('-')).length,
  }
}

function kindOf(file: StructuredPatch): FileKind {
  if (file.isRename === true) {
    return 'renamed'
  }
  if (file.isCopy === true) {
    return 'copied'
  }
  if (file.isCreate === true) {
    return 'added'
  }
  return file.isDelete === true ? 'deleted' : 'modified'
}

/** Without the letter that git puts before each version's path. */
function bare(name: string | undefined): string {
  return (name ?? '').replace(/^[ab]\//, '')
}

function rowsOfHunk(hunk: StructuredPatchHunk, path: string, layout: Layout): readonly PatchRow[] {
  const place: PatchRow = { is: 'place', text: `@@ -${at(hunk.oldStart, hunk.oldLines)} +${at(hunk.newStart, hunk.newLines)} @@` }
  const pairs = pairsOf(hunk)
  return [place, ...(layout === 'split' ? besideEachOther(pairs) : pairs).map(([before, after]): PatchRow => ({ is: 'line', before, after, path }))]
}

/** As git writes it: of no lines, the start is the line before them, where the parser gives the one behind. */
function at(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`
}

type Pair = readonly [before: Side | null, after: Side | null]

/** Each line of a hunk with its numbers, in the order in which git writes them. */
function pairsOf(hunk: StructuredPatchHunk): readonly Pair[] {
  let before = hunk.oldStart
  let after = hunk.newStart
  return hunk.lines.flatMap((line): Pair[] => {
    const [sign, text] = [line[0], line.slice(1)]
    switch (sign) {
      case '-':
        return [[{ number: before++, text, changed: true }, null]]
      case '+':
        return [[null, { number: after++, text, changed: true }]]
      // A remark of git's about a missing end of line.
      case '\\':
        return []
      default:
        return [[{ number: before++, text, changed: false }, { number: after++, text, changed: false }]]
    }
  })
}

/** Deleted lines stand beside the inserted ones that follow them. */
function besideEachOther(pairs: readonly Pair[]): readonly Pair[] {
  const rows: Pair[] = []
  let befores: Side[] = []
  let afters: Side[] = []
  const flush = () => {
    for (let at = 0; at < Math.max(befores.length, afters.length); at += 1) {
      rows.push([befores[at] ?? null, afters[at] ?? null])
    }
    befores = []
    afters = []
  }
  for (const [before, after] of pairs) {
    if (before !== null && (after !== null || afters.length > 0)) {
      flush()
    }
    if (before !== null && after !== null) {
      rows.push([before, after])
    } else {
      befores.push(...(before === null ? [] : [before]))
      afters.push(...(after === null ? [] : [after]))
    }
  }
  flush()
  return rows
}
