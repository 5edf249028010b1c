import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'

import type { WorkPlacesQuery } from '@/__generated__/graphql'
import { NotRead } from '@/components/not-read'
import { Choice } from '@/components/ui/choice'
import { Notice } from '@/components/ui/notice'
import { usePlatform } from '@/platform/context'
import { reasonOf } from '@/platform/graphql'
import { useMay } from '@/session/may'
import { texts } from '@/texts'
import { WORK_KINDS } from '@/work/kinds'
import { NewCallForm } from '@/work/new-call-form'
import { NewWorkForm } from '@/work/new-work-form'
import { PLACES } from '@/work/questions'
import { useNewCall, useNewWork } from '@/work/use-new-work'

const words = texts.work

/** Describing work: a change of a repository, or one call of an endpoint. */
export function NewWorkPage() {
  const { ask } = usePlatform()
  const may = useMay()
  const { data, error, refetch } = useQuery({ queryKey: ['work places'], queryFn: () => ask(PLACES) })
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <title>{`${words.create} · ${texts.product}`}</title>
      <div>
        <Link to="/work" className="text-sm text-muted-foreground hover:text-foreground">
          {words.title}
        </Link>
        <h1 className="text-2xl font-semibold">{words.create}</h1>
      </div>
      {error !== null && <NotRead what={words.placesFailed} reason={reasonOf(error)} onTryAgain={() => void refetch()} />}
      {!may('CreateWork') && <Notice tone="waiting">{words.mayNot}</Notice>}
      {may('CreateWork') && data === undefined && error === null && <Notice tone="still">{words.placesLoading}</Notice>}
      {may('CreateWork') && data !== undefined && <NewWork places={data} />}
    </div>
  )
}

// Both forms are kept here: what was typed into one is still there after a look at the other.
function NewWork({ places }: { places: WorkPlacesQuery }) {
  const { kind } = useSearch({ from: '/work/new' })
  const navigate = useNavigate()
  const work = useNewWork(places)
  const call = useNewCall(places)
  return (
    <>
      <div>
        <Choice
          label={words.kind}
          value={kind}
          values={WORK_KINDS}
          name={(one) => words.kinds[one]}
          onChange={(chosen) => void navigate({ to: '/work/new', search: { kind: chosen }, replace: true })}
        />
      </div>
      {kind === 'change' ? <NewWorkForm {...work} /> : <NewCallForm {...call} />}
    </>
  )
}
