import { useLive } from '@/harnesses/live-context'
import { DeclaredLine, DeclaredList } from '@/onboarding/declared'
import { StepSection } from '@/onboarding/step-section'
import { checksOf, lookOf, type Declared } from '@/onboarding/steps'
import { texts } from '@/texts'

const words = texts.onboarding.check

const STEP_OF: Readonly<Record<string, string>> = {
  endpoint: texts.onboarding.steps.endpoints,
  secret_contract: texts.onboarding.steps.secrets,
  runtime_asset: texts.onboarding.steps.runtimes,
}

/** Every check as it goes. */
export function ChecksStep({ declared }: { declared: Declared }) {
  const { rows } = useLive()
  const checks = checksOf(declared)
  const passed = checks.filter((check) => lookOf(check, rows) === 'passed').length
  return (
    <StepSection title={texts.onboarding.steps.checks} says={declared.organization[0]?.state === 'active' ? texts.onboarding.active : texts.onboarding.notActive}>
      <div className="flex flex-col gap-2">
        <p id="checks-passed" className="text-sm">
          {words.progress(passed, checks.length)}
        </p>
        <progress className="progress-line text-good" max={Math.max(checks.length, 1)} value={passed} aria-labelledby="checks-passed" />
      </div>
      <DeclaredList label={texts.onboarding.steps.checks} empty={checks.length === 0 ? words.none : null}>
        {checks.map((check) => (
          <DeclaredLine key={check.id} name={check.subject_name} check={check} facts={[STEP_OF[check.subject_kind] ?? check.subject_kind]} />
        ))}
      </DeclaredList>
    </StepSection>
  )
}
