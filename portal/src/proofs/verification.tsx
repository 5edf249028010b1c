import { CircleAlert, CircleCheck, CircleX } from 'lucide-react'

import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Examined, Line } from '@/proofs/examine'
import { texts } from '@/texts'

const words = texts.proofs.verification
const LOOKS = {
  holds: { Sign: CircleCheck, tone: 'text-good', ground: 'border-good bg-good-ground text-good' },
  warns: { Sign: CircleAlert, tone: 'text-waiting', ground: 'border-waiting bg-waiting-ground text-waiting' },
  fails: { Sign: CircleX, tone: 'text-bad', ground: 'border-bad bg-bad-ground text-bad' },
} as const

/** What this browser found out by itself, check by check. */
export function Verification({ examined, onTrust }: { examined: Examined | null | undefined; onTrust: () => void }) {
  return (
    <section aria-label={words.title} aria-busy={examined === undefined} className="flex flex-col gap-2">
      <h2 className="font-medium">{words.title}</h2>
      {examined === undefined && <Notice tone="still">{words.checking}</Notice>}
      {examined === null && <Notice tone="waiting">{words.impossible}</Notice>}
      {examined && <Found examined={examined} onTrust={onTrust} />}
      <p className="text-xs text-muted-foreground">{words.keys}</p>
    </section>
  )
}

function Found({ examined, onTrust }: { examined: Examined; onTrust: () => void }) {
  const { lines, outcome, fingerprint, tookMs, mayTrust } = examined
  return (
    <>
      <div role={outcome === 'holds' ? 'status' : 'alert'} data-outcome={outcome} className={`rounded-md border px-4 py-3 font-medium ${LOOKS[outcome].ground}`}>
        {words[outcome]}
      </div>
      <ul className="divide-y rounded-lg border bg-card text-sm">
        {lines.map((line) => (
          <CheckLine key={line.name} line={line} />
        ))}
      </ul>
      {fingerprint !== null && (
        <p className="text-xs wrap-anywhere text-muted-foreground">
          {words.fingerprint}: <code>{fingerprint}</code>
        </p>
      )}
      <p className="text-xs text-muted-foreground" data-took-ms={tookMs}>
        {words.took(tookMs.toFixed(1))}
      </p>
      {mayTrust && (
        <div className="flex flex-wrap items-center gap-3">
          <Button onClick={onTrust}>{words.trust}</Button>
          <p className="text-xs text-muted-foreground">{words.trustSays}</p>
        </div>
      )}
    </>
  )
}

function CheckLine({ line }: { line: Line }) {
  const { Sign, tone } = LOOKS[line.outcome]
  return (
    <li data-check={line.name} data-outcome={line.outcome} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-3 px-4 py-2 sm:grid-cols-[1rem_7rem_minmax(0,1fr)]">
      <Sign role="img" aria-label={words.outcomes[line.outcome]} className={`mt-0.5 size-4 ${tone}`} />
      <span className="font-medium">{line.name}</span>
      <span className="col-start-2 wrap-anywhere sm:col-start-3">{line.says}</span>
    </li>
  )
}
