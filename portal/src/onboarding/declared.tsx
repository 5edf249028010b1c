import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { useLive } from '@/harnesses/live-context'
import { StandingSign } from '@/onboarding/standing-sign'
import { lookOf, type Check } from '@/onboarding/steps'
import { texts } from '@/texts'
import { Ago } from '@/time/times'

const words = texts.onboarding.check

/** What is declared of one kind, each with its check as it goes; or the sentence that nothing is. */
export function DeclaredList({ label, empty, children }: { label: string; empty: string | null; children: ReactNode }) {
  return empty === null ? (
    <ul aria-label={label} className="divide-y rounded-lg border bg-card">
      {children}
    </ul>
  ) : (
    <p className="text-sm text-muted-foreground">{empty}</p>
  )
}

interface LineProps {
  readonly name: string
  readonly check: Check | undefined
  /** What it is, in short. */
  readonly facts: readonly (string | null)[]
  /** What an owner can do with it. */
  readonly children?: ReactNode
}

/** One declared thing: what it is, how its check went and what would mend it. */
export function DeclaredLine({ name, check, facts, children }: LineProps) {
  const { rows } = useLive()
  const look = check === undefined ? 'unchecked' : lookOf(check, rows)
  return (
    <li className="flex flex-col gap-2 px-4 py-3" data-subject={name} data-check={look}>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="font-medium wrap-anywhere">{name}</p>
          <p className="flex flex-wrap gap-x-4 text-sm text-muted-foreground">
            {facts.filter((fact) => fact !== null).map((fact) => (
              <span key={fact} className="wrap-anywhere">
                {fact}
              </span>
            ))}
          </p>
        </div>
        <StandingSign look={look} word={words.states[look] ?? look} />
      </div>
      {check !== undefined && <Found check={check} />}
      {children !== undefined && <div className="flex flex-wrap gap-2">{children}</div>}
    </li>
  )
}

function Found({ check }: { check: Check }) {
  return (
    <div className="flex flex-col gap-1 text-sm" aria-live="polite">
      {check.detail !== null && <p className={`wrap-anywhere whitespace-pre-wrap ${check.state === 'failed' ? 'text-bad' : ''}`}>{check.detail}</p>}
      {check.remedy !== null && (
        <p className="wrap-anywhere">
          <span className="font-medium">{words.remedy}</span> {check.remedy}
        </p>
      )}
      <p className="flex flex-wrap gap-x-4 text-xs text-muted-foreground">
        {check.checked_at !== null && (
          <span>
            {words.checked} <Ago momentMs={Date.parse(check.checked_at)} />
          </span>
        )}
        {check.harness_id !== null && (
          <Link to="/harnesses/$harnessId" params={{ harnessId: check.harness_id }} className="underline">
            {words.harness}
          </Link>
        )}
      </p>
    </div>
  )
}
