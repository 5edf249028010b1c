import { Command as CommandKey, LogOut, SunMoon } from 'lucide-react'
import { useState, useSyncExternalStore, type ReactNode } from 'react'

import { Button, IconButton } from '@/components/ui/button'
import { Menu, MenuChoices } from '@/components/ui/menu'
import { KeysHelp } from '@/keyboard/keys-help'
import { useKeysOfPage } from '@/keyboard/page-keys'
import { useShortcuts } from '@/keyboard/use-shortcuts'
import { Navigation } from '@/navigation/navigation'
import { PAGES } from '@/navigation/pages'
import { useGoing } from '@/navigation/use-going'
import { OrganizationNotice, Switcher } from '@/organizations/switcher'
import { useSwitching, type Switching } from '@/organizations/use-switching'
import { Palette } from '@/palette/palette'
import { usePaletteKey } from '@/palette/use-palette-key'
import { organizationName, useViewer } from '@/session/viewer'
import { texts } from '@/texts'
import { chooseTheme, currentTheme, onTheme, THEMES } from '@/theme/theme'

/** What stands around every page of someone who is signed in. */
export function Shell({ onSignOut, children }: { onSignOut: () => void; children: ReactNode }) {
  const [paletteIsOpen, setPaletteIsOpen] = useState(false)
  const [helpIsOpen, setHelpIsOpen] = useState(false)
  const openHelp = () => {
    setHelpIsOpen(true)
  }
  const switching = useSwitching()
  const name = organizationName(useViewer())
  const { bindings, choices } = useGoing({ onSignOut, onHelp: openHelp, switching })
  useShortcuts({ ...bindings, '?': openHelp })
  usePaletteKey(paletteIsOpen, () => {
    setPaletteIsOpen(!paletteIsOpen)
  })
  const keys = [[texts.palette.keys, texts.palette.title], ...PAGES.map((page) => [page.keys, page.name] as const), ['?', texts.keyboard.title], ...useKeysOfPage()] as const
  return (
    <div className="min-h-dvh pb-14 md:pb-0">
      <a
        href="#content"
        className="sr-only rounded-md bg-card px-4 py-2 text-sm focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {texts.skipToContent}
      </a>
      <Header switching={switching} onSignOut={onSignOut} onPalette={() => { setPaletteIsOpen(true) }} />
      <OrganizationNotice
        says={switching.refusal === null ? null : texts.organizations.stays(switching.refusal, name)}
        tone="bad"
        onClose={switching.dismiss}
      />
      <div className="mx-auto grid max-w-[110rem] gap-6 px-4 py-4 md:grid-cols-[11rem_minmax(0,1fr)]">
        <Navigation />
        <main id="content" tabIndex={-1} className="min-w-0 outline-none">
          {children}
        </main>
      </div>
      <Palette open={paletteIsOpen} onOpenChange={setPaletteIsOpen} choices={choices} />
      <KeysHelp open={helpIsOpen} onOpenChange={setHelpIsOpen} keys={keys} />
    </div>
  )
}

function Header({ switching, onSignOut, onPalette }: { switching: Switching; onSignOut: () => void; onPalette: () => void }) {
  const { email } = useViewer()
  const theme = useSyncExternalStore(onTheme, currentTheme)
  return (
    <header className="sticky top-0 z-20 border-b bg-card">
      <div className="mx-auto flex max-w-[110rem] items-center justify-between gap-3 px-4 py-1.5">
        <div className="flex min-w-0 items-center gap-2">
          <span className="hidden font-semibold sm:inline">{texts.product}</span>
          <Switcher {...switching} />
        </div>
        <div className="flex min-w-0 items-center gap-1.5">
          <span className="hidden truncate pr-2 text-sm text-muted-foreground sm:inline" title={texts.session.signedInAs(email)}>
            {email}
          </span>
          <IconButton label={texts.palette.title} keys={texts.palette.keys} onClick={onPalette}>
            <CommandKey aria-hidden="true" className="size-4" />
          </IconButton>
          <Menu
            trigger={
              <IconButton label={texts.theme.label}>
                <SunMoon aria-hidden="true" className="size-4" />
              </IconButton>
            }
          >
            <MenuChoices label={texts.theme.label} value={theme} values={THEMES} name={(value) => texts.theme.names[value]} onChange={chooseTheme} />
          </Menu>
          <Button onClick={onSignOut}>
            <LogOut aria-hidden="true" className="size-4 sm:hidden" />
            <span className="sr-only sm:not-sr-only">{texts.session.signOut}</span>
          </Button>
        </div>
      </div>
    </header>
  )
}
