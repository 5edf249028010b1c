import { Notice } from '@/components/ui/notice'
import { AddPersonForm } from '@/onboarding/add-person-form'
import { PersonLine } from '@/onboarding/person-line'
import { StandingSign } from '@/onboarding/standing-sign'
import { StepSection } from '@/onboarding/step-section'
import { peopleLack, type Declared } from '@/onboarding/steps'
import { texts } from '@/texts'

const words = texts.onboarding.people

/** Who belongs to the organization, and whether they suffice to launch and to decide. */
export function PeopleStep({ declared }: { declared: Declared }) {
  const lack = peopleLack(declared)
  return (
    <StepSection
      title={texts.onboarding.steps.people}
      says={words.says}
      add={{ title: words.add, operation: 'AddMember', form: <AddPersonForm /> }}
    >
      <Notice tone={lack === null ? 'still' : 'waiting'}>
        <span className="flex flex-wrap items-center justify-between gap-2">
          {lack ?? words.enough}
          <StandingSign look={lack === null ? 'passed' : 'missing'} word={texts.onboarding.standing[lack === null ? 'done' : 'missing'] ?? ''} />
        </span>
      </Notice>
      {declared.membership.length === 0 ? (
        <p className="text-sm text-muted-foreground">{words.none}</p>
      ) : (
        <ul aria-label={texts.onboarding.steps.people} className="divide-y rounded-lg border bg-card">
          {declared.membership.map((member) => (
            <PersonLine key={`${member.principal_id} ${member.role}`} member={member} />
          ))}
        </ul>
      )}
    </StepSection>
  )
}
