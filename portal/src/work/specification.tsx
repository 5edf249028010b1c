import type { ReactNode } from 'react'

import type { WorkItemQuery } from '@/__generated__/graphql'
import { CallShown } from '@/proposals/call-shown'
import { texts } from '@/texts'
import { Ago } from '@/time/times'

const words = texts.work

/** What is wanted done, where and how, as it was described. */
export function Specification({ item }: { item: WorkItemQuery['work'][number] }) {
  const { call, ...asked } = item.specification as Record<string, unknown>
  const said = Object.entries(asked).filter(([, value]) => value !== null)
  return (
    <section aria-label={words.specification} className="rounded-lg border bg-card p-4">
      <h2 className="mb-3 font-medium">{words.specification}</h2>
      <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-2">
        <Fact name={words.endpoint}>{item.endpoint && `${item.endpoint.name} · ${item.endpoint.public_url}`}</Fact>
        <Fact name={words.runtimeAsset}>{item.runtime_asset?.name}</Fact>
        <Fact name={words.interaction}>{words.interactions[item.interaction_policy] ?? item.interaction_policy}</Fact>
        <Fact name={words.created}>
          <Ago momentMs={Date.parse(item.created_at)} /> {item.principal && texts.harnesses.by(item.principal.name)}
        </Fact>
        {said.map(([name, value]) => (
          <Fact key={name} name={words.fields[name] ?? name} wide>
            {typeof value === 'string' || typeof value === 'object' ? <Code text={typeof value === 'string' ? value : JSON.stringify(value, null, 2)} /> : JSON.stringify(value)}
          </Fact>
        ))}
      </dl>
      {call !== undefined && (
        <div className="mt-4">
          <CallShown payload={call} endpoint={item.endpoint ?? undefined} as={Code} />
        </div>
      )}
    </section>
  )
}

function Fact({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? 'min-w-0 sm:col-span-2' : 'min-w-0'}>
      <dt className="text-xs text-muted-foreground">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  )
}

function Code({ text, label }: { text: string; label?: string }) {
  return (
    <pre tabIndex={0} {...(label !== undefined && { role: 'group', 'aria-label': label })} className="max-h-80 overflow-auto rounded-md border bg-background p-3 font-mono text-xs whitespace-pre-wrap">
      {text}
    </pre>
  )
}
