import { useFollowed } from '@/harnesses/use-followed'
import { usePlatform } from '@/platform/context'
import type { BoundNow, Proposal } from '@/proposals/proposal'
import { BOUND_NOW } from '@/proposals/questions'

/** What the proposal binds as it stands now; undefined until it was read. */
export function useBoundNow(proposal: Proposal): BoundNow | undefined {
  const { ask } = usePlatform()
  const [endpointId, runtimeAssetId] = [proposal.endpoint_id, proposal.runtime_asset_id]
  const { data } = useFollowed({
    key: ['bound-now', endpointId, runtimeAssetId],
    ask: () => ask(BOUND_NOW, { endpointId, runtimeAssetId }),
  })
  return data && { endpoint: data.endpoint[0], runtimeAsset: data.runtime_asset[0], policyVersion: data.organization[0]?.policy_version }
}
