import { useEffect, useRef, type RefObject } from 'react'

/**
 * A field to search in that the address follows. Whoever types is ahead of the address, so the field follows it only
 * when it was changed elsewhere.
 */
export function useSearchField(sought: string): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (field.current !== null && field.current !== document.activeElement) {
      field.current.value = sought
    }
  }, [sought])
  return field
}
