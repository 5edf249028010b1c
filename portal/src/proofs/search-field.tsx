import { useEffect, useState } from 'react'

import { texts } from '@/texts'

const PAUSE_MS = 300
const LENGTH_MAX = 200

/** A field to search in; what stands there is sought when typing pauses, and at once with Enter. */
export function SearchField({ value, onSearch }: { value: string; onSearch: (query: string) => void }) {
  const [typed, setTyped] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed.trim() !== value) {
        onSearch(typed.trim())
      }
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [typed, value, onSearch])
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        onSearch(typed.trim())
      }}
    >
      <input
        type="search"
        aria-label={texts.proofs.search}
        placeholder={texts.proofs.searchHint}
        maxLength={LENGTH_MAX}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
        }}
        className="min-h-10 w-64 max-w-full rounded-md border border-input bg-card px-3 text-base"
      />
    </form>
  )
}
