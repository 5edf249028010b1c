import { useState, type ComponentType } from 'react'

import { Choice } from '@/components/ui/choice'
import { Fact, Facts } from '@/components/ui/facts'
import { callOf, laidOut, urlOf, type Call, type Pair } from '@/proposals/kinds'
import { proposalKindsTexts } from '@/texts/proposal-kinds'

const words = proposalKindsTexts.call
const LAYOUTS = ['pretty', 'plain'] as const

/** What of an endpoint's contract says where a call goes and how it authenticates. */
export interface CallPlace {
  readonly public_url: string
  readonly executor_url: string | null
  readonly auth_kind: string
  readonly secret_contract: { readonly name: string } | null
}

interface CallShownProps {
  readonly payload: unknown
  readonly endpoint: CallPlace | undefined
  /** What shows the body: colours are more script than some pages need. */
  readonly as: ComponentType<CodeProps>
}

interface CodeProps {
  readonly text: string
  readonly language: string | null
  readonly label: string
}

/** An endpoint call as people read it: what it would do, where it goes, and all that is sent. */
export function CallShown({ payload, endpoint, as }: CallShownProps) {
  const call = callOf(payload)
  const url = endpoint === undefined ? `${words.unknownUrl}${call.path}` : urlOf(endpoint, call)
  const secret = endpoint?.secret_contract?.name
  return (
    <section aria-label={words.title} className="flex flex-col gap-3">
      <h2 className="font-medium">{words.title}</h2>
      <p className="rounded-lg border bg-card p-3 font-mono text-sm wrap-anywhere">
        <span className="font-semibold">{call.method}</span> {url}
      </p>
      <p className="text-sm wrap-anywhere">
        {words.sentence(call.method, url)} {whatIfSilent(call)}
      </p>
      <Facts>
        <Fact name={proposalKindsTexts.why}>
          <span className="whitespace-pre-wrap">{call.why}</span>
        </Fact>
        <Fact name={words.authenticates}>{secret === undefined ? words.noAuth : words.auth(endpoint?.auth_kind ?? '', secret)}</Fact>
        <Fact name={words.expects}>{words.expected(call.expectStatus)}</Fact>
        <Fact name={words.waits}>{words.waitsFor(call.timeoutMs)}</Fact>
      </Facts>
      {call.query.length > 0 && <Pairs title={words.query} pairs={call.query} />}
      {call.headers.length > 0 && <Pairs title={words.headers} pairs={call.headers} />}
      {call.body === null ? <p className="text-sm text-muted-foreground">{words.noBody}</p> : <Body {...call.body} as={as} />}
    </section>
  )
}

function whatIfSilent(call: Call): string {
  if (call.method === 'GET' || call.method === 'HEAD') {
    return words.headOnly
  }
  if (call.idempotencyHeader !== null) {
    return words.again(call.idempotencyHeader)
  }
  return call.method === 'POST' || call.method === 'PATCH' ? words.once : words.againBySelf(call.method)
}

function Pairs({ title, pairs }: { title: string; pairs: readonly Pair[] }) {
  return (
    <table className="w-full table-fixed border-collapse text-left text-sm">
      <caption className="pb-1 text-left text-muted-foreground">{title}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.value}</th>
        </tr>
      </thead>
      <tbody className="font-mono">
        {pairs.map((pair, at) => (
          <tr key={at} className="border-t align-top">
            <th scope="row" className="w-1/3 py-1 pr-4 font-normal wrap-anywhere">
              {pair.name}
            </th>
            <td className="py-1 whitespace-pre-wrap wrap-anywhere">{pair.value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Body({ mediaType, text, as: Code }: { mediaType: string; text: string; as: CallShownProps['as'] }) {
  const [layout, setLayout] = useState<(typeof LAYOUTS)[number]>('pretty')
  const isJson = /^[^;]*[/+]json\b/.test(mediaType)
  const pretty = isJson ? laidOut(text) : null
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-sm text-muted-foreground">{words.bodyOf(mediaType)}</h3>
        {pretty !== null && <Choice label={words.layout} value={layout} values={LAYOUTS} name={(one) => words[one]} onChange={setLayout} />}
      </div>
      <Code text={layout === 'pretty' && pretty !== null ? pretty : text} language={isJson ? 'json' : null} label={words.body} />
    </div>
  )
}
