import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { NotStarted } from '@/components/not-started'
import { beginAtContent } from '@/navigation/begin-at-content'
import { connect, ConnectionContext } from '@/platform/context'
import { queries } from '@/platform/queries'
import { readSettings } from '@/platform/settings'
import { router } from '@/router'
import { followTheme } from '@/theme/theme'
import '@/styles.css'

const place = document.getElementById('root')
if (place === null) {
  throw new Error('index.html has no place for the portal')
}
const root = createRoot(place)

async function start(): Promise<void> {
  try {
    const connection = connect(await readSettings())
    root.render(
      <StrictMode>
        <ConnectionContext value={connection}>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </ConnectionContext>
      </StrictMode>,
    )
  } catch {
    // Nothing can be shown without settings, and the remedy is the same whatever went wrong.
    root.render(<NotStarted onTryAgain={() => void start()} />)
  }
}

// Components that keep the page from scrolling below a window write a style of their own, which the policy allows by this.
setNonce(document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '')
followTheme()
beginAtContent(router)
void start()
