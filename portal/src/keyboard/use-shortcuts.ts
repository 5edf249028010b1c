import { useEffect, useRef } from 'react'

import { pressed, type Bindings, type Press } from '@/keyboard/sequence'

/** Binds keys for as long as the component is there; keys typed into a field, or into a dialog, are left alone. */
export function useShortcuts(bindings: Bindings): void {
  const current = useRef(bindings)
  useEffect(() => {
    current.current = bindings
  })
  useEffect(() => {
    let kept: Press | null = null
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) {
        return
      }
      const { call, kept: left } = pressed(current.current, kept, { key: event.key, atMs: event.timeStamp })
      kept = left
      if (call !== null) {
        event.preventDefault()
        call()
      }
    }
    addEventListener('keydown', listen)
    return () => {
      removeEventListener('keydown', listen)
    }
  }, [])
}

function isTaken(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role=dialog]') !== null
}
