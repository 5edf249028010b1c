import type { ReactNode } from 'react'

import { Copy } from '@/components/ui/copy'
import type { Facts } from '@/harness/questions'
import { phaseText } from '@/harnesses/phase-sign'
import type { Harness } from '@/harnesses/projection'
import { texts } from '@/texts'
import { Ago, Exact, Lasting } from '@/time/times'

const words = texts.harness.facts

/** When, how long, by whom and with what a harness runs, and the ids that others ask for. */
export function About({ harness, facts }: { harness: Harness; facts: Facts | undefined }) {
  const work = facts?.work
  return (
    <section aria-label={words.title} className="rounded-lg border bg-card p-4">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-sm lg:grid-cols-1">
        <Fact name={words.started}>
          <Exact momentMs={harness.startedAtMs} />
        </Fact>
        <Fact name={harness.finishedAtMs === null ? words.changed : words.ended}>
          {harness.finishedAtMs === null ? <Ago momentMs={harness.updatedAtMs} /> : <Exact momentMs={harness.finishedAtMs} />}
        </Fact>
        <Fact name={words.duration}>
          <Lasting fromMs={harness.startedAtMs} untilMs={harness.finishedAtMs} />
        </Fact>
        <Fact name={words.by}>{facts === undefined ? '…' : (facts.principal?.name ?? words.nobody)}</Fact>
        <Fact name={words.purpose}>{texts.harnesses.purpose[harness.purpose] ?? phaseText(harness.purpose)}</Fact>
        <Fact name={words.continuity}>{texts.harnesses.continuity[harness.continuity] ?? harness.continuity}</Fact>
        {work && (
          <>
            <Fact name={words.work}>{work.title}</Fact>
            <Fact name={words.endpoint}>{work.endpoint?.name}</Fact>
            <Fact name={words.runtimeAsset}>{work.runtime_asset?.name}</Fact>
          </>
        )}
        <Fact name={words.position}>{harness.lastPosition}</Fact>
        <Id name={words.harness} id={harness.harnessId} />
        {facts !== undefined && <Id name={words.command} id={facts.command_id} />}
      </dl>
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted-foreground">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  )
}

function Id({ name, id }: { name: string; id: string }) {
  return (
    <div className="col-span-2 min-w-0 lg:col-span-1">
      <dt className="text-xs text-muted-foreground">{name}</dt>
      <dd className="flex items-center gap-1">
        <code className="min-w-0 truncate text-xs" title={id}>
          {id}
        </code>
        <Copy text={id} what={name} />
      </dd>
    </div>
  )
}
