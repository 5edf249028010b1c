import { useCallback, useState } from 'react'

import type { Membership } from '@/organizations/claims'
import { switchOrganization } from '@/organizations/switching'
import { usePlatform } from '@/platform/context'
import { useViewer } from '@/session/viewer'

/** A way to switch, and how far it is; a switch that passed takes the whole page away with it. */
export interface Switching {
  readonly to: Membership | null
  readonly refusal: string | null
  readonly begin: (to: Membership) => void
  readonly dismiss: () => void
}

/** The switch that is under way, or why the last one failed. */
export function useSwitching(): Switching {
  const { supabase } = usePlatform()
  const viewer = useViewer()
  const [state, setState] = useState<{ to: Membership | null; refusal: string | null }>({ to: null, refusal: null })
  const begin = (to: Membership) => {
    if (state.to === null && to.id !== viewer.orgId) {
      setState({ to, refusal: null })
      void switchOrganization(supabase, viewer, to).then((refusal) => {
        setState({ to: null, refusal })
      })
    }
  }
  const dismiss = useCallback(() => {
    setState({ to: null, refusal: null })
  }, [])
  return { ...state, begin, dismiss }
}
