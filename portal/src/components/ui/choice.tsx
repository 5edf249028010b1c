import { ToggleGroup } from 'radix-ui'

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly values: readonly T[]
  readonly name: (value: T) => string
  readonly onChange: (value: T) => void
}

/** A few ways to see something, of which one is chosen. */
export function Choice<T extends string>({ label, value, values, name, onChange }: ChoiceProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(chosen) => {
        const known = values.find((one) => one === chosen)
        if (known !== undefined) {
          onChange(known)
        }
      }}
      className="inline-flex rounded-md border border-input bg-card p-0.5"
    >
      {values.map((one) => (
        <ToggleGroup.Item
          key={one}
          value={one}
          className="min-h-8 cursor-pointer rounded-sm px-3 text-sm text-muted-foreground data-[state=on]:bg-still-ground data-[state=on]:font-medium data-[state=on]:text-foreground"
        >
          {name(one)}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
