import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'

import type { ProofPageOfQuery } from '@/__generated__/graphql'
import { NotAnswered } from '@/components/not-answered'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { download } from '@/harness/download'
import { Lineage } from '@/lineage/lineage'
import { usePlatform } from '@/platform/context'
import { reasonOf } from '@/platform/graphql'
import { utf8 } from '@/proofs/bytes'
import { ProofSign } from '@/proofs/proof-sign'
import { PROOF } from '@/proofs/questions'
import { StatementView } from '@/proofs/statement-view'
import { useExamined } from '@/proofs/use-examined'
import { Verification } from '@/proofs/verification'
import { texts } from '@/texts'
import { Ago } from '@/time/times'

const words = texts.proofs
const INDENT = 2

/** One proof: what it states, whether this browser believes it, and what it belongs to. */
export function ProofPage() {
  const { proofId } = useParams({ from: '/proofs/$proofId' })
  const { ask } = usePlatform()
  const { data, error, refetch } = useQuery({ queryKey: ['proof', proofId], queryFn: () => ask(PROOF, { id: proofId }) })
  if (data !== undefined) {
    return <Shown answer={data} />
  }
  return error === null ? <Notice tone="still">{words.loadingOne}</Notice> : <NotAnswered what={words.failedOne} reason={reasonOf(error)} onTryAgain={() => void refetch()} />
}

function Shown({ answer }: { answer: ProofPageOfQuery }) {
  const { examined, trust } = useExamined(answer)
  const [proof] = answer.proof
  const bundle = answer.verify_proof
  const title = proof?.projection?.title ?? words.untitled
  return (
    <article className="flex flex-col gap-6" data-proof={bundle.proof_id}>
      <title>{`${words.one}: ${title} · ${texts.product}`}</title>
      <header className="flex flex-col gap-2">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <h1 className="min-w-0 text-2xl font-semibold wrap-anywhere">{title}</h1>
          <ProofSign outcome={bundle.outcome} />
        </div>
        <p className="flex flex-wrap gap-x-4 text-sm text-muted-foreground">
          <span>{words.leaf(bundle.leaf_index)}</span>
          {proof !== undefined && (
            <>
              <span>
                {words.recorded} <Ago momentMs={Date.parse(proof.recorded_at)} />
              </span>
              <Link to="/harnesses/$harnessId" params={{ harnessId: proof.harness_id }} className="underline">
                {texts.proposals.harness}
              </Link>
            </>
          )}
        </p>
      </header>
      <Verification examined={examined} onTrust={trust} />
      {examined?.statement && <StatementView statement={examined.statement} names={answer} />}
      {examined?.statement === null && <Notice tone="bad">{words.statement.unsigned}</Notice>}
      <Download bundle={bundle} />
      {proof !== undefined && <Lineage harnessId={proof.harness_id} />}
    </article>
  )
}

function Download({ bundle }: { bundle: ProofPageOfQuery['verify_proof'] }) {
  const name = `proof-${bundle.proof_id}.json`
  return (
    <section aria-label={words.download} className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <Button
        onClick={() => {
          download(name, utf8(`${JSON.stringify(bundle, null, INDENT)}\n`))
        }}
      >
        {words.download}
      </Button>
      <span className="min-w-0">
        {words.downloadSays} <code className="wrap-anywhere">fractalops proofs verify --file {name}</code>
      </span>
    </section>
  )
}
