/** Which colours people see: their system's, or always the same. */
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEPT_AS = 'fractalops-theme'
const listeners = new Set<() => void>()

/** The theme that was chosen in this browser. */
export function currentTheme(): Theme {
  const kept = localStorage.getItem(KEPT_AS)
  return THEMES.find((theme) => theme === kept) ?? 'system'
}

/** Shows the theme from now on, here and in this browser's other tabs. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEPT_AS, theme)
  show()
}

/** Shows the kept theme, and follows what other tabs choose. */
export function followTheme(): void {
  addEventListener('storage', show)
  show()
}

/** For `useSyncExternalStore`: calls back when the theme changes. */
export function onTheme(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function show(): void {
  document.documentElement.dataset['theme'] = currentTheme()
  for (const listener of listeners) {
    listener()
  }
}
