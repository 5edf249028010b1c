import { Building2, ChevronsUpDown } from 'lucide-react'

import { Button } from '@/components/ui/button'
import { Menu, MenuChoices } from '@/components/ui/menu'
import { Notice } from '@/components/ui/notice'
import type { Switching } from '@/organizations/use-switching'
import { organizationName, useViewer } from '@/session/viewer'
import { texts } from '@/texts'

/** The organization's name; who is a member of several chooses another there. */
export function Switcher({ to, begin }: Switching) {
  const viewer = useViewer()
  const { orgId, organizations } = viewer
  const name = organizationName(viewer)
  if (organizations.length < 2 || orgId === null) {
    return (
      <span className="flex min-w-0 items-center gap-2 text-sm">
        <Building2 aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
        <span className="sr-only">{texts.organizations.label}</span>
        <span className="truncate" title={name}>
          {name}
        </span>
      </span>
    )
  }
  const nameOf = (id: string) => organizations.find((organization) => organization.id === id)?.name ?? id
  const choose = (id: string) => {
    const chosen = organizations.find((organization) => organization.id === id)
    if (chosen !== undefined) {
      begin(chosen)
    }
  }
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={texts.organizations.choose(name)}
          title={name}
          disabled={to !== null}
          className="flex min-h-10 min-w-0 cursor-pointer items-center gap-2 rounded-md px-2 text-sm hover:bg-still-ground disabled:cursor-progress disabled:opacity-70"
        >
          <Building2 aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
          <span className="truncate">{to === null ? name : texts.organizations.switching(to.name)}</span>
          <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-muted-foreground" />
        </button>
      }
    >
      <MenuChoices label={texts.organizations.label} value={orgId} values={organizations.map(({ id }) => id)} name={nameOf} onChange={choose} />
    </Menu>
  )
}

/** Something that has to be said about the organization, above the page, until it is closed. */
export function OrganizationNotice({ says, tone, onClose }: { says: string | null; tone: 'bad' | 'waiting'; onClose: () => void }) {
  if (says === null) {
    return null
  }
  return (
    <div role="alert" className="mx-auto max-w-[110rem] px-4 pt-4">
      <Notice tone={tone}>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="min-w-0 break-words">{says}</p>
          <Button onClick={onClose}>{texts.organizations.dismiss}</Button>
        </div>
      </Notice>
    </div>
  )
}
