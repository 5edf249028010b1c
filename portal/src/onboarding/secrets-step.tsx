import { useState } from 'react'

import { Notice } from '@/components/ui/notice'
import { DeclareSecretForm } from '@/onboarding/declare-secret-form'
import { DeclaredLine, DeclaredList } from '@/onboarding/declared'
import { StepSection } from '@/onboarding/step-section'
import { checksOf, type Declared } from '@/onboarding/steps'
import { texts } from '@/texts'

const words = texts.onboarding.secrets

/** What is needed, why and whether it can be resolved; never a value. */
export function SecretsStep({ declared, slug }: { declared: Declared; slug: string }) {
  const [reference, setReference] = useState<string | null>(null)
  const checks = checksOf(declared)
  return (
    <StepSection
      title={texts.onboarding.steps.secrets}
      says={words.says}
      add={{ title: words.declare, operation: 'DeclareSecretContract', form: <DeclareSecretForm slug={slug} onDeclared={setReference} /> }}
    >
      <DeclaredList label={texts.onboarding.steps.secrets} empty={declared.secret_contract.length === 0 ? words.none : null}>
        {declared.secret_contract.map((contract) => (
          <DeclaredLine
            key={contract.id}
            name={contract.name}
            check={checks.find((check) => check.subject_id === contract.id)}
            facts={[words.kinds[contract.kind] ?? contract.kind, words.version(contract.version), contract.purpose, contract.probed_as === null ? null : words.probedAs(contract.probed_as)]}
          />
        ))}
      </DeclaredList>
      <HowToPut reference={reference ?? `secret://file/${slug}/…#…`} />
    </StepSection>
  )
}

function HowToPut({ reference }: { reference: string }) {
  return (
    <Notice tone="still">
      <p className="font-medium text-foreground">{words.put}</p>
      <p>{words.putSays}</p>
      <p>
        <code className="wrap-anywhere text-foreground">{words.putCommand(reference)}</code>
      </p>
      <p>{words.putElsewhere}</p>
    </Notice>
  )
}
