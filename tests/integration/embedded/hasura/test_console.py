"""The console in a real browser: nothing comes from elsewhere, and whoever the form names is who asks."""

import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect

from tests.integration.embedded.hasura.conftest import HERE
from tests.integration.embedded.hasura.engine import ADMIN_SECRET, Engine, running_engine

SHOWN_WITHIN_MS = 30_000


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shown(hasura_database, session_handler) -> AsyncIterator[Engine]:
    async with running_engine(
        hasura_database,
        HASURA_GRAPHQL_METADATA_DIR=str(HERE / "metadata"),
        HASURA_GRAPHQL_ENABLE_CONSOLE="true",
        HANDLER_URL=session_handler.url,
        ACTION_SECRET="between-us",
    ) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def page(shown) -> AsyncIterator[Page]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "Chromium is missing: run `make setup`."
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        made = await browser.new_page(base_url=str(shown.client.base_url))
        made.set_default_timeout(SHOWN_WITHIN_MS)
        yield made
        await browser.close()


async def ask(page: Page, query: str) -> None:
    write = "text => document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.setValue(text)"
    await page.evaluate(write, query)
    await page.click(".graphiql-execute-button")


async def be(page: Page, **who: str) -> None:
    await page.goto("/console")
    for name, value in who.items():
        await page.fill(f"input[name={name}]", value)
    await page.click("#who button")
    await page.wait_for_selector(".graphiql-execute-button")


@pytest.mark.timeout(120)
async def test_a_person_explores_the_schema_and_asks_as_whom_they_like(page):
    foreign, errors = [], []
    page.on("request", lambda request: foreign.append(request.url) if "127.0.0.1" not in request.url else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    answer = page.locator(".result-window")

    await be(page, secret=ADMIN_SECRET)
    await page.get_by_label("Show Documentation Explorer").click()
    await expect(page.locator(".graphiql-doc-explorer")).to_contain_text("query_root")
    await ask(page, "{ organization(order_by: {id: asc}) { name secret } }")
    await expect(answer).to_contain_text("Umbrella", timeout=SHOWN_WITHIN_MS)
    await expect(answer).to_contain_text('"s1"')

    await be(page, secret=ADMIN_SECRET, role="member", user="ann")
    await ask(page, "{ jobs { id } }")
    await expect(answer).to_contain_text('"id": 2', timeout=SHOWN_WITHIN_MS)

    await ask(page, "subscription { jobs(limit: 1) { id } }")
    await expect(answer).to_contain_text('"id": 1', timeout=SHOWN_WITHIN_MS)

    assert [url for url in foreign if not url.startswith(("data:", "blob:"))] == []
    assert errors == []


async def test_the_console_is_found_below_its_page_and_from_the_root(shown):
    page = await shown.client.get("/console/data/anything")
    root = await shown.client.get("/")
    unknown = await shown.client.get("/console/assets/nothing.js")

    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert (root.status_code, root.headers["location"]) == (302, "/console")
    assert unknown.status_code == 404


async def test_without_being_asked_for_there_is_no_console(engine):
    assert (await engine.client.get("/console")).status_code == 404
    assert (await engine.client.get("/")).status_code == 404
