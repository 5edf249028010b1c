import { Activity, FileDiff, Hammer, LifeBuoy, ListChecks, ShieldCheck, type LucideIcon } from 'lucide-react'

import { texts } from '@/texts'

/** A page that stands in the navigation. */
export interface Page {
  readonly path: '/' | '/work' | '/proposals' | '/recovery' | '/onboarding' | '/proofs'
  readonly name: string
  readonly icon: LucideIcon
  /** The keys that lead there. */
  readonly keys: string
}

/** Every page of the navigation, in its order. */
export const PAGES: readonly Page[] = [
  { path: '/', name: texts.harnesses.title, icon: Activity, keys: 'g h' },
  { path: '/work', name: texts.work.title, icon: Hammer, keys: 'g w' },
  { path: '/proposals', name: texts.proposals.title, icon: FileDiff, keys: 'g p' },
  { path: '/recovery', name: texts.recovery.title, icon: LifeBuoy, keys: 'g r' },
  { path: '/proofs', name: texts.proofs.title, icon: ShieldCheck, keys: 'g f' },
  { path: '/onboarding', name: texts.onboarding.title, icon: ListChecks, keys: 'g o' },
]
