import { useEffect } from 'react'

/** Calls back on Ctrl+K and ⌘K, wherever the focus is; not while another dialog than the palette wants an answer first. */
export function usePaletteKey(isOpen: boolean, toggle: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault()
        if (isOpen || document.querySelector('[role=dialog]') === null) {
          toggle()
        }
      }
    }
    addEventListener('keydown', listen)
    return () => {
      removeEventListener('keydown', listen)
    }
  }, [isOpen, toggle])
}
