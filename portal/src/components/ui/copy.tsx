import { Check, Copy as CopySign } from 'lucide-react'
import { useEffect, useState } from 'react'

import { texts } from '@/texts'

const SAID_FOR_MS = 2000

/** A small button that copies a text; `what` says of what it is. */
export function Copy({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    const timer = copied ? setTimeout(() => { setCopied(false) }, SAID_FOR_MS) : undefined
    return () => {
      clearTimeout(timer)
    }
  }, [copied])
  const label = copied ? texts.copy.done : texts.copy.one(what)
  const copy = () => {
    // Who may not write to the clipboard selects the text instead.
    navigator.clipboard.writeText(text).then(() => { setCopied(true) }, () => undefined)
  }
  // Browsers lend the clipboard to pages that came safely only.
  if (!isSecureContext) {
    return null
  }
  return (
    <button type="button" aria-label={label} title={label} onClick={copy} className="inline-flex size-6 shrink-0 cursor-pointer items-center justify-center rounded-sm align-middle text-muted-foreground hover:bg-still-ground hover:text-foreground">
      {copied ? <Check aria-hidden="true" className="size-3.5" /> : <CopySign aria-hidden="true" className="size-3.5" />}
    </button>
  )
}
