/** The steps of the page, in their order. */
export const STEPS = ['organization', 'people', 'endpoints', 'secrets', 'runtimes', 'checks'] as const
export type Step = (typeof STEPS)[number]

/** The step that an address names; the first one if it names none. */
export function stepOf(named: unknown): Step {
  return STEPS.find((step) => step === named) ?? 'organization'
}
