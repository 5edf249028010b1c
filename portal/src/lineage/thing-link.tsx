import { Link } from '@tanstack/react-router'

import type { Thing } from '@/lineage/tie'

/** What a thing is called, as a link where a page shows it. */
export function ThingLink({ thing: { label, address } }: { thing: Thing }) {
  return address === null ? (
    <span className="truncate" title={label}>
      {label}
    </span>
  ) : (
    <Link {...address} className="nodrag nopan truncate underline" title={label}>
      {label}
    </Link>
  )
}
