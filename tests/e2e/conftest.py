"""A real browser, and a page of the running portal."""

import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from entrypoints.stack import Stack

# Two cores may be busy with everything else that the stack does.
SHOWN_WITHIN_MS = 15_000


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


def chromium() -> str:
    """The system's Chromium: tests fetch no browser."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "Chromium is missing: run `make setup`."
    return found
