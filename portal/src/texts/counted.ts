/** So many of something, in words. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

const KILO = 1000
const UNITS = ['bytes', 'kB', 'MB', 'GB'] as const

/** How much that is, as people say it: `812 bytes`, `5.0 MB`. */
export function bytes(count: number): string {
  let size = count
  let unit = 0
  while (size >= KILO && unit < UNITS.length - 1) {
    size /= KILO
    unit += 1
  }
  return unit === 0 ? counted(count, 'byte') : `${size.toFixed(1)} ${UNITS[unit] ?? ''}`
}
