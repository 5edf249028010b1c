import { Link, useSearch } from '@tanstack/react-router'

import { NotRead } from '@/components/not-read'
import { Notice } from '@/components/ui/notice'
import { useLive } from '@/harnesses/live-context'
import { useFollowed } from '@/harnesses/use-followed'
import { CheckAgain } from '@/onboarding/check-again'
import { ChecksStep } from '@/onboarding/checks-step'
import { EndpointsStep } from '@/onboarding/endpoints-step'
import { OrganizationStep } from '@/onboarding/organization-step'
import { PeopleStep } from '@/onboarding/people-step'
import { ONBOARDING } from '@/onboarding/questions'
import { RuntimesStep } from '@/onboarding/runtimes-step'
import { SecretsStep } from '@/onboarding/secrets-step'
import { StandingSign } from '@/onboarding/standing-sign'
import { STEPS, type Step } from '@/onboarding/step-names'
import { nextOf, standingsOf, type Declared, type Organization } from '@/onboarding/steps'
import { usePlatform } from '@/platform/context'
import { texts } from '@/texts'

const words = texts.onboarding

/** Bringing the organization to the state where work can launch, step by step. */
export function OnboardingPage() {
  const { ask } = usePlatform()
  const { data, failure, again } = useFollowed({
    key: ['onboarding'],
    ask: () => ask(ONBOARDING),
  })
  const organization = data?.organization[0]
  return (
    <>
      <title>{`${words.title} · ${texts.product}`}</title>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="min-w-0 text-2xl font-semibold wrap-anywhere">{organization === undefined ? words.title : `${words.title}: ${organization.name}`}</h1>
        {organization !== undefined && <StandingSign look={organization.state} word={words.state[organization.state] ?? organization.state} />}
      </div>
      {failure !== null && <NotRead what={words.failed} reason={failure} onTryAgain={again} />}
      {data === undefined && failure === null && <Notice tone="still">{words.loading}</Notice>}
      {data !== undefined && organization !== undefined && <Guide declared={data} organization={organization} />}
    </>
  )
}

function Guide({ declared, organization }: { declared: Declared; organization: Organization }) {
  const { step } = useSearch({ from: '/onboarding' })
  const { rows } = useLive()
  const standings = standingsOf(declared, rows)
  const next = nextOf(standings)
  return (
    <div className="grid gap-6 lg:grid-cols-[16rem_minmax(0,1fr)]">
      <nav aria-label={words.steps.label} className="flex flex-col gap-3">
        <ol className="divide-y rounded-lg border bg-card">
          {STEPS.map((one, index) => (
            <li key={one}>
              <Link
                to="/onboarding"
                search={{ step: one }}
                aria-current={one === step ? 'step' : undefined}
                className="flex min-h-11 items-center justify-between gap-2 px-3 text-sm hover:bg-still-ground aria-[current=step]:bg-still-ground aria-[current=step]:font-medium"
              >
                <span>
                  {index + 1}. {words.steps[one]}
                </span>
                <StandingSign look={standings[one]} word={words.standing[standings[one]] ?? standings[one]} />
              </Link>
            </li>
          ))}
        </ol>
        {next !== null && next !== step && (
          <Link to="/onboarding" search={{ step: next }} className="text-sm underline">
            {words.next}: {words.steps[next]}
          </Link>
        )}
        <CheckAgain />
      </nav>
      <ShownStep step={step} declared={declared} organization={organization} />
    </div>
  )
}

function ShownStep({ step, declared, organization }: { step: Step; declared: Declared; organization: Organization }) {
  switch (step) {
    case 'organization':
      return <OrganizationStep organization={organization} />
    case 'people':
      return <PeopleStep declared={declared} />
    case 'endpoints':
      return <EndpointsStep declared={declared} />
    case 'secrets':
      return <SecretsStep declared={declared} organization={organization} />
    case 'runtimes':
      return <RuntimesStep declared={declared} />
    case 'checks':
      return <ChecksStep declared={declared} />
  }
}
