import { Link } from '@tanstack/react-router'
import { memo, type ReactNode } from 'react'

import { PhaseSign, phaseText } from '@/harnesses/phase-sign'
import type { Harness } from '@/harnesses/projection'
import { texts } from '@/texts'
import { Ago, Lasting } from '@/time/times'

const words = texts.harnesses

/** One harness: what it is for, where it stands, what it needs, by whom (null: nobody known), how long it takes. */
export const HarnessLine = memo(function HarnessLine({ harness, who }: { harness: Harness; who: string | null }) {
  return (
    <div
      className="relative flex flex-col gap-2 px-4 py-3 focus-within:bg-still-ground hover:bg-still-ground"
      data-harness={harness.harnessId}
      data-phase={harness.phase}
    >
      <div className="flex flex-col-reverse items-start gap-x-4 gap-y-1 sm:flex-row sm:justify-between">
        <h3 className="min-w-0 font-medium wrap-anywhere">
          {/* The whole line leads there, and only the title is read as the link's name. */}
          <Link to="/harnesses/$harnessId" params={{ harnessId: harness.harnessId }} className="after:absolute after:inset-0">
            {harness.title}
          </Link>
        </h3>
        <PhaseSign phase={harness.phase} />
      </div>
      <p className="text-sm wrap-anywhere">{harness.headline}</p>
      {harness.needs !== null && (
        <p className="text-sm wrap-anywhere text-waiting">
          <span className="font-medium">{words.needs}:</span> {harness.needs}
        </p>
      )}
      {harness.stepsTotal > 0 && <ProgressLine harness={harness} />}
      <Facts harness={harness} who={who} />
    </div>
  )
})

function ProgressLine({ harness }: { harness: Harness }) {
  return (
    <div className="flex items-center gap-3 text-xs text-muted-foreground">
      <progress
        className="progress-line grow text-primary"
        aria-label={words.progress(harness.title)}
        aria-valuetext={words.steps(harness.stepsDone, harness.stepsTotal)}
        max={harness.stepsTotal}
        value={Math.min(harness.stepsDone, harness.stepsTotal)}
      />
      <span className="min-w-20 shrink-0 text-right">{words.steps(harness.stepsDone, harness.stepsTotal)}</span>
    </div>
  )
}

function Facts({ harness, who }: { harness: Harness; who: string | null }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted-foreground">
      <Fact>{words.purpose[harness.purpose] ?? phaseText(harness.purpose)}</Fact>
      <Fact title={words.continuityTitle}>{words.continuity[harness.continuity] ?? harness.continuity}</Fact>
      {who !== null && <Fact>{words.by(who)}</Fact>}
      {harness.interaction === 'browser_first' && (
        <Fact>{harness.browserObserved ? words.browserFirst.observed : words.browserFirst.missing}</Fact>
      )}
      {harness.proofId !== null && <Fact>{words.proof}</Fact>}
      <Fact>
        {harness.finishedAtMs === null ? words.openFor : words.took}{' '}
        <Lasting fromMs={harness.startedAtMs} untilMs={harness.finishedAtMs} />
      </Fact>
      <Fact>
        {harness.finishedAtMs === null ? words.updated : words.ended}{' '}
        <Ago momentMs={harness.finishedAtMs ?? harness.updatedAtMs} />
      </Fact>
    </ul>
  )
}

function Fact({ title, children }: { title?: string; children: ReactNode }) {
  return <li title={title}>{children}</li>
}
