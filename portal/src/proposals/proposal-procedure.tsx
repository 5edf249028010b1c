import { Notice } from '@/components/ui/notice'
import { procedureOf } from '@/proposals/kinds'
import type { Proposal } from '@/proposals/proposal'
import { proposalKindsTexts } from '@/texts/proposal-kinds'

const words = proposalKindsTexts.procedure

/** A browser procedure as people read it: numbered steps, and what must be seen at the end. */
export function ProposalProcedure({ proposal }: { proposal: Proposal }) {
  const { steps, observed, why } = procedureOf(proposal.payload)
  return (
    <section aria-label={words.title} className="flex flex-col gap-3 text-sm">
      <h2 className="text-base font-medium">{words.title}</h2>
      <Notice tone="waiting">{words.notCarriedOut}</Notice>
      <p className="wrap-anywhere whitespace-pre-wrap">
        <span className="text-muted-foreground">{proposalKindsTexts.why}:</span> {why}
      </p>
      <ol className="ml-6 flex list-decimal flex-col gap-1.5">
        {steps.map((step, at) => (
          <li key={at} className="wrap-anywhere whitespace-pre-wrap">
            {step}
          </li>
        ))}
      </ol>
      <h3 className="font-medium">{words.observed}</h3>
      <ul className="ml-6 flex list-disc flex-col gap-1.5">
        {observed.map((one, at) => (
          <li key={at} className="wrap-anywhere whitespace-pre-wrap">
            {one}
          </li>
        ))}
      </ul>
    </section>
  )
}
