import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'

const ITEM =
  'flex min-h-9 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-highlighted:bg-still-ground'

/** A button that opens a list of things to do. */
export function Menu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} className="z-50 min-w-44 rounded-md border bg-card p-1 shadow-lg">
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** One thing to do. */
export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <DropdownMenu.Item className={ITEM} onSelect={onSelect}>
      {children}
    </DropdownMenu.Item>
  )
}

/** One of several, of which one is chosen. */
export function MenuChoices<T extends string>(props: { label: string; value: T; values: readonly T[]; name: (value: T) => string; onChange: (value: T) => void }) {
  return (
    <DropdownMenu.RadioGroup value={props.value} onValueChange={(value) => { props.onChange(value as T) }}>
      <DropdownMenu.Label className="px-2 py-1 text-xs text-muted-foreground">{props.label}</DropdownMenu.Label>
      {props.values.map((value) => (
        <DropdownMenu.RadioItem key={value} value={value} className={ITEM}>
          <span className="w-4 text-center">
            <DropdownMenu.ItemIndicator>•</DropdownMenu.ItemIndicator>
          </span>
          {props.name(value)}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}
