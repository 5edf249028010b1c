import { useAction } from '@/actions/use-action'
import { Confirm } from '@/components/ui/confirm'
import { DeclareRuntimeForm } from '@/onboarding/declare-runtime-form'
import { DeclaredLine, DeclaredList } from '@/onboarding/declared'
import { useMay } from '@/session/may'
import { RETIRE_RUNTIME_ASSET } from '@/onboarding/questions'
import { StepSection } from '@/onboarding/step-section'
import { checksOf, type Declared } from '@/onboarding/steps'
import { texts } from '@/texts'

const words = texts.onboarding.runtimes

/** The places where work runs, each with its check, and declaring one more. */
export function RuntimesStep({ declared }: { declared: Declared }) {
  const may = useMay()
  const checks = checksOf(declared)
  return (
    <StepSection
      title={texts.onboarding.steps.runtimes}
      add={{ title: words.declare, operation: 'DeclareRuntimeAsset', form: <DeclareRuntimeForm /> }}
    >
      <DeclaredList label={texts.onboarding.steps.runtimes} empty={declared.runtime_asset.length === 0 ? words.none : null}>
        {declared.runtime_asset.map((asset) => (
          <DeclaredLine key={asset.id} name={asset.name} check={checks.find((check) => check.subject_id === asset.id)} facts={[words.kinds[asset.kind] ?? asset.kind]}>
            {may('RetireRuntimeAsset') && <Retire id={asset.id} name={asset.name} />}
          </DeclaredLine>
        ))}
      </DeclaredList>
    </StepSection>
  )
}

function Retire({ id, name }: { id: string; name: string }) {
  const action = useAction(RETIRE_RUNTIME_ASSET)
  return (
    <Confirm name={words.retire} label={`${words.retire} ${name}`} title={words.retireTitle(name)} action={action} onConfirm={() => action.act({ runtime_asset_id: id })}>
      {words.retireSays}
    </Confirm>
  )
}
