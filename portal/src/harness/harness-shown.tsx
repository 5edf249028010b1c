import { NotRead } from '@/components/not-read'
import { may } from '@/harness/acts'
import { About } from '@/harness/about'
import { Cancel } from '@/harness/cancel'
import { Failure } from '@/harness/failure'
import { LaunchAgain } from '@/harness/launch-again'
import { Parts } from '@/harness/parts'
import { PathLine } from '@/harness/path-line'
import type { Facts } from '@/harness/questions'
import { ReceiptView } from '@/harness/receipt-view'
import { useFacts } from '@/harness/use-harness'
import { Wanted } from '@/harness/wanted'
import { ConnectionSign } from '@/harnesses/connection-sign'
import { useLive } from '@/harnesses/live-context'
import { PhaseSign } from '@/harnesses/phase-sign'
import type { Harness } from '@/harnesses/projection'
import { useViewer } from '@/session/viewer'
import { texts } from '@/texts'

/** One harness: where it stands, what it needs, what happened in it and what it kept. */
export function HarnessShown({ harness }: { harness: Harness }) {
  const { facts, failed, failure, again } = useFacts(harness)
  return (
    <article className="flex flex-col gap-5" data-harness={harness.harnessId} data-phase={harness.phase}>
      <title>{`${harness.title} · ${texts.product}`}</title>
      <Head harness={harness} facts={facts} />
      {failure !== null && <NotRead what={texts.harness.factsFailed} reason={failure} onTryAgain={again} />}
      <PathLine harness={harness} />
      <Wanted harness={harness} />
      {harness.phase === 'failed' && failed !== null && <Failure failed={failed} />}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="min-w-0">
          <Parts harness={harness} facts={facts} />
        </div>
        <aside className="flex min-w-0 flex-col gap-4">
          <About harness={harness} facts={facts} />
          {facts !== undefined && harness.purpose === 'work' && <ReceiptView receipt={facts.continuity_receipt} />}
        </aside>
      </div>
    </article>
  )
}

function Head({ harness, facts }: { harness: Harness; facts: Facts | undefined }) {
  const viewer = useViewer()
  const { connection, readAtMs } = useLive()
  const isOpen = harness.finishedAtMs === null && harness.stepsTotal > 0
  const steps = texts.harnesses.steps(harness.stepsDone, harness.stepsTotal)
  return (
    <header className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="min-w-0 text-2xl font-semibold wrap-anywhere">{harness.title}</h1>
        <div className="flex flex-wrap items-center gap-3">
          <ConnectionSign connection={connection} readAtMs={readAtMs} />
          {may.cancel(harness, viewer) && <Cancel harnessId={harness.harnessId} />}
          {harness.workId !== null && may.launchAgain(harness, viewer) && <LaunchAgain workId={harness.workId} facts={facts} />}
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <PhaseSign phase={harness.phase} />
        <p className="line-clamp-6 min-w-0 wrap-anywhere">{harness.headline}</p>
      </div>
      {isOpen && (
        <div className="flex items-center gap-3 text-xs text-muted-foreground">
          <progress
            className="progress-line grow text-primary"
            aria-label={texts.harnesses.progress(harness.title)}
            aria-valuetext={steps}
            max={harness.stepsTotal}
            value={Math.min(harness.stepsDone, harness.stepsTotal)}
          />
          <span className="shrink-0">{steps}</span>
        </div>
      )}
    </header>
  )
}
