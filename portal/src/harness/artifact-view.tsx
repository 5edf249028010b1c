import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'

import { NotRead } from '@/components/not-read'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { digestOf, showingOf } from '@/harness/artifact'
import { download } from '@/harness/download'
import { ImageView } from '@/harness/image-view'
import { ARTIFACT_BODY, type ArtifactHead } from '@/harness/questions'
import { TextView } from '@/harness/text-view'
import { usePlatform } from '@/platform/context'
import { reasonOf } from '@/platform/graphql'
import { bytesOf } from '@/proposals/bytes'
import { texts } from '@/texts'

const words = texts.harness.artifacts

// Colours for many languages are large, and most harnesses are looked at without their change.
const PatchView = lazy(() => import('@/patch/patch-view').then((module) => ({ default: module.PatchView })))

/** What an artifact holds, shown in place where that is safe. Its bytes never change, so they are read once. */
export function ArtifactView({ artifact }: { artifact: ArtifactHead }) {
  const { ask } = usePlatform()
  const { data, error, refetch } = useQuery({
    queryKey: ['artifact', artifact.id],
    queryFn: async () => (await ask(ARTIFACT_BODY, { id: artifact.id })).artifact[0] ?? null,
    staleTime: Infinity,
  })
  if (error !== null) {
    return <NotRead what={words.failed} reason={reasonOf(error)} onTryAgain={() => void refetch()} />
  }
  if (!data) {
    return <Notice tone="still">{data === undefined ? words.loading : words.gone}</Notice>
  }
  return <Shown artifact={artifact} kept={data} />
}

function Shown({ artifact, kept }: { artifact: ArtifactHead; kept: { readonly encoding: string; readonly body: string } }) {
  const bytes = useMemo(() => bytesOf(kept), [kept])
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Digest artifact={artifact} bytes={bytes} />
        <Button onClick={() => { download(artifact.name, bytes) }}>
          <Download aria-hidden="true" className="size-4" />
          {words.download}
        </Button>
      </div>
      {artifact.truncated && <Notice tone="waiting">{words.truncated(words.size(bytes.length), words.size(artifact.size_bytes))}</Notice>}
      <InPlace artifact={artifact} encoding={kept.encoding} bytes={bytes} />
    </div>
  )
}

function InPlace({ artifact, encoding, bytes }: { artifact: ArtifactHead; encoding: string; bytes: Uint8Array<ArrayBuffer> }) {
  const { name, media_type: mediaType } = artifact
  const showing = showingOf({ media_type: mediaType, encoding })
  const text = useMemo(() => (encoding === 'utf-8' ? new TextDecoder().decode(bytes) : ''), [bytes, encoding])
  switch (showing) {
    case 'text':
      return <TextView text={text} name={name} />
    case 'patch':
      return (
        <Suspense fallback={<Notice tone="still">{words.loading}</Notice>}>
          <PatchView patch={text} truncated={false} />
        </Suspense>
      )
    case 'image':
      return <ImageView bytes={bytes} mediaType={mediaType} name={name} />
    case 'nothing':
      return <Notice tone="still">{words.notShown(mediaType)}</Notice>
  }
}

function Digest({ artifact, bytes }: { artifact: ArtifactHead; bytes: Uint8Array<ArrayBuffer> }) {
  const { data: digest } = useQuery({ queryKey: ['artifact digest', artifact.id], queryFn: () => digestOf(bytes), staleTime: Infinity, enabled: !artifact.truncated })
  const [said, look] = saidOf(artifact, digest)
  return (
    <p className="min-w-0 text-xs wrap-anywhere text-muted-foreground">
      <code>{artifact.digest}</code> <span className={look}>{said}</span>
    </p>
  )
}

function saidOf({ truncated, digest }: ArtifactHead, computed: string | null | undefined): readonly [said: string, look: string] {
  if (truncated) {
    return [words.check.partly, '']
  }
  switch (computed) {
    case undefined:
      return [words.check.checking, '']
    case null:
      return [words.check.unable, '']
    default:
      return computed === digest ? [words.check.same, 'text-good'] : [words.check.other, 'font-medium text-bad']
  }
}
