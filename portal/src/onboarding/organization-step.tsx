import type { ReactNode } from 'react'

import { StandingSign } from '@/onboarding/standing-sign'
import { StepSection } from '@/onboarding/step-section'
import type { Organization } from '@/onboarding/steps'
import { texts } from '@/texts'

const words = texts.onboarding.organization

/** What the organization is, and how it decides. */
export function OrganizationStep({ organization }: { organization: Organization }) {
  return (
    <StepSection title={texts.onboarding.steps.organization} says={words.says}>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-2 rounded-lg border bg-card p-4 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
        <Fact name={words.name}>{organization.name}</Fact>
        <Fact name={words.slug}>
          <code>{organization.slug}</code>
        </Fact>
        <Fact name={words.state}>
          <StandingSign look={organization.state} word={texts.onboarding.state[organization.state] ?? organization.state} />
        </Fact>
        <Fact name={words.approvals}>{organization.approvals_required}</Fact>
        <Fact name={words.expiry}>{words.hours(organization.approval_ttl_hours)}</Fact>
        <Fact name={words.policyVersion}>{organization.policy_version}</Fact>
      </dl>
    </StepSection>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="mb-1 wrap-anywhere sm:mb-0">{children}</dd>
    </>
  )
}
