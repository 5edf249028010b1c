"""Take a picture of every page of the portal: `make screenshots`.

A stack is started, an organization is played over it, and each page is seen at a desk in light and dark, and on a
phone. What is written to docs/portal replaces what was there.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, ViewportSize, async_playwright
from rich.console import Console

from entrypoints.config import ROOT
from entrypoints.stack import Stack
from tests.e2e.conftest import chromium
from tests.e2e.pages import PAGES, Shown
from tests.e2e.scene import Scene, played
from tests.e2e.signing_in import Sessions, holding
from tests.support.world import World

FOLDER = ROOT / "docs" / "portal"
_HEADER = """# The portal in pictures

Written by `make screenshots`: it starts a stack, plays an organization over it, and looks at every page at a desk in
light and dark, and on a phone.
"""
_DESK: ViewportSize = {"width": 1440, "height": 900}
_PHONE: ViewportSize = {"width": 375, "height": 812}
_WAYS: Sequence[tuple[str, ViewportSize, Literal["light", "dark"]]] = (
    ("light", _DESK, "light"),
    ("dark", _DESK, "dark"),
    ("phone", _PHONE, "light"),
)


async def main() -> None:
    """Start a stack, play the scene and take the pictures."""
    console = Console(highlight=False)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        async with (
            Stack.ephemeral() as stack,
            played(World.of(stack), Path(folder)) as scene,
            async_playwright() as playwright,
        ):
            browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            sessions = Sessions(stack, scene.org)
            for shown in PAGES:
                await take(browser, sessions, scene, shown)
                console.print(f"{shown.name}: taken")
            await browser.close()
    (FOLDER / "README.md").write_text("\n".join([_HEADER, *map(section, PAGES)]))


async def take(browser: Browser, sessions: Sessions, scene: Scene, shown: Shown) -> None:
    """The page's pictures, one for each way of seeing it."""
    for way, size, scheme in _WAYS:
        look = {"viewport": size, "color_scheme": scheme, "reduced_motion": "reduce"}
        async with holding(browser, sessions.stack, await sessions.of(shown.role), **look) as context:
            page = await context.new_page()
            await shown.open(page, scene)
            # What a page reads after its first part is to be seen as well.
            await page.wait_for_load_state("networkidle")
            await page.screenshot(path=FOLDER / picture(shown, way))


def picture(shown: Shown, way: str) -> str:
    """The name of a picture's file."""
    return f"{shown.name.replace(' ', '-')}-{way}.png"


def section(shown: Shown) -> str:
    """The page's part of docs/portal/README.md."""
    pictures = " ".join(
        f'<img alt="{shown.name}, {way}" src="{picture(shown, way)}" width="{140 if way == "phone" else 360}">'
        for way, _, _ in _WAYS
    )
    return f"## {shown.name.capitalize()}\n\n{shown.says}\n\n{pictures}\n"


if __name__ == "__main__":
    asyncio.run(main())
