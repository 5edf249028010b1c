import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { App } from '@/app'
import { NotStarted } from '@/components/not-started'
import { connectPlatform, PlatformContext } from '@/platform/context'
import { readSettings } from '@/platform/settings'
import '@/styles.css'

const place = document.getElementById('root')
if (place === null) {
  throw new Error('index.html has no place for the portal')
}
const root = createRoot(place)

async function start(): Promise<void> {
  try {
    const platform = connectPlatform(await readSettings())
    root.render(
      <StrictMode>
        <PlatformContext value={platform}>
          <App />
        </PlatformContext>
      </StrictMode>,
    )
  } catch {
    // Nothing can be shown without settings, and the remedy is the same whatever went wrong.
    root.render(<NotStarted onTryAgain={() => void start()} />)
  }
}

void start()
