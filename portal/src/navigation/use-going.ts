import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'

import { useLive } from '@/harnesses/live-context'
import { phaseText } from '@/harnesses/phase-sign'
import type { Bindings } from '@/keyboard/sequence'
import { PAGES } from '@/navigation/pages'
import type { Switching } from '@/organizations/use-switching'
import type { Choice } from '@/palette/choices'
import { useViewer } from '@/session/viewer'
import { texts } from '@/texts'
import { chooseTheme, THEMES } from '@/theme/theme'

/** How many harnesses the palette offers; those that wait first. */
const HARNESSES_MAX = 50

/** Every way to go somewhere or do something from anywhere: by keys, and by the palette. */
export function useGoing({ onSignOut, onHelp, switching }: { onSignOut: () => void; onHelp: () => void; switching: Switching }): {
  readonly bindings: Bindings
  readonly choices: readonly Choice[]
} {
  const navigate = useNavigate()
  const { groups } = useLive()
  const { orgId, organizations } = useViewer()
  const bindings = Object.fromEntries(PAGES.map(({ keys, path }) => [keys, () => void navigate({ to: path })]))
  const harnesses = useMemo(() => [...groups.waiting, ...groups.underWay, ...groups.ended].slice(0, HARNESSES_MAX), [groups])
  const choices: readonly Choice[] = [
    ...PAGES.map(({ path, name, keys }): Choice => ({ id: path, group: 'pages', name, hint: keys, go: () => void navigate({ to: path }) })),
    ...harnesses.map((harness): Choice => ({
      id: harness.harnessId,
      group: 'harnesses',
      name: harness.title,
      hint: phaseText(harness.phase),
      go: () => void navigate({ to: '/harnesses/$harnessId', params: { harnessId: harness.harnessId } }),
    })),
    ...organizations
      .filter(({ id }) => id !== orgId)
      .map((organization): Choice => ({
        id: `organization ${organization.id}`,
        group: 'actions',
        name: texts.organizations.switchTo(organization.name),
        hint: organization.role,
        go: () => {
          switching.begin(organization)
        },
      })),
    ...THEMES.map((theme): Choice => ({
      id: `theme ${theme}`,
      group: 'actions',
      name: texts.theme.choose(texts.theme.names[theme]),
      go: () => {
        chooseTheme(theme)
      },
    })),
    { id: 'keys', group: 'actions', name: texts.keyboard.title, hint: '?', go: onHelp },
    { id: 'sign out', group: 'actions', name: texts.session.signOut, go: onSignOut },
  ]
  return { bindings, choices }
}
