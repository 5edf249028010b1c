import { unturned } from '@/patch/turning'

/** Code as a machine reads it: signs that would turn its direction for people stand there by name. */
export function CodeText({ text }: { text: string }) {
  return unturned(text).map(([piece, isTurning], at) =>
    isTurning ? (
      <span key={at} data-kind="turning">
        {piece}
      </span>
    ) : (
      piece
    ),
  )
}
