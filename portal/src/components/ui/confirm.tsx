import { useState, type ReactNode } from 'react'

import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { texts } from '@/texts'

interface ConfirmProps {
  /** What the button says, which opens the question and answers it. */
  readonly name: string
  /** What it is called where several stand side by side. */
  readonly label: string
  readonly title: string
  readonly children: ReactNode
  /** How doing it stands: what `useAction` gives. */
  readonly action: { readonly busy: boolean; readonly refusal: string | null; readonly forget: () => void }
  /** Whether it happened. */
  readonly onConfirm: () => Promise<boolean>
}

/** A button whose doing is asked about once more; it stays open where the platform refuses, with its words. */
export function Confirm({ name, label, title, children, action, onConfirm }: ConfirmProps) {
  const [isOpen, setIsOpen] = useState(false)
  const open = () => {
    action.forget()
    setIsOpen(true)
  }
  return (
    <>
      <Button aria-label={label} onClick={open}>
        {name}
      </Button>
      <Dialog open={isOpen} onOpenChange={setIsOpen} title={title}>
        <p className="text-sm text-muted-foreground">{children}</p>
        {action.refusal !== null && (
          <div role="alert">
            <Notice tone="bad">{action.refusal}</Notice>
          </div>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => { setIsOpen(false) }}>{texts.close}</Button>
          <Button tone="danger" disabled={action.busy} onClick={() => void onConfirm().then((done) => { setIsOpen(!done) })}>
            {action.busy ? texts.forms.sending : name}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
