import { useId, type ComponentProps } from 'react'

/** A labelled line of text that must not be empty. */
export function Field({ label, ...rest }: ComponentProps<'input'> & { label: string }) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input required id={id} className="min-h-10 rounded-md border border-input bg-card px-3 text-base" {...rest} />
    </div>
  )
}
