"""A real browser, and a page of the running portal."""

import shutil
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from entrypoints.stack import Stack
from tests.e2e.signing_in import SHOWN_WITHIN_MS

_FIGURES = pytest.StashKey[list[tuple[str, str]]]()


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield running
        await running.close()


@pytest.fixture
async def page(stack: Stack, browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(base_url=stack.addresses.portal_url)
    context.set_default_timeout(SHOWN_WITHIN_MS)
    yield await context.new_page()
    await context.close()


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Notes a figure that was measured, to be printed at the end of the run: what it is of, and what it is."""

    def note(what: str, figure: str) -> None:
        request.config.stash.setdefault(_FIGURES, []).append((what, figure))

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what was measured."""
    measured = config.stash.get(_FIGURES, [])
    if measured:
        terminalreporter.section("measured in the browser")
    for what, figure in measured:
        terminalreporter.write_line(f"{what}: {figure}")


def chromium() -> str:
    """The system's Chromium: tests fetch no browser."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "Chromium is missing: run `make setup`."
    return found
