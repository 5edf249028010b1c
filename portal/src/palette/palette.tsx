import { Command } from 'cmdk'
import { Dialog as Radix } from 'radix-ui'

import type { Choice } from '@/palette/choices'
import { texts } from '@/texts'

interface PaletteProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly choices: readonly Choice[]
}

const GROUPS = ['pages', 'harnesses', 'actions'] as const

/** Everything one can go to or do, found by typing. */
export function Palette({ open, onOpenChange, choices }: PaletteProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-[12dvh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-lg border bg-card shadow-xl outline-none"
        >
          <Radix.Title className="sr-only">{texts.palette.title}</Radix.Title>
          <Command label={texts.palette.title} loop>
            <Command.Input placeholder={texts.palette.placeholder} className="min-h-12 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-muted-foreground" />
            <Command.List label={texts.palette.found} className="max-h-[50dvh] overflow-y-auto p-2">
              <Command.Empty className="px-2 py-6 text-center text-sm text-muted-foreground">{texts.palette.nothing}</Command.Empty>
              {GROUPS.map((group) => (
                <Choices
                  key={group}
                  heading={texts.palette.groups[group]}
                  choices={choices.filter((choice) => choice.group === group)}
                  onDone={() => {
                    onOpenChange(false)
                  }}
                />
              ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Choices({ heading, choices, onDone }: { heading: string; choices: readonly Choice[]; onDone: () => void }) {
  if (choices.length === 0) {
    return null
  }
  return (
    <Command.Group
      heading={heading}
      className="**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:py-1.5 **:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:text-muted-foreground"
    >
      {choices.map((choice) => (
        <Command.Item
          key={choice.id}
          value={choice.id}
          keywords={[choice.name]}
          onSelect={() => {
            onDone()
            choice.go()
          }}
          className="flex min-h-9 cursor-pointer items-center justify-between gap-3 rounded-sm px-2 text-sm select-none data-[selected=true]:bg-still-ground"
        >
          <span className="min-w-0 truncate">{choice.name}</span>
          {choice.hint !== undefined && <span className="shrink-0 text-xs text-muted-foreground">{choice.hint}</span>}
        </Command.Item>
      ))}
    </Command.Group>
  )
}
