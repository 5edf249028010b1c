import { NotRead } from '@/components/not-read'
import { Notice } from '@/components/ui/notice'
import { LAUNCHES } from '@/harness/questions'
import type { Harness } from '@/harnesses/projection'
import { useFollowed } from '@/harnesses/use-followed'
import { usePlatform } from '@/platform/context'
import { texts } from '@/texts'
import { Exact } from '@/time/times'

const words = texts.harness.launches
const CELL = 'px-3 py-2 text-left'

/** How the launches of a harness came about; only who may ask sees this part. */
export function LaunchesPart({ harness: { harnessId, lastPosition } }: { harness: Harness }) {
  const { ask } = usePlatform()
  const { data, failure, again } = useFollowed({
    key: ['launch diagnostics', harnessId],
    position: lastPosition,
    ask: async () => (await ask(LAUNCHES, { id: harnessId })).launch_diagnostic,
  })
  if (failure !== null) {
    return <NotRead what={words.failed} reason={failure} onTryAgain={again} />
  }
  if (data === undefined || data.length === 0) {
    return <Notice tone="still">{data === undefined ? words.reading : words.none}</Notice>
  }
  return (
    <div tabIndex={0} role="group" aria-label={texts.harness.parts.launches} className="overflow-x-auto rounded-lg border bg-card">
      <table className="w-full text-sm">
        <thead className="border-b text-xs text-muted-foreground">
          <tr>
            {[words.runtime, words.origin, words.duration, words.at].map((head) => (
              <th key={head} scope="col" className={`${CELL} font-medium`}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {data.map((launch) => (
            <tr key={launch.id}>
              <td className={CELL}>
                {launch.runtime_kind} <code className="text-xs text-muted-foreground">{launch.runtime_name}</code>
              </td>
              <td className={CELL}>{launch.origin}</td>
              <td className={CELL}>{words.milliseconds(launch.duration_ms)}</td>
              <td className={`${CELL} whitespace-nowrap`}>
                <Exact momentMs={Date.parse(launch.created_at)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
