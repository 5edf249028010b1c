"""Figures that a run in a browser measures and prints at its end."""

from dataclasses import dataclass

from playwright.async_api import Page

# Before anything of the page runs: what is painted largest, and for how long the page could not answer.
LOADING = """
window.__loading = { paintMs: 0, blockedMs: 0, longestMs: 0 }
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.__loading.paintMs = entry.startTime
}).observe({ type: 'largest-contentful-paint', buffered: true })
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) {
    window.__loading.blockedMs += Math.max(0, duration - 50)
    window.__loading.longestMs = Math.max(window.__loading.longestMs, duration)
  }
}).observe({ type: 'longtask', buffered: true })
"""
_READ = """() => {
  const all = performance.getEntriesByType('resource')
  const scripts = all.filter((one) => new URL(one.name).pathname.endsWith('.js'))
  return {
    ...window.__loading,
    scriptBytes: scripts.reduce((sum, one) => sum + one.encodedBodySize, 0),
  }
}"""


@dataclass(frozen=True)
class Loading:
    """How a page loaded; `blocked_ms` is the part of long tasks beyond 50 ms, as Lighthouse's total blocking time."""

    largest_paint_ms: float
    blocked_ms: float
    script_bytes: int

    def sentence(self) -> str:
        """The figures for people."""
        return (
            f"largest paint {self.largest_paint_ms:.0f} ms, blocked {self.blocked_ms:.0f} ms,"
            f" script {self.script_bytes / 1000:.0f} kB compressed"
        )


async def note_loading(page: Page) -> Loading:
    """How the page loaded, if `LOADING` ran before it."""
    found = await page.evaluate(_READ)
    return Loading(found["paintMs"], found["blockedMs"], found["scriptBytes"])
