import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'

import { Notice } from '@/components/ui/notice'
import { ArtifactView } from '@/harness/artifact-view'
import type { ArtifactHead, Facts } from '@/harness/questions'
import { texts } from '@/texts'
import { Ago } from '@/time/times'

const words = texts.harness.artifacts

/** What a harness kept; the one that the address names is shown. */
export function ArtifactsPart({ facts, shownId }: { facts: Facts | undefined; shownId: string | undefined }) {
  if (facts === undefined) {
    return <Notice tone="still">{words.reading}</Notice>
  }
  if (facts.artifacts.length === 0) {
    return (
      <Notice tone="still">
        <p className="font-medium text-foreground">{words.none}</p>
        <p>{words.noneRemedy}</p>
      </Notice>
    )
  }
  return (
    <ul className="divide-y rounded-lg border bg-card">
      {facts.artifacts.map((artifact) => (
        <Artifact key={artifact.id} harnessId={facts.id} artifact={artifact} isShown={artifact.id === shownId} />
      ))}
    </ul>
  )
}

function Artifact({ harnessId, artifact, isShown }: { harnessId: string; artifact: ArtifactHead; isShown: boolean }) {
  return (
    <li data-artifact={artifact.id}>
      <Link
        to="/harnesses/$harnessId"
        params={{ harnessId }}
        search={(before) => ({ ...before, artifact: isShown ? undefined : artifact.id })}
        resetScroll={false}
        aria-expanded={isShown}
        className="flex min-h-12 items-center gap-2.5 px-3 py-2 text-sm hover:bg-still-ground"
      >
        <ChevronRight aria-hidden="true" className={`size-4 shrink-0 text-muted-foreground ${isShown ? 'rotate-90' : ''}`} />
        <span className="flex min-w-0 grow flex-col gap-x-4 sm:flex-row sm:items-baseline sm:justify-between">
          <span className="min-w-0 font-medium wrap-anywhere">{artifact.name}</span>
          <span className="flex min-w-0 shrink flex-wrap gap-x-4 text-xs text-muted-foreground">
            <span className="wrap-anywhere">{artifact.media_type}</span>
            <span>{words.size(artifact.size_bytes)}</span>
            <span>
              {words.kept} <Ago momentMs={Date.parse(artifact.created_at)} />
            </span>
          </span>
        </span>
      </Link>
      {isShown && (
        <div className="border-t p-3">
          <ArtifactView artifact={artifact} />
        </div>
      )}
    </li>
  )
}
