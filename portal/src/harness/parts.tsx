import { useNavigate, useSearch } from '@tanstack/react-router'

import { ROLES_OF } from '@/__generated__/roles'
import { Tabs } from '@/components/ui/tabs'
import { ArtifactsPart } from '@/harness/artifacts-part'
import { EventsPart } from '@/harness/events-part'
import { LaunchesPart } from '@/harness/launches-part'
import type { Facts } from '@/harness/questions'
import type { Harness } from '@/harnesses/projection'
import { usePageKeys } from '@/keyboard/page-keys'
import { useViewer } from '@/session/viewer'
import { texts } from '@/texts'

const words = texts.harness.parts

type Part = 'events' | 'artifacts' | 'launches'

/** Events, artifacts and launch diagnostics, of which one is shown; the last are for those alone who may ask. */
export function Parts({ harness, facts }: { harness: Harness; facts: Facts | undefined }) {
  const { show, order, event, artifact } = useSearch({ from: '/harnesses/$harnessId' })
  const navigate = useNavigate({ from: '/harnesses/$harnessId' })
  const { role } = useViewer()
  const maySeeLaunches = ROLES_OF.LaunchDiagnostics.some((one) => one === role)
  const open = (part: Part) => {
    void navigate({ search: (before) => ({ ...before, show: part === 'events' ? undefined : part }), resetScroll: false })
  }
  const tabs = [
    { value: 'events', name: words.events, keys: 'e', does: texts.harness.keys.events },
    { value: 'artifacts', name: words.artifacts(facts?.artifacts.length ?? null), keys: 'a', does: texts.harness.keys.artifacts },
    ...(maySeeLaunches ? [{ value: 'launches', name: words.launches, keys: 'l', does: texts.harness.keys.launches } as const] : []),
  ] as const
  usePageKeys(tabs.map(({ value, keys, does }) => ({ keys, does, call: () => { open(value) } })))
  const shown: Part = tabs.find(({ value }) => value === show)?.value ?? 'events'
  return (
    <Tabs label={words.label} value={shown} tabs={tabs} onChange={open}>
      {shown === 'events' && <EventsPart key={order} harness={harness} order={order} event={event} />}
      {shown === 'artifacts' && <ArtifactsPart facts={facts} shownId={artifact} />}
      {shown === 'launches' && <LaunchesPart harness={harness} />}
    </Tabs>
  )
}
