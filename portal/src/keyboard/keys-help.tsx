import { useSyncExternalStore } from 'react'

import { Dialog } from '@/components/ui/dialog'
import { texts } from '@/texts'
import { keysAreOn, onKeysTurned, turnKeys } from '@/keyboard/single-keys'

/** Which keys do what. */
export function KeysHelp({ open, onOpenChange, keys }: { open: boolean; onOpenChange: (open: boolean) => void; keys: readonly (readonly [keys: string, does: string])[] }) {
  const on = useSyncExternalStore(onKeysTurned, keysAreOn)
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={texts.keyboard.title}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2 text-sm">
        {keys.map(([pressed, does]) => (
          <div key={pressed} className="contents">
            <dt className="flex gap-1">
              {pressed.split(' ').map((key) => (
                <kbd key={key} className="rounded-sm border bg-background px-1.5 font-mono text-xs">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="flex min-h-10 cursor-pointer items-center gap-2 border-t pt-3 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-primary"
          checked={on}
          onChange={(event) => {
            turnKeys(event.target.checked)
          }}
        />
        {texts.keyboard.single}
      </label>
    </Dialog>
  )
}
