/** Moves the focus to the next event of a list (`step` 1) or the one before (-1); from outside, to the first. */
export function nextIn(list: HTMLElement | null, step: 1 | -1): void {
  const buttons = [...(list?.querySelectorAll<HTMLElement>('[data-event-button]') ?? [])]
  const at = buttons.findIndex((button) => button === document.activeElement)
  buttons[at === -1 ? 0 : Math.min(Math.max(at + step, 0), buttons.length - 1)]?.focus()
}
