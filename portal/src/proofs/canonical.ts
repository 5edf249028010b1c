/**
 * The RFC 8785 text of a value that JSON.parse gave. Numbers and strings are written there as JSON.stringify writes them,
 * and keys stand in the order of their UTF-16 code units, which is how sort() orders.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

/**
 * The value of a text that is in its canonical form; undefined: it is not, or no JSON. A member that stands twice, a
 * number that a reader would round and every second way to write the same are told by this, because reading loses them.
 */
export function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return canonical(value) === text ? value : undefined
  } catch {
    return undefined
  }
}
