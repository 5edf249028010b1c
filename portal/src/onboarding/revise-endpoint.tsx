import reviseEndpoint from '@schemas/actions/revise_endpoint.json'
import { useState } from 'react'

import type { ReviseEndpointMutationVariables } from '@/__generated__/graphql'
import { useAction } from '@/actions/use-action'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { SchemaForm } from '@/forms/schema-form'
import { useSchemaForm } from '@/forms/use-schema-form'
import type { Readiness } from '@/onboarding/declare-endpoint-form'
import { EndpointFields } from '@/onboarding/endpoint-fields'
import { REVISE_ENDPOINT } from '@/onboarding/questions'
import type { Declared } from '@/onboarding/steps'
import { submitting } from '@/onboarding/submitting'
import { texts } from '@/texts'

const words = texts.onboarding.endpoints

type Input = Omit<ReviseEndpointMutationVariables['input'], 'idempotency_key'>
type Endpoint = Declared['endpoint'][number]

/** A button that opens the endpoint's contract to replace it; approvals bound to the former one become stale. */
export function ReviseEndpoint({ declared, endpoint }: { declared: Declared; endpoint: Endpoint }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button aria-label={`${words.revise} ${endpoint.name}`} onClick={() => { setIsOpen(true) }}>
        {words.revise}
      </Button>
      <Dialog open={isOpen} onOpenChange={setIsOpen} title={words.reviseTitle(endpoint.name)} description={words.reviseSays}>
        <Revising declared={declared} endpoint={endpoint} onDone={() => { setIsOpen(false) }} />
      </Dialog>
    </>
  )
}

function Revising({ declared, endpoint, onDone }: { declared: Declared; endpoint: Endpoint; onDone: () => void }) {
  const action = useAction(REVISE_ENDPOINT)
  const protocol = declared.endpoint_kind.find(({ kind }) => kind === endpoint.kind)?.protocol
  const form = useSchemaForm<Input>(reviseEndpoint, {
    endpoint_id: endpoint.id,
    public_url: endpoint.public_url,
    executor_url: endpoint.executor_url ?? '',
    auth: {
      kind: endpoint.auth_kind as 'none',
      secret_contract: endpoint.secret_contract?.name ?? '',
      parameter: endpoint.auth_parameter ?? '',
    },
    readiness: endpoint.readiness as Readiness,
  })
  return (
    <SchemaForm label={words.revise} form={form} submit={words.revise} action={action} onSubmit={submitting(form.form, action.act, onDone)}>
      <EndpointFields declared={declared} protocol={protocol} />
    </SchemaForm>
  )
}
