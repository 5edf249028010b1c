import { useState } from 'react'

import { useAction } from '@/actions/use-action'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import { CANCEL } from '@/harness/questions'
import { texts } from '@/texts'

const words = texts.harness.cancel

/** Cancelling a harness, after it was said what that does. */
export function Cancel({ harnessId }: { harnessId: string }) {
  const [isOpen, setIsOpen] = useState(false)
  const [reason, setReason] = useState('')
  const { act, busy, refusal, forget } = useAction(CANCEL)
  const open = () => {
    forget()
    setIsOpen(true)
  }
  const cancel = async () => {
    const said = reason.trim()
    if (await act({ harness_id: harnessId, reason: said === '' ? null : said })) {
      setIsOpen(false)
    }
  }
  return (
    <>
      <Button tone="danger" onClick={open}>
        {words.open}
      </Button>
      <Dialog open={isOpen} onOpenChange={setIsOpen} title={words.title} description={words.description}>
        <TextField label={words.reason} value={reason} onChange={setReason} fault={null} />
        {refusal !== null && (
          <div role="alert">
            <Notice tone="bad">{refusal}</Notice>
          </div>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => { setIsOpen(false) }}>{words.back}</Button>
          <Button tone="danger" disabled={busy} onClick={() => void cancel()}>
            {busy ? words.sending : words.submit}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
