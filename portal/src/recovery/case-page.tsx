import { Link, useParams } from '@tanstack/react-router'

import { NotAnswered } from '@/components/not-answered'
import { NotFound } from '@/components/not-found'
import { NotRead } from '@/components/not-read'
import { Notice } from '@/components/ui/notice'
import { useFollowed } from '@/harnesses/use-followed'
import { usePlatform } from '@/platform/context'
import { AnswerForm } from '@/recovery/answer-form'
import { answerOf, seenOf, wantedOf, type Case } from '@/recovery/case'
import { CaseSign } from '@/recovery/case-sign'
import { CASE } from '@/recovery/questions'
import { texts } from '@/texts'
import { Ago, Exact } from '@/time/times'

const words = texts.recovery

/** One recovery case: what was seen, what is wanted, and answering it. */
export function CasePage() {
  const { caseId } = useParams({ from: '/recovery/$caseId' })
  const { ask } = usePlatform()
  const { data, failure, again } = useFollowed({
    key: ['recovery-case', caseId],
    ask: () => ask(CASE, { id: caseId }),
  })
  if (data === undefined) {
    return failure === null ? <Notice tone="still">{words.loading}</Notice> : <NotAnswered what={words.failed} reason={failure} onTryAgain={again} />
  }
  const [found] = data.recovery_case
  return found === undefined ? (
    <NotFound />
  ) : (
    <>
      {failure !== null && <NotRead what={words.failed} reason={failure} onTryAgain={again} />}
      <Shown one={found} />
    </>
  )
}

function Shown({ one }: { one: Case }) {
  const name = words.kind[one.kind] ?? one.kind
  return (
    <article className="flex max-w-3xl flex-col gap-6" data-recovery-case={one.id} data-state={one.state}>
      <title>{`${name} · ${texts.product}`}</title>
      <header className="flex flex-col gap-2">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <h1 className="min-w-0 text-2xl font-semibold wrap-anywhere">{name}</h1>
          <CaseSign state={one.state} />
        </div>
        <p className="flex flex-wrap gap-x-4 text-sm text-muted-foreground">
          <Link to="/harnesses/$harnessId" params={{ harnessId: one.harness_id }} className="wrap-anywhere underline">
            {words.harness}
            {one.harness !== null && `: ${one.harness.title}`}
          </Link>
          <span>
            {words.since} <Ago momentMs={Date.parse(one.created_at)} />
          </span>
        </p>
      </header>
      <SeenSection one={one} />
      {one.state === 'open' ? (
        <section aria-label={words.wanted} className="flex flex-col gap-3 rounded-lg border bg-card p-4">
          <h2 className="font-medium">{words.wanted}</h2>
          <p className="text-sm wrap-anywhere">{wantedOf(one.wanted).says}</p>
          <p className="text-sm text-muted-foreground">
            {words.until} <Exact momentMs={Date.parse(one.expires_at)} />
          </p>
          <AnswerForm key={one.id} one={one} />
        </section>
      ) : (
        <Answered one={one} />
      )}
    </article>
  )
}

function SeenSection({ one }: { one: Case }) {
  const { says, facts } = seenOf(one.seen)
  return (
    <section aria-label={words.seen} className="flex flex-col gap-2">
      <h2 className="font-medium">{words.seen}</h2>
      <p className="text-sm wrap-anywhere">{says}</p>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-1 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
        {facts.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="mb-1 wrap-anywhere sm:mb-0">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Answered({ one }: { one: Case }) {
  const answer = answerOf(one.answer)
  return (
    <section aria-label={words.answer} className="flex flex-col gap-1 text-sm">
      <h2 className="text-base font-medium">{words.answer}</h2>
      {answer === null ? (
        <p>{words.noAnswer}</p>
      ) : (
        <>
          <p className="font-medium">{words.choices[answer.choice] ?? answer.choice}</p>
          {answer.note !== null && <p className="whitespace-pre-wrap wrap-anywhere">{answer.note}</p>}
          <p className="text-muted-foreground">
            {one.principal !== null && words.answered(one.principal.name)} {one.resolved_at !== null && <Ago momentMs={Date.parse(one.resolved_at)} />}
          </p>
        </>
      )}
    </section>
  )
}
