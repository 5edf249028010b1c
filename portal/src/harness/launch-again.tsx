import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { useAction } from '@/actions/use-action'
import { Button } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { LAUNCH_AGAIN, type Facts } from '@/harness/questions'
import { texts } from '@/texts'
import { Exact } from '@/time/times'

const words = texts.harness.again
const CONTINUITIES = ['resume', 'fresh'] as const

/** Launching the work of an ended harness again, resuming or fresh; leads on to the new harness. */
export function LaunchAgain({ workId, facts }: { workId: string; facts: Facts | undefined }) {
  const [isOpen, setIsOpen] = useState(false)
  const [continuity, setContinuity] = useState<(typeof CONTINUITIES)[number]>('resume')
  const navigate = useNavigate()
  const { answerTo, busy, refusal } = useAction(LAUNCH_AGAIN)
  const launch = async () => {
    const answer = await answerTo({ work_id: workId, continuity })
    if (answer?.launch_work) {
      setIsOpen(false)
      await navigate({ to: '/harnesses/$harnessId', params: { harnessId: answer.launch_work.id } })
    }
  }
  return (
    <>
      <Button onClick={() => { setIsOpen(true) }}>{words.open}</Button>
      <Dialog open={isOpen} onOpenChange={setIsOpen} title={words.title} description={words.description}>
        <div>
          <Choice label={words.continuity} value={continuity} values={CONTINUITIES} name={(value) => texts.harnesses.continuity[value] ?? value} onChange={setContinuity} />
        </div>
        <div className="flex flex-col gap-1 text-sm">
          <p>{words.says[continuity]}</p>
          {continuity === 'resume' && (
            <p className="text-muted-foreground">
              <Kept facts={facts} />
            </p>
          )}
        </div>
        {refusal !== null && (
          <div role="alert">
            <Notice tone="bad">{refusal}</Notice>
          </div>
        )}
        <div className="flex justify-end">
          <Button tone="primary" disabled={busy} onClick={() => void launch()}>
            {busy ? words.sending : words.submit[continuity]}
          </Button>
        </div>
      </Dialog>
    </>
  )
}

function Kept({ facts }: { facts: Facts | undefined }) {
  if (!facts?.kept) {
    return words.notKept
  }
  return facts.kept.taken_by !== null ? (
    words.taken
  ) : (
    <>
      {words.kept} <Exact momentMs={Date.parse(facts.kept.until)} />.
    </>
  )
}
