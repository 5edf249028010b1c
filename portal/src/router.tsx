import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'

import { App } from '@/app'
import { NotFound } from '@/components/not-found'
import { PageFailed } from '@/components/page-failed'
import { harnessSearch } from '@/harness/search'
import { stepOf, type Step } from '@/onboarding/step-names'
import { harnessSearchOf } from '@/harnesses/filter'
import { proofsSearch } from '@/proofs/search'
import { workKindOf, type WorkKind } from '@/work/kinds'

// A page is one file that is fetched when somebody goes there; what is common to all is in the first load.
const root = createRootRoute({ component: App, notFoundComponent: NotFound })

const harnesses = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: harnessSearchOf,
  component: lazyRouteComponent(() => import('@/harnesses/harnesses-page'), 'HarnessesPage'),
})
const harness = createRoute({
  getParentRoute: () => root,
  path: '/harnesses/$harnessId',
  validateSearch: harnessSearch,
  component: lazyRouteComponent(() => import('@/harnesses/harness-page'), 'HarnessPage'),
})

const works = createRoute({
  getParentRoute: () => root,
  path: '/work',
  component: lazyRouteComponent(() => import('@/work/work-page'), 'WorkPage'),
})
const newWork = createRoute({
  getParentRoute: () => root,
  path: '/work/new',
  validateSearch: (search): { kind: WorkKind } => ({ kind: workKindOf(search['kind']) }),
  component: lazyRouteComponent(() => import('@/work/new-work-page'), 'NewWorkPage'),
})
const work = createRoute({
  getParentRoute: () => root,
  path: '/work/$workId',
  component: lazyRouteComponent(() => import('@/work/work-item-page'), 'WorkItemPage'),
})

const proposals = createRoute({
  getParentRoute: () => root,
  path: '/proposals',
  validateSearch: (search): { view: 'open' | 'all' } => ({ view: search['view'] === 'all' ? 'all' : 'open' }),
  component: lazyRouteComponent(() => import('@/proposals/proposals-page'), 'ProposalsPage'),
})
const proposal = createRoute({
  getParentRoute: () => root,
  path: '/proposals/$proposalId',
  component: lazyRouteComponent(() => import('@/proposals/proposal-page'), 'ProposalPage'),
})

const recovery = createRoute({
  getParentRoute: () => root,
  path: '/recovery',
  validateSearch: (search): { view: 'open' | 'all' } => ({ view: search['view'] === 'all' ? 'all' : 'open' }),
  component: lazyRouteComponent(() => import('@/recovery/recovery-page'), 'RecoveryPage'),
})
const recoveryCase = createRoute({
  getParentRoute: () => root,
  path: '/recovery/$caseId',
  component: lazyRouteComponent(() => import('@/recovery/case-page'), 'CasePage'),
})

const onboarding = createRoute({
  getParentRoute: () => root,
  path: '/onboarding',
  validateSearch: (search): { step: Step } => ({ step: stepOf(search['step']) }),
  component: lazyRouteComponent(() => import('@/onboarding/onboarding-page'), 'OnboardingPage'),
})

const proofs = createRoute({
  getParentRoute: () => root,
  path: '/proofs',
  validateSearch: proofsSearch,
  component: lazyRouteComponent(() => import('@/proofs/proofs-page'), 'ProofsPage'),
})
const proof = createRoute({
  getParentRoute: () => root,
  path: '/proofs/$proofId',
  component: lazyRouteComponent(() => import('@/proofs/proof-page'), 'ProofPage'),
})

/** Every address of the portal. */
export const router = createRouter({
  routeTree: root.addChildren([
    harnesses,
    harness,
    works,
    newWork,
    work,
    proposals,
    proposal,
    recovery,
    recoveryCase,
    onboarding,
    proofs,
    proof,
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailed,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
