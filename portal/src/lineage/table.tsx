import type { Thing, Tie } from '@/lineage/tie'
import { ThingLink } from '@/lineage/thing-link'
import { texts } from '@/texts'

const words = texts.proofs.lineage

/** The ties as a table, which says the same as the graph. */
export function LineageTable({ ties }: { ties: readonly Tie[] }) {
  return (
    <div className="overflow-x-auto rounded-lg border bg-card" tabIndex={0} role="region" aria-label={words.views.table}>
      <table className="w-full text-left text-sm">
        <caption className="sr-only">{words.title}</caption>
        <thead>
          <tr className="border-b text-muted-foreground">
            {Object.values(words.columns).map((name) => (
              <th key={name} scope="col" className="px-4 py-2 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {ties.map(({ from, relation, to }) => (
            <tr key={`${from.key} ${relation} ${to.key}`}>
              <Cell thing={from} />
              <td className="px-4 py-2">{relation}</td>
              <Cell thing={to} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ thing }: { thing: Thing }) {
  return (
    <td className="px-4 py-2 wrap-anywhere">
      <span className="block text-xs text-muted-foreground">{words.kinds[thing.kind] ?? thing.kind}</span>
      <ThingLink thing={thing} />
    </td>
  )
}
