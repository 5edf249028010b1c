import { useQuery } from '@tanstack/react-query'

import { NotRead } from '@/components/not-read'
import { Notice } from '@/components/ui/notice'
import { PatchView } from '@/patch/patch-view'
import { usePlatform } from '@/platform/context'
import { reasonOf } from '@/platform/graphql'
import { bytesOf } from '@/proposals/bytes'
import { PATCH } from '@/proposals/questions'
import { texts } from '@/texts'

/** The patch that an artifact keeps. Its bytes never change, so they are read once. */
export function ProposalPatch({ artifactId }: { artifactId: string }) {
  const { ask } = usePlatform()
  const { data, error, refetch } = useQuery({
    queryKey: ['patch', artifactId],
    queryFn: () => ask(PATCH, { id: artifactId }),
    staleTime: Infinity,
  })
  if (error !== null) {
    return <NotRead what={texts.patch.failed} reason={reasonOf(error)} onTryAgain={() => void refetch()} />
  }
  const artifact = data?.artifact[0]
  if (artifact === undefined) {
    return <Notice tone="still">{data === undefined ? texts.patch.loading : texts.patch.gone}</Notice>
  }
  return <PatchView patch={new TextDecoder().decode(bytesOf(artifact))} truncated={artifact.truncated} />
}
