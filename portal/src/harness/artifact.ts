/** How an artifact can be shown in place; `nothing` is given as a file only. */
export type Showing = 'text' | 'patch' | 'image' | 'nothing'

const IMAGES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
const PATCHES = ['text/x-diff', 'text/x-patch']
const TEXTS = /^(text\/.*|application\/(json|yaml|toml|xml|javascript|x-ndjson|x-sh|.*\+json|.*\+xml)|image\/svg\+xml)$/

/** What is shown of bytes of that type. Pages and vector pictures are text: their source is shown, and never run. */
export function showingOf({ media_type: mediaType, encoding }: { readonly media_type: string; readonly encoding: string }): Showing {
  const bare = (mediaType.split(';')[0] ?? '').trim().toLowerCase()
  if (IMAGES.includes(bare)) {
    return 'image'
  }
  if (encoding !== 'utf-8') {
    return 'nothing'
  }
  if (PATCHES.includes(bare)) {
    return 'patch'
  }
  return TEXTS.test(bare) ? 'text' : 'nothing'
}

/** The type under which a picture's bytes are given to the browser: one of the four, whatever else was said. */
export function imageTypeOf(mediaType: string): string {
  const bare = (mediaType.split(';')[0] ?? '').trim().toLowerCase()
  return IMAGES.find((one) => one === bare) ?? 'image/png'
}

/** The digest of bytes as the platform writes it; null: this browser computes none for a page that came unsafely. */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  // The types promise it everywhere; browsers have it for pages that came safely.
  const subtle = crypto.subtle as SubtleCrypto | undefined
  if (subtle === undefined) {
    return null
  }
  const hash = new Uint8Array(await subtle.digest('SHA-256', bytes))
  return `sha256:${[...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** Longer lines are cut where they are shown: laying one out would hold the page. */
export const LINE_SHOWN_MAX = 4000

/** A line as it is shown, and how many characters of it are not. */
export function shownOf(line: string): readonly [shown: string, more: number] {
  return line.length <= LINE_SHOWN_MAX ? [line, 0] : [line.slice(0, LINE_SHOWN_MAX), line.length - LINE_SHOWN_MAX]
}

/** The lines of a text; an end of line at its end begins no further one. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}
