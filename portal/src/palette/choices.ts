/** Something to go to or to do, as the palette shows it. */
export interface Choice {
  readonly id: string
  readonly group: 'pages' | 'harnesses' | 'actions'
  readonly name: string
  /** What stands beside the name: keys, or a state. */
  readonly hint?: string
  readonly go: () => void
}
