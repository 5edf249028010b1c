/** What an address of a harness's page says beside its id; what is left out is as most people want it. */
export interface HarnessSearch {
  readonly show?: 'artifacts' | 'launches' | undefined
  readonly order?: 'oldest' | undefined
  /** The position of one event. */
  readonly event?: number | undefined
  /** The id of one artifact. */
  readonly artifact?: string | undefined
}

/** What the address says; what makes no sense is left out. */
export function harnessSearch(search: Readonly<Record<string, unknown>>): HarnessSearch {
  const { show, event, artifact } = search
  return {
    ...((show === 'artifacts' || show === 'launches') && { show }),
    ...(search['order'] === 'oldest' && { order: 'oldest' }),
    ...(typeof event === 'number' && Number.isSafeInteger(event) && event > 0 && { event }),
    ...(typeof artifact === 'string' && { artifact }),
  }
}
