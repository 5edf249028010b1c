// These turn the direction of what follows, so that code can be read as other code than it is.
const TURNING = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/

const HEXADECIMAL = 16

/** A text in pieces: what stands there as it is, and, in words of its own, each sign that would turn what follows. */
export function unturned(text: string): readonly (readonly [text: string, isTurning: boolean])[] {
  if (!TURNING.test(text)) {
    return [[text, false]]
  }
  return text
    .split(TURNING)
    .filter((piece) => piece !== '')
    .map((piece) => (TURNING.test(piece) ? [`[U+${(piece.codePointAt(0) ?? 0).toString(HEXADECIMAL).toUpperCase().padStart(4, '0')}]`, true] : [piece, false]))
}
