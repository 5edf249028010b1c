import { Dialog } from '@/components/ui/dialog'
import { texts } from '@/texts'

/** Which keys do what. */
export function KeysHelp({ open, onOpenChange, keys }: { open: boolean; onOpenChange: (open: boolean) => void; keys: readonly (readonly [keys: string, does: string])[] }) {
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
    </Dialog>
  )
}
