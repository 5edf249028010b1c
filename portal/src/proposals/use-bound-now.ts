import { useQuery } from '@tanstack/react-query'

import { useLivePosition } from '@/harnesses/live-context'
import { usePlatform } from '@/platform/context'
import type { BoundNow, Proposal } from '@/proposals/proposal'
import { BOUND_NOW } from '@/proposals/questions'

/** What the proposal binds as it stands now; undefined until it was read. */
export function useBoundNow(proposal: Proposal): BoundNow | undefined {
  const { ask } = usePlatform()
  const position = useLivePosition()
  const [endpointId, runtimeAssetId] = [proposal.endpoint_id, proposal.runtime_asset_id]
  const { data } = useQuery({
    queryKey: ['bound-now', endpointId, runtimeAssetId, position],
    queryFn: () => ask(BOUND_NOW, { endpointId, runtimeAssetId }),
    placeholderData: (before) => before,
  })
  return data && { endpoint: data.endpoint[0], runtimeAsset: data.runtime_asset[0], policyVersion: data.organization[0]?.policy_version }
}
