"""What axe finds on a page: every rule of WCAG 2.2 up to AA that a program can hold a page against."""

from functools import cache
from typing import Any

from playwright.async_api import Page

from entrypoints.config import ROOT

_AXE = ROOT / "portal" / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# Other colours change what these find, and nothing else.
_OF_COLOURS = ("color-contrast", "link-in-text-block")


async def violations(page: Page, *, of_colours_only: bool = False) -> list[str]:
    """Each violation as a sentence: the rule, what it asks for, and the first elements that break it."""
    only = {"type": "rule", "values": _OF_COLOURS} if of_colours_only else {"type": "tag", "values": _TAGS}
    if not await page.evaluate("'axe' in window"):
        # Evaluated from outside: the page's own policy would let no such script in.
        await page.evaluate(_axe())
    found: dict[str, Any] = await page.evaluate("(only) => axe.run(document, {runOnly: only})", only)
    return [
        f"{one['id']}: {one['help']} ({'; '.join(node['html'][:160] for node in one['nodes'][:3])})"
        for one in found["violations"]
    ]


@cache
def _axe() -> str:
    return _AXE.read_text()
