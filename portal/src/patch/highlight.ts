import type { LanguageFn } from 'highlight.js'
import type { Element, RootContent } from 'hast'
import { createLowlight } from 'lowlight'

/** Longer lines are shown without colours: looking for words in them would hold the page. */
const COLOURED_MAX = 2000

// Each is a file of its own that is fetched when a text in it is shown.
const GRAMMARS: Readonly<Record<string, () => Promise<{ readonly default: LanguageFn }>>> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  go: () => import('highlight.js/lib/languages/go'),
  graphql: () => import('highlight.js/lib/languages/graphql'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  makefile: () => import('highlight.js/lib/languages/makefile'),
  markdown: () => import('highlight.js/lib/languages/markdown'),
  php: () => import('highlight.js/lib/languages/php'),
  python: () => import('highlight.js/lib/languages/python'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  scss: () => import('highlight.js/lib/languages/scss'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
}

// How files of a language end, or are called; the language's own name counts too.
const NAMES: Readonly<Record<string, readonly string[]>> = {
  bash: ['sh', 'zsh', 'dockerfile'],
  c: ['h'],
  cpp: ['cc', 'cxx', 'hpp', 'hh'],
  csharp: ['cs'],
  diff: ['patch'],
  graphql: ['gql'],
  ini: ['toml', 'cfg', 'conf', 'properties'],
  javascript: ['js', 'jsx', 'mjs', 'cjs'],
  kotlin: ['kt', 'kts'],
  makefile: ['mk'],
  markdown: ['md'],
  python: ['py', 'pyi'],
  ruby: ['rb'],
  rust: ['rs'],
  typescript: ['ts', 'tsx', 'mts', 'cts'],
  xml: ['html', 'htm', 'svg', 'vue', 'xhtml'],
  yaml: ['yml'],
}
const LANGUAGES = new Map([
  ...Object.keys(GRAMMARS).map((language) => [language, language] as const),
  ...Object.entries(NAMES).flatMap(([language, names]) => names.map((name) => [name, language] as const)),
])

const lowlight = createLowlight()

/** A piece of a line and what it is in its language (null: nothing in particular). */
export type Piece = readonly [text: string, kind: string | null]

/** The language of a file, by its name; null: none that is known. */
export function languageOf(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  return LANGUAGES.get(name.slice(name.lastIndexOf('.') + 1)) ?? null
}

/** Fetches what colours a language; its name. Lines of a language that was not fetched have no colours. */
export async function readGrammar(language: string): Promise<string> {
  const grammar = await GRAMMARS[language]?.()
  if (grammar !== undefined) {
    lowlight.register(language, grammar.default)
  }
  return language
}

/** The line in pieces. Each line is looked at alone, so what spans lines is coloured by its first alone. */
export function piecesOf(line: string, language: string | null): readonly Piece[] {
  if (language === null || line.length > COLOURED_MAX || !lowlight.registered(language)) {
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
