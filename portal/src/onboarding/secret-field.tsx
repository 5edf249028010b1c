import { useId } from 'react'

interface SecretFieldProps {
  readonly label: string
  readonly name: string
  /** Whether it has several lines. */
  readonly isLong: boolean
}

const LOOK = 'rounded-md border border-input bg-background px-3 text-base'
const UNHELPED = { autoComplete: 'off', autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false } as const

/** A labelled field for a value that is not shown; the page holds it nowhere but in the field itself. */
export function SecretField({ label, name, isLong }: SecretFieldProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {isLong ? (
        <textarea required id={id} name={name} rows={6} {...UNHELPED} className={`py-2 font-mono text-sm [-webkit-text-security:disc] ${LOOK}`} />
      ) : (
        <input required id={id} name={name} type="password" {...UNHELPED} className={`min-h-10 ${LOOK}`} />
      )}
    </div>
  )
}
