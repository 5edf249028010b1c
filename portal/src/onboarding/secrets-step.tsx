import { useState } from 'react'

import { Notice } from '@/components/ui/notice'
import { DeclareSecretForm } from '@/onboarding/declare-secret-form'
import { DeclaredLine, DeclaredList } from '@/onboarding/declared'
import { SendValue } from '@/onboarding/send-value'
import { StepSection } from '@/onboarding/step-section'
import { checksOf, type Declared, type Organization } from '@/onboarding/steps'
import { useMay } from '@/session/may'
import { texts } from '@/texts'

const words = texts.onboarding.secrets

/** What is needed, why and whether it can be resolved; a value is sent from here and never shown. */
export function SecretsStep({ declared, organization }: { declared: Declared; organization: Organization }) {
  const may = useMay()
  const { id: orgId, slug } = organization
  const [reference, setReference] = useState<string | null>(null)
  const checks = checksOf(declared)
  return (
    <StepSection
      title={texts.onboarding.steps.secrets}
      says={words.says}
      add={{ title: words.declare, operation: 'DeclareSecretContract', form: <DeclareSecretForm slug={slug} onDeclared={setReference} /> }}
    >
      <DeclaredList label={texts.onboarding.steps.secrets} empty={declared.secret_contract.length === 0 ? words.none : null}>
        {declared.secret_contract.map((contract) => {
          const check = checks.find(({ subject_id }) => subject_id === contract.id)
          return (
            <DeclaredLine key={contract.id} name={contract.name} check={check} facts={factsOf(contract)}>
              {contract.backend === 'file' && may('SendSecretValue') && <SendValue contract={contract} orgId={orgId} check={check} />}
            </DeclaredLine>
          )
        })}
      </DeclaredList>
      <HowToPut reference={reference ?? `secret://file/${slug}/…#…`} />
    </StepSection>
  )
}

function factsOf(contract: Declared['secret_contract'][number]): readonly (string | null)[] {
  return [
    words.kinds[contract.kind] ?? contract.kind,
    words.version(contract.version),
    contract.backend === null ? null : (words.livesIn[contract.backend] ?? contract.backend),
    contract.purpose,
    contract.probed_as === null ? null : words.probedAs(contract.probed_as),
  ]
}

function HowToPut({ reference }: { reference: string }) {
  return (
    <Notice tone="still">
      <p className="font-medium text-foreground">{words.put}</p>
      <p>{words.putSays}</p>
      <p>
        <code className="wrap-anywhere text-foreground">{words.sendCommand}</code>
      </p>
      <p>
        <code className="wrap-anywhere text-foreground">{words.putCommand(reference)}</code>
      </p>
      <p>{words.putElsewhere}</p>
    </Notice>
  )
}
