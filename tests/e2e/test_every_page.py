"""What holds for every page of the portal: axe finds nothing, a phone is wide enough, and it loads fast."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize

from entrypoints.stack import Stack
from tests.e2e.accessibility import violations
from tests.e2e.figures import LOADING, Loading, note_loading
from tests.e2e.pages import PAGES, Shown
from tests.e2e.scene import Scene, played
from tests.e2e.signing_in import Sessions, holding
from tests.support.world import World

SCREENS: dict[str, ViewportSize] = {
    "phone": {"width": 375, "height": 812},
    "desk": {"width": 1440, "height": 900},
    "4K": {"width": 3840, "height": 2160},
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
FIRST_LOAD_BYTES_MAX = 250_000


@dataclass(frozen=True)
class Visit:
    """What was seen of one page: how it loaded, what axe found, and on which screens something was cut off."""

    loading: Loading
    violations: list[str]
    wider_than: list[str]


@pytest_asyncio.fixture(scope="module")
async def scene(world: World, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    async with played(world, tmp_path_factory.mktemp("scene")) as found:
        yield found


@pytest_asyncio.fixture(scope="module")
async def sessions(stack: Stack, scene: Scene) -> Sessions:
    return Sessions(stack, scene.org)


@pytest_asyncio.fixture(scope="module", params=PAGES, ids=lambda shown: shown.name)
async def visit(
    request: pytest.FixtureRequest, stack: Stack, browser: Browser, scene: Scene, sessions: Sessions
) -> Visit:
    """One load of the page, looked at on every screen in light and dark."""
    shown: Shown = request.param
    session = await sessions.of(shown.role)
    async with holding(browser, stack, session, viewport=SCREENS["desk"]) as context:
        await context.add_init_script(LOADING)
        page = await context.new_page()
        await shown.open(page, scene)
        loading = await note_loading(page)
        return Visit(loading, await broken_rules(page), await cut_off(page))


async def test_axe_finds_nothing_in_light_or_dark_on_a_phone_or_at_a_desk(visit: Visit):
    assert visit.violations == []


async def test_nothing_is_wider_than_the_screen(visit: Visit):
    assert visit.wider_than == []


async def test_a_first_load_is_small(visit: Visit, figures: Callable[[str, str], None], request: pytest.FixtureRequest):
    figures(f"portal, {request.node.callspec.id}", visit.loading.sentence())

    assert visit.loading.script_bytes < FIRST_LOAD_BYTES_MAX


async def broken_rules(page: Page) -> list[str]:
    found: list[str] = []
    for screen in ("phone", "desk"):
        await page.set_viewport_size(SCREENS[screen])
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            rules = await violations(page, of_colours_only=scheme == "dark")
            found += [f"{screen}, {scheme}: {rule}" for rule in rules]
    return found


async def cut_off(page: Page) -> list[str]:
    found: list[str] = []
    for name, size in SCREENS.items():
        await page.set_viewport_size(size)
        if await page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            found.append(name)
    return found
