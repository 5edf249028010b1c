import type { AnyRouter } from '@tanstack/react-router'

/** Whoever goes to another page by a link or by keys begins at its content, not where the page before was left. */
export function beginAtContent(router: AnyRouter): void {
  router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
    if (fromLocation !== undefined && pathChanged && !isTypedInto(document.activeElement)) {
      document.getElementById('content')?.focus({ preventScroll: true })
    }
  })
}

function isTypedInto(element: Element | null): boolean {
  return element !== null && element.closest('input, textarea, select, [role=dialog]') !== null
}
