import { keepPreviousData } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useRef } from 'react'

import { NotRead } from '@/components/not-read'
import { Choice } from '@/components/ui/choice'
import { Notice } from '@/components/ui/notice'
import { useFollowed } from '@/harnesses/use-followed'
import { usePlatform } from '@/platform/context'
import { usePageKeys } from '@/keyboard/page-keys'
import { STATES } from '@/proposals/proposal'
import { ProposalLine } from '@/proposals/proposal-line'
import { PROPOSALS, PROPOSALS_MAX, WAITING } from '@/proposals/questions'
import { texts } from '@/texts'
import { proposalKindsTexts } from '@/texts/proposal-kinds'

const words = texts.proposals
const inbox = proposalKindsTexts.inbox
const VIEWS = ['open', 'all'] as const
const COUNTED_MAX = 99

/** The proposals that wait for a decision, or all of them. */
export function ProposalsPage() {
  const { view } = useSearch({ from: '/proposals' })
  const navigate = useNavigate()
  const { ask } = usePlatform()
  const { data, failure, again } = useFollowed({
    key: ['proposals', view],
    ask: () => ask(PROPOSALS, { states: [...STATES[view]], limit: PROPOSALS_MAX }),
    before: keepPreviousData,
  })
  const waiting = useFollowed({ key: ['proposals-waiting'], ask: () => ask(WAITING, { limit: COUNTED_MAX + 1 }) }).data?.proposal.length
  const list = useRef<HTMLUListElement>(null)
  const move = (by: 1 | -1) => {
    moveFocus(list.current, by)
  }
  usePageKeys([
    { keys: 'j', does: inbox.next, call: () => { move(1) } },
    { keys: 'k', does: inbox.previous, call: () => { move(-1) } },
  ])
  const nameOf = (one: (typeof VIEWS)[number]) =>
    one === 'open' && waiting !== undefined ? inbox.waiting(waiting > COUNTED_MAX ? `${COUNTED_MAX}+` : String(waiting)) : words.views[one]
  return (
    <>
      <title>{`${words.title} · ${texts.product}`}</title>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="text-2xl font-semibold">{words.title}</h1>
        <Choice label={words.which} value={view} values={VIEWS} name={nameOf} onChange={(chosen) => void navigate({ to: '/proposals', search: { view: chosen } })} />
      </div>
      {failure !== null && <NotRead what={words.failed} reason={failure} onTryAgain={again} />}
      {data === undefined && failure === null && <Notice tone="still">{words.loading}</Notice>}
      {data?.proposal.length === 0 && (
        <Notice tone="still">
          <p className="font-medium text-foreground">{words.none[view]}</p>
          <p>{words.noneRemedy}</p>
        </Notice>
      )}
      {data !== undefined && data.proposal.length > 0 && (
        <ul ref={list} className="divide-y rounded-lg border bg-card">
          {data.proposal.map((proposal) => (
            <ProposalLine key={proposal.id} proposal={proposal} />
          ))}
        </ul>
      )}
    </>
  )
}

/** Moves the focus to the line after or before the one that has it, or to the first. */
function moveFocus(list: HTMLUListElement | null, by: 1 | -1): void {
  const links = [...(list?.querySelectorAll('a') ?? [])]
  const at = links.findIndex((link) => link === document.activeElement)
  const next = links[at === -1 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]
  next?.focus()
}
