import { useState } from 'react'

import { useAction } from '@/actions/use-action'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import { whyNot, type Proposal } from '@/proposals/proposal'
import { APPROVE, REJECT, WITHDRAW } from '@/proposals/questions'
import { useViewer } from '@/session/viewer'
import { texts } from '@/texts'
import { useNowMs } from '@/time/clock'

const words = texts.decide

/** Approving or rejecting exactly the digest that is shown, or taking one's own proposal back; what is off says why. */
export function Decide({ proposal }: { proposal: Proposal }) {
  const viewer = useViewer()
  const nowMs = useNowMs()
  const [reason, setReason] = useState('')
  const [wantsReason, setWantsReason] = useState(false)
  const approve = useAction(APPROVE)
  const reject = useAction(REJECT)
  const withdraw = useAction(WITHDRAW)
  const why = whyNot.decide(proposal, viewer, nowMs)
  const canWithdraw = whyNot.withdraw(proposal, viewer) === null
  const busy = approve.busy || reject.busy || withdraw.busy
  const refusal = approve.refusal ?? reject.refusal ?? withdraw.refusal
  if (proposal.state !== 'submitted' && refusal === null) {
    return null
  }
  const said = reason.trim()
  const decided = { proposal_id: proposal.id, digest: proposal.digest }
  const anew = (act: () => Promise<boolean>) => {
    for (const action of [approve, reject, withdraw]) {
      action.forget()
    }
    void act()
  }
  const onReject = () => {
    setWantsReason(said === '')
    if (said !== '') {
      anew(() => reject.act({ ...decided, reason: said }))
    }
  }
  return (
    <section aria-label={words.title} className="flex flex-col gap-3 rounded-lg border bg-card p-4">
      <h2 className="font-medium">{words.title}</h2>
      {refusal !== null && (
        <div role="alert">
          <Notice tone="bad">{refusal}</Notice>
        </div>
      )}
      {why === null ? (
        <>
          <TextField label={words.reason} value={reason} onChange={setReason} fault={wantsReason && said === '' ? words.needsReason : null} />
          <div className="flex flex-wrap gap-2">
            <Button tone="primary" disabled={busy} onClick={() => { anew(() => approve.act({ ...decided, reason: said === '' ? null : said })) }}>
              {approve.busy ? words.sending : words.approve}
            </Button>
            <Button tone="danger" disabled={busy} onClick={onReject}>
              {reject.busy ? words.sending : words.reject}
            </Button>
          </div>
        </>
      ) : (
        <p className="text-sm text-muted-foreground">{why}</p>
      )}
      {canWithdraw && (
        <div>
          <Button disabled={busy} onClick={() => { anew(() => withdraw.act({ proposal_id: proposal.id })) }}>
            {withdraw.busy ? words.sending : words.withdraw}
          </Button>
        </div>
      )}
    </section>
  )
}
