import { useQuery } from '@tanstack/react-query'

import { readGrammar } from '@/patch/highlight'

/** The language, once what colours it is here; null until then, and for what is in none. */
export function useGrammar(language: string | null): string | null {
  const { data } = useQuery({
    queryKey: ['grammar', language],
    queryFn: () => readGrammar(language ?? ''),
    enabled: language !== null,
    staleTime: Infinity,
  })
  return data ?? null
}
