import type { Element, RootContent } from 'hast'
import { common, createLowlight } from 'lowlight'

const lowlight = createLowlight(common)
/** Longer lines are shown without colours: looking for words in them would hold the page. */
const COLOURED_MAX = 2000
const BY_NAME: Readonly<Record<string, string>> = { dockerfile: 'bash', makefile: 'makefile' }

/** A piece of a line and what it is in its language (null: nothing in particular). */
export type Piece = readonly [text: string, kind: string | null]

/** The language of a file, by its name; null: none that is known. */
export function languageOf(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  const language = BY_NAME[name] ?? name.slice(name.lastIndexOf('.') + 1)
  return lowlight.registered(language) ? language : null
}

/** The line in pieces. Each line is looked at alone, so what spans lines is coloured by its first alone. */
export function piecesOf(line: string, language: string | null): readonly Piece[] {
  if (language === null || line.length > COLOURED_MAX) {
    return [[line, null]]
  }
  return lowlight.highlight(language, line).children.flatMap((node) => flat(node, null))
}

function flat(node: RootContent, kind: string | null): readonly Piece[] {
  if (node.type === 'text') {
    return [[node.value, kind]]
  }
  return node.type === 'element' ? node.children.flatMap((child) => flat(child, kindOf(node) ?? kind)) : []
}

function kindOf({ properties }: Element): string | null {
  const [first] = Array.isArray(properties.className) ? properties.className : []
  return typeof first === 'string' ? first.replace('hljs-', '') : null
}
