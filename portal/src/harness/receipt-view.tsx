import { Link } from '@tanstack/react-router'

import { receiptOf, type Note } from '@/harness/receipt'
import { texts } from '@/texts'

const words = texts.harness.receipt

/** The continuity receipt: what survived of the earlier harness, and what was lost. */
export function ReceiptView({ receipt: column }: { receipt: unknown }) {
  const receipt = receiptOf(column)
  const isKnown = receipt.survived.length + receipt.lost.length > 0
  return (
    <section aria-label={words.title} className="flex flex-col gap-3 rounded-lg border bg-card p-4 text-sm">
      <h2 className="font-medium">{words.title}</h2>
      {receipt.isFresh ? (
        <p className="text-muted-foreground">{words.fresh}</p>
      ) : (
        <>
          {receipt.fromHarnessId !== null && (
            <p>
              {words.from}{' '}
              <Link to="/harnesses/$harnessId" params={{ harnessId: receipt.fromHarnessId }} className="underline">
                {words.earlier}
              </Link>
              .
            </p>
          )}
          {isKnown ? (
            <dl className="flex flex-col gap-3">
              <Notes name={words.survived} notes={receipt.survived} look="text-good" />
              <Notes name={words.lost} notes={receipt.lost} look="text-bad" />
            </dl>
          ) : (
            <p className="text-muted-foreground">{words.notYet}</p>
          )}
        </>
      )}
    </section>
  )
}

function Notes({ name, notes, look }: { name: string; notes: readonly Note[]; look: string }) {
  return (
    <div>
      <dt className={`font-medium ${look}`}>{name}</dt>
      {notes.length === 0 && <dd className="text-muted-foreground">{words.nothing}</dd>}
      {notes.map(({ what, detail }) => (
        <dd key={`${what} ${detail}`} className="wrap-anywhere">
          <span className="font-medium">{words.what[what] ?? what}:</span> {detail}
        </dd>
      ))}
    </div>
  )
}
