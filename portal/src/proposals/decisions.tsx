import type { Proposal } from '@/proposals/proposal'
import { texts } from '@/texts'
import { Ago } from '@/time/times'

const words = texts.proposals

/** Who decided what and why, and what became of it. */
export function Decisions({ proposal }: { proposal: Proposal }) {
  return (
    <section aria-label={words.decisions} className="flex flex-col gap-2 text-sm">
      <h2 className="text-base font-medium">{words.decisions}</h2>
      {proposal.decisions.length === 0 && <p className="text-muted-foreground">{words.noDecisions}</p>}
      <ul className="flex flex-col gap-2">
        {proposal.decisions.map((decision) => (
          <li key={decision.id} className="wrap-anywhere">
            <span className="font-medium">{words.verdicts[decision.verdict] ?? decision.verdict}</span>{' '}
            {decision.principal !== null && words.by(decision.principal.name)} <Ago momentMs={Date.parse(decision.decided_at)} />
            {decision.reason !== null && <p>{decision.reason}</p>}
          </li>
        ))}
      </ul>
      {proposal.executions.map((execution) => (
        <p key={execution.id} className="wrap-anywhere">
          <span className="font-medium">{words.executions}:</span> {texts.executions[execution.state] ?? execution.state}
          {execution.commit_id !== null && <code className="ml-2">{execution.commit_id.slice(0, 12)}</code>}
          {execution.reason !== null && <span className="block">{execution.reason}</span>}
        </p>
      ))}
    </section>
  )
}
