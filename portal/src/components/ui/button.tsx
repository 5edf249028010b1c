import type { ComponentProps } from 'react'

const TONES = {
  primary: 'border-primary bg-primary text-primary-foreground hover:opacity-90',
  quiet: 'border-input bg-card text-foreground hover:bg-still-ground',
}

/** A button large enough for a thumb. */
export function Button({ tone = 'quiet', ...rest }: ComponentProps<'button'> & { tone?: keyof typeof TONES }) {
  return (
    <button
      type="button"
      {...rest}
      className={`inline-flex min-h-10 cursor-pointer items-center justify-center rounded-md border px-4 text-sm font-medium disabled:cursor-progress disabled:opacity-70 ${TONES[tone]}`}
    />
  )
}
