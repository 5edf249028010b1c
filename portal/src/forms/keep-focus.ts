import type { MouseEvent } from 'react'

/**
 * For a button among fields: pressing it leaves the focus where it is until it acts. Left at once, a field tells its
 * fault, and what that moves is the button from under the pointer.
 */
export const keepFocus = {
  onMouseDown: (event: MouseEvent) => {
    event.preventDefault()
  },
}
