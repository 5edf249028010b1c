import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { NotRead } from '@/components/not-read'
import { Notice } from '@/components/ui/notice'
import { usePlatform } from '@/platform/context'
import { reasonOf } from '@/platform/graphql'
import { useMay } from '@/session/may'
import { texts } from '@/texts'
import { NewWorkForm } from '@/work/new-work-form'
import { PLACES } from '@/work/questions'

const words = texts.work

/** Describing work on one of the organization's endpoints, in one of its runtime assets. */
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
      {may('CreateWork') && data !== undefined && <NewWorkForm places={data} />}
    </div>
  )
}
