import { useId } from 'react'

interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** What is wrong with what stands there; null: nothing. */
  readonly fault: string | null
}

const LENGTH_MAX = 4000

/** A labelled text of a few lines. */
export function TextField({ label, value, onChange, fault }: TextFieldProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={LENGTH_MAX}
        value={value}
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? undefined : `${id}-fault`}
        onChange={(event) => {
          onChange(event.target.value)
        }}
        className="rounded-md border border-input bg-background px-3 py-2 text-base aria-invalid:border-bad"
      />
      {fault !== null && (
        <p id={`${id}-fault`} role="alert" className="text-sm text-bad">
          {fault}
        </p>
      )}
    </div>
  )
}
