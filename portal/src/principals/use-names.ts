import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { graphql } from '@/__generated__'
import { usePlatform } from '@/platform/context'

const NAMES = graphql(`
  query PrincipalNames {
    principal {
      id
      name
    }
  }
`)

// Names hardly change, and a new member is there with the next page.
const FRESH_FOR_MS = 60_000

/** What the organization's principals are called, by their ids; empty until it is read. */
export function useNames(): ReadonlyMap<string, string> {
  const { ask } = usePlatform()
  const { data } = useQuery({ queryKey: ['principal names'], queryFn: () => ask(NAMES), staleTime: FRESH_FOR_MS })
  return useMemo(() => new Map(data?.principal.map(({ id, name }) => [id, name])), [data])
}
