import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { useAction } from '@/actions/use-action'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { useLive } from '@/harnesses/live-context'
import { SEALING_KEY, SEND_SECRET_VALUE } from '@/onboarding/questions'
import type { SealingKey } from '@/onboarding/sealing'
import { SecretField } from '@/onboarding/secret-field'
import type { Check, Declared } from '@/onboarding/steps'
import { usePlatform } from '@/platform/context'
import { texts } from '@/texts'

const words = texts.onboarding.secrets

type SecretContract = Declared['secret_contract'][number]

interface SendValueProps {
  readonly contract: SecretContract
  readonly orgId: string
  readonly check: Check | undefined
}

/** A button that opens a form for the value of a secret contract; what became of one that was sent is told beside it. */
export function SendValue({ contract, orgId, check }: SendValueProps) {
  const [isOpen, setIsOpen] = useState(false)
  const [isSent, setIsSent] = useState(false)
  const { rows } = useLive()
  const harness = rows.get(check?.harness_id ?? '')
  return (
    <>
      <Button aria-label={`${words.send} ${contract.name}`} onClick={() => { setIsOpen(true) }}>
        {words.send}
      </Button>
      {isSent && harness?.phase === 'failed' && (
        <div role="alert">
          <Notice tone="bad">{harness.headline}</Notice>
        </div>
      )}
      <Dialog open={isOpen} onOpenChange={setIsOpen} title={words.sendTitle(contract.name)} description={words.sendSays}>
        <Sending contract={contract} orgId={orgId} onDone={() => { setIsOpen(false); setIsSent(true) }} />
      </Dialog>
    </>
  )
}

function Sending({ contract, orgId, onDone }: { contract: SecretContract; orgId: string; onDone: () => void }) {
  const { ask } = usePlatform()
  const { data, isPending, isError } = useQuery({ queryKey: ['sealing-key'], queryFn: () => ask(SEALING_KEY) })
  const key = data?.sealing_key[0]
  if (isPending) {
    return <Notice tone="still">{words.readingKey}</Notice>
  }
  if (isError || key === undefined) {
    return <Notice tone="bad">{isError ? words.keyNotRead : words.noKey}</Notice>
  }
  return <ValueForm contract={contract} orgId={orgId} sealingKey={key} onDone={onDone} />
}

interface ValueFormProps {
  readonly contract: SecretContract
  readonly orgId: string
  readonly sealingKey: SealingKey
  readonly onDone: () => void
}

function ValueForm({ contract, orgId, sealingKey, onDone }: ValueFormProps) {
  const action = useAction(SEND_SECRET_VALUE)
  const [couldNotSeal, setCouldNotSeal] = useState(false)
  const send = async (value: string) => {
    const bound = { orgId, secretContractId: contract.id, version: contract.version, digest: contract.digest }
    const sealed = await sealedOrNull(value, sealingKey, bound)
    setCouldNotSeal(sealed === null)
    if (sealed !== null && (await action.act({ secret_contract_id: contract.id, version: contract.version, key_id: sealingKey.key_id, sealed }))) {
      onDone()
    }
  }
  const wrong = couldNotSeal ? words.couldNotSeal : action.refusal === null ? null : words.typeAgain(action.refusal)
  return (
    <form
      aria-label={words.send}
      autoComplete="off"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const value = new FormData(event.currentTarget).get('value')
        // From here on the value is in no field: it is sealed, or it has to be typed again.
        event.currentTarget.reset()
        if (typeof value === 'string') {
          void send(value)
        }
      }}
    >
      <SecretField label={words.value} name="value" isLong={contract.kind === 'key' || contract.kind === 'certificate'} />
      <p className="text-sm wrap-anywhere text-muted-foreground">{words.sealedWith(sealingKey.key_id)}</p>
      {wrong !== null && (
        <div role="alert">
          <Notice tone="bad">{wrong}</Notice>
        </div>
      )}
      <div>
        <Button type="submit" tone="primary" disabled={action.busy}>
          {action.busy ? texts.forms.sending : words.send}
        </Button>
      </div>
    </form>
  )
}

async function sealedOrNull(value: string, key: SealingKey, bound: Parameters<typeof import('@/onboarding/sealing').seal>[2]): Promise<string | null> {
  try {
    const { seal } = await import('@/onboarding/sealing')
    return await seal(value, key, bound)
  } catch {
    // An old browser, or a page that did not come over https: neither has what sealing needs.
    return null
  }
}
