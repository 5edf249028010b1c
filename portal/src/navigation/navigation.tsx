import { Link, useLocation } from '@tanstack/react-router'

import { useWaiting } from '@/navigation/use-waiting'
import { PAGES } from '@/navigation/pages'
import { texts } from '@/texts'

/** The ways to every page: a column beside it, or a row below it on a small screen. */
export function Navigation() {
  // The page of one harness belongs to the list, whose address is not the beginning of its own.
  const isHarness = useLocation({ select: ({ pathname }) => pathname.startsWith('/harnesses/') })
  return (
    <nav aria-label={texts.navigation.label} className="fixed inset-x-0 bottom-0 z-30 border-t bg-card md:static md:border-0 md:bg-transparent">
      <ul className="flex justify-around md:flex-col md:gap-1">
        {PAGES.map(({ path, name, icon: Icon, keys }) => (
          <li key={path} className="min-w-0 grow md:grow-0">
            <Link
              to={path}
              activeOptions={{ exact: path === '/', includeSearch: false }}
              aria-keyshortcuts={keys}
              {...(path === '/' && isHarness && { 'aria-current': 'page' as const })}
              className="relative flex min-h-12 flex-col items-center justify-center gap-0.5 px-1 text-xs text-muted-foreground hover:text-foreground aria-[current=page]:font-medium aria-[current=page]:text-foreground md:min-h-9 md:flex-row md:justify-start md:gap-2.5 md:rounded-md md:px-2.5 md:text-sm md:aria-[current=page]:bg-still-ground"
            >
              <Icon aria-hidden="true" className="size-4 shrink-0" />
              <span className="max-w-full truncate">{name}</span>
              {path === '/recovery' && <Waiting />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Waiting() {
  const count = useWaiting()
  if (count === 0) {
    return null
  }
  return (
    <span className="absolute top-0.5 left-1/2 ml-2 rounded-full bg-waiting-ground px-1.5 text-xs font-medium text-waiting md:static md:ml-auto">
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{texts.recovery.waiting(count)}</span>
    </span>
  )
}
