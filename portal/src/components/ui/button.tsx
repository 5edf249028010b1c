import type { ComponentProps } from 'react'

const TONES = {
  primary: 'border-primary bg-primary text-primary-foreground hover:opacity-90',
  quiet: 'border-input bg-card text-foreground hover:bg-still-ground',
  danger: 'border-bad bg-card text-bad hover:bg-bad-ground',
}

/** A button large enough for a thumb. */
export function Button({ tone = 'quiet', ...rest }: ComponentProps<'button'> & { tone?: keyof typeof TONES }) {
  return (
    <button
      type="button"
      {...rest}
      className={`inline-flex min-h-10 cursor-pointer items-center justify-center gap-2 rounded-md border px-4 text-sm font-medium disabled:cursor-not-allowed disabled:opacity-70 ${TONES[tone]}`}
    />
  )
}

/** A button that shows a sign; its name is what it is called, and its title too. */
export function IconButton({ label, keys, ...rest }: ComponentProps<'button'> & { label: string; keys?: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={keys === undefined ? label : `${label} (${keys})`}
      {...rest}
      className="inline-flex size-10 shrink-0 cursor-pointer items-center justify-center rounded-md text-muted-foreground hover:bg-still-ground hover:text-foreground"
    />
  )
}
