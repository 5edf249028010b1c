import { Link } from '@tanstack/react-router'
import { Ban, Check, Circle, CircleDot, Hourglass, Minus, X, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

import { pathOf, standsAt, type Station, type StationState } from '@/harness/path'
import type { Harness } from '@/harnesses/projection'
import { texts } from '@/texts'

const words = texts.harness.path

const LOOKS: Readonly<Record<StationState, readonly [LucideIcon, string]>> = {
  done: [Check, 'border-good bg-good-ground text-good'],
  now: [CircleDot, 'border-moving bg-moving-ground text-moving'],
  waits: [Hourglass, 'border-waiting bg-waiting-ground text-waiting'],
  failed: [X, 'border-bad bg-bad-ground text-bad'],
  cancelled: [Ban, 'border-still bg-still-ground text-still'],
  ahead: [Circle, 'border-border bg-card text-muted-foreground'],
  unneeded: [Minus, 'border-border bg-card text-muted-foreground'],
}

/** The path as a line of stations, and where it stands now: beside each other, or below on a small screen. */
export function PathLine({ harness }: { harness: Harness }) {
  const path = pathOf(harness)
  const stands = standsAt(path)
  return (
    <nav aria-label={words.title}>
      <ol className="flex flex-col rounded-lg border bg-card px-4 py-3 sm:flex-row sm:py-4">
        {path.map((station, at) => (
          <li
            key={station.name}
            aria-current={station === stands ? 'step' : undefined}
            data-station={station.name}
            data-state={station.state}
            className="group relative flex min-h-12 flex-1 items-center gap-3 sm:min-h-0 sm:flex-col sm:gap-1.5 sm:text-center"
          >
            {at > 0 && <Rail passed={path[at - 1]?.state === 'done'} />}
            <Sign state={station.state} />
            <span className="flex min-w-0 flex-col">
              <span className="text-sm font-medium">
                <ToStation harness={harness} station={station}>
                  {words.station[station.name]}
                </ToStation>
              </span>
              <span className="text-xs text-muted-foreground">{words.stands[station.state]}</span>
            </span>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** The piece of line from the station before. */
function Rail({ passed }: { passed: boolean }) {
  const look = passed ? 'bg-good' : 'bg-border'
  return <span aria-hidden="true" className={`absolute -top-3 left-3.5 h-6 w-px sm:top-3.5 sm:right-1/2 sm:left-auto sm:h-px sm:w-full ${look}`} />
}

function Sign({ state }: { state: StationState }) {
  const [Icon, look] = LOOKS[state]
  return (
    <span aria-hidden="true" className={`z-10 flex size-7 shrink-0 items-center justify-center rounded-full border group-aria-[current=step]:ring-2 group-aria-[current=step]:ring-ring ${look}`}>
      <Icon className="size-4" />
    </span>
  )
}

function ToStation({ harness, station, children }: { harness: Harness; station: Station; children: ReactNode }) {
  const { workId, proposalId, proofId } = harness
  switch (station.name) {
    case 'onboarding':
    case 'checks':
      return (
        <Link to="/onboarding" search={{ step: 'checks' }} className="underline">
          {children}
        </Link>
      )
    case 'proposal':
    case 'decision':
    case 'execution':
      return proposalId === null ? (
        children
      ) : (
        <Link to="/proposals/$proposalId" params={{ proposalId }} className="underline">
          {children}
        </Link>
      )
    case 'work':
      return workId === null ? (
        children
      ) : (
        <Link to="/work/$workId" params={{ workId }} className="underline">
          {children}
        </Link>
      )
    case 'proof':
      return proofId === null ? (
        children
      ) : (
        <Link to="/proofs/$proofId" params={{ proofId }} className="underline">
          {children}
        </Link>
      )
    default:
      return children
  }
}
