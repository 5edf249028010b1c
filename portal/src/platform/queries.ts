import { QueryClient } from '@tanstack/react-query'

import { GraphqlFailure, mayPassLater } from '@/platform/graphql'

const FRESH_FOR_MS = 10_000
const TRIES_MAX = 3

/** What was read, kept for the pages that show it. A refused question is not asked again by itself. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_FOR_MS,
      // What a browser says of the network is no reason to wait in silence: who asks is told that nobody answers.
      networkMode: 'always',
      retry: (failures, error) => failures < TRIES_MAX && !(error instanceof GraphqlFailure && !mayPassLater(error.reason)),
    },
    mutations: { networkMode: 'always' },
  },
})
