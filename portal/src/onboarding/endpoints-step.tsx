import { useAction } from '@/actions/use-action'
import { Confirm } from '@/components/ui/confirm'
import { DeclareEndpointForm } from '@/onboarding/declare-endpoint-form'
import { DeclaredLine, DeclaredList } from '@/onboarding/declared'
import { useMay } from '@/session/may'
import { RETIRE_ENDPOINT } from '@/onboarding/questions'
import { ReviseEndpoint } from '@/onboarding/revise-endpoint'
import { StepSection } from '@/onboarding/step-section'
import { checksOf, type Declared } from '@/onboarding/steps'
import { texts } from '@/texts'

const words = texts.onboarding.endpoints

/** The systems that work is done on, each with its check, and declaring one more. */
export function EndpointsStep({ declared }: { declared: Declared }) {
  const may = useMay()
  const checks = checksOf(declared)
  const titles = new Map(declared.endpoint_kind.map(({ kind, title }) => [kind, title]))
  return (
    <StepSection
      title={texts.onboarding.steps.endpoints}
      add={{ title: words.declare, operation: 'DeclareEndpoint', form: <DeclareEndpointForm declared={declared} /> }}
    >
      <DeclaredList label={texts.onboarding.steps.endpoints} empty={declared.endpoint.length === 0 ? words.none : null}>
        {declared.endpoint.map((endpoint) => (
          <DeclaredLine
            key={endpoint.id}
            name={endpoint.name}
            check={checks.find((check) => check.subject_id === endpoint.id)}
            facts={[titles.get(endpoint.kind) ?? endpoint.kind, endpoint.public_url, endpoint.auth_kind === 'none' ? null : (words.auths[endpoint.auth_kind] ?? endpoint.auth_kind)]}
          >
            {may('ReviseEndpoint') && <ReviseEndpoint declared={declared} endpoint={endpoint} />}
            {may('RetireEndpoint') && <Retire id={endpoint.id} name={endpoint.name} />}
          </DeclaredLine>
        ))}
      </DeclaredList>
    </StepSection>
  )
}

function Retire({ id, name }: { id: string; name: string }) {
  const action = useAction(RETIRE_ENDPOINT)
  return (
    <Confirm name={words.retire} label={`${words.retire} ${name}`} title={words.retireTitle(name)} action={action} onConfirm={() => action.act({ endpoint_id: id })}>
      {words.retireSays}
    </Confirm>
  )
}
