import { useEffect, useRef } from 'react'

import { pressed, type Bindings, type Press } from '@/keyboard/sequence'
import { keysAreOn } from '@/keyboard/single-keys'

/** Binds keys for as long as the component is there; keys typed into a field, or while a dialog or a menu is open, are left alone. */
export function useShortcuts(bindings: Bindings): void {
  const current = useRef(bindings)
  useEffect(() => {
    current.current = bindings
  })
  useEffect(() => {
    let kept: Press | null = null
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !keysAreOn() || isTaken(event.target)) {
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
  // A button that goes away takes the focus with it: what is open counts, not only what is under the keys.
  const isTypedInto = target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null
  return isTypedInto || document.querySelector('[role=dialog], [role=menu]') !== null
}
