"""Organizations in the browser: switching, two at once, and none."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest_asyncio
from playwright.async_api import Browser, Page, Route, WebSocket, expect

from entrypoints.stack import Stack
from tests.e2e.signing_in import signed_in
from tests.support.world import Organization, World

_PLANT = """
INSERT INTO harness_projection (org_id, harness_id, purpose, title, continuity, phase, headline, steps_done,
    steps_total, browser_observed, last_position, last_event_type, started_at, updated_at)
VALUES ($1, gen_random_uuid(), 'work', $2, 'fresh', 'running', 'At first.', 1, 8, false, $3, 'StepStarted', now(),
    now())
"""
_CHANGE = """
UPDATE harness_projection SET headline = 'Round ' || $2::text, last_position = last_position + 1, updated_at = now()
WHERE org_id = $1
"""
_JOIN = """
INSERT INTO membership (org_id, principal_id, role) SELECT $1, id, 'operator' FROM principal WHERE email = $2
"""
_LEAVE = """
DELETE FROM membership WHERE org_id = $1 AND principal_id = (SELECT id FROM principal WHERE email = $2)
"""
# Everything that was ever on the page, also what stood there for one moment only.
_WATCH = """
window.everShown = ''
new MutationObserver(() => { window.everShown += document.body?.innerText ?? '' })
  .observe(document, { childList: true, subtree: true, characterData: true })
"""
ROUNDS = 10


@dataclass
class Pair:
    """Two organizations, each with rows, and somebody who is a member of both."""

    world: World
    mill: Organization
    books: Organization
    email: str

    async def plant(self, org: Organization, title: str, position: int = 1000) -> None:
        await self.world.ask_database(_PLANT, org.id, title, position)

    async def change(self, rounds: int) -> None:
        for number in range(1, rounds + 1):
            for org in (self.mill, self.books):
                await self.world.ask_database(_CHANGE, org.id, str(number))


@pytest_asyncio.fixture(scope="module")
async def pair(world: World) -> AsyncIterator[Pair]:
    mill = await world.recorded("file:///nowhere", name="Corn Mill")
    books = await world.recorded("file:///nowhere", name="Harbour Books")
    made = Pair(world, mill, books, f"viewer-{mill.tag}@test.example")
    await world.ask_database(_JOIN, books.id, made.email)
    await made.plant(mill, "Flour of the mill")
    await made.plant(books, "Paper of the books")
    yield made
    await mill.close()
    await books.close()


def listen(page: Page) -> list[str]:
    """Every message that a server pushes to the page from now on."""
    heard: list[str] = []

    def opened(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: heard.append(str(frame)))

    page.on("websocket", opened)
    return heard


async def shows(page: Page, name: str, title: str, foreign: str) -> None:
    """The page is wholly of the organization, and live."""
    await expect(page.get_by_role("banner")).to_contain_text(name)
    await expect(page.get_by_role("status")).to_have_text("Live")
    await expect(page.get_by_text(title).first).to_be_visible()
    await expect(page.get_by_text(foreign)).to_have_count(0)


async def switch(page: Page, name: str) -> None:
    await page.get_by_role("button", name="Organization:").click()
    await page.get_by_role("menuitemradio", name=name).click()


async def test_no_row_of_one_organization_reaches_a_page_of_the_other(stack: Stack, browser: Browser, pair: Pair):
    books_owner = f"owner-{pair.books.tag}@test.example"
    async with (
        signed_in(browser, stack, pair.email, pair.mill.password) as one,
        signed_in(browser, stack, books_owner, pair.books.password) as other,
    ):
        mill, books = await one.new_page(), await other.new_page()
        pushed_to_mill, pushed_to_books = listen(mill), listen(books)
        for page in (mill, books):
            await page.add_init_script(_WATCH)
            await page.goto("/")
        await shows(mill, "Corn Mill", "Flour of the mill", "Paper of the books")
        await shows(books, "Harbour Books", "Paper of the books", "Flour of the mill")

        await pair.change(ROUNDS)

        for page in (mill, books):
            await expect(page.get_by_text(f"Round {ROUNDS}").first).to_be_visible()
        assert "of the books" not in await mill.evaluate("window.everShown")
        assert "of the mill" not in await books.evaluate("window.everShown")
        assert pair.books.id not in "".join(pushed_to_mill)
        assert pair.mill.id not in "".join(pushed_to_books)
        assert pair.mill.id in "".join(pushed_to_mill), "nothing was pushed, so that nothing was shown"


async def test_a_switch_takes_every_tab_of_the_browser_along_and_no_other_browser(
    stack: Stack, browser: Browser, pair: Pair
):
    async with (
        signed_in(browser, stack, pair.email, pair.mill.password) as here,
        signed_in(browser, stack, pair.email, pair.mill.password) as elsewhere,
    ):
        tab, beside, away = await here.new_page(), await here.new_page(), await elsewhere.new_page()
        await asyncio.gather(tab.goto("/proposals"), beside.goto("/"), away.goto("/"))
        await expect(tab.get_by_role("banner")).to_contain_text("Corn Mill")
        await shows(beside, "Corn Mill", "Flour of the mill", "Paper of the books")

        await switch(tab, "Harbour Books")

        for page in (tab, beside):
            await shows(page, "Harbour Books", "Paper of the books", "Flour of the mill")
            await page.wait_for_url("/")
        await pair.change(ROUNDS)
        await expect(tab.get_by_text(f"Round {ROUNDS}").first).to_be_visible()
        await expect(tab.get_by_text("Flour of the mill")).to_have_count(0)
        await shows(away, "Corn Mill", "Flour of the mill", "Paper of the books")

        await beside.keyboard.press("Control+k")
        await beside.keyboard.type("Switch to Corn")
        await beside.keyboard.press("Enter")

        for page in (tab, beside):
            await shows(page, "Corn Mill", "Flour of the mill", "Paper of the books")


async def test_a_switch_that_fails_is_told_and_changes_nothing(stack: Stack, browser: Browser, pair: Pair):
    async def refuse(route: Route) -> Any:
        await route.abort()

    async with signed_in(browser, stack, pair.email, pair.mill.password) as context:
        page = await context.new_page()
        await page.goto("/")
        await shows(page, "Corn Mill", "Flour of the mill", "Paper of the books")
        await page.route("**/auth/v1/user**", refuse)
        await switch(page, "Harbour Books")
        await expect(page.get_by_role("alert")).to_contain_text("does not answer. You are still in Corn Mill.")
        await page.unroute("**/auth/v1/user**")

        await pair.world.ask_database(_LEAVE, pair.books.id, pair.email)
        await switch(page, "Harbour Books")

        says = "You are no longer a member of Harbour Books. You are still in Corn Mill."
        await expect(page.get_by_role("alert")).to_contain_text(says)
        await shows(page, "Corn Mill", "Flour of the mill", "Paper of the books")
        await pair.world.ask_database(_JOIN, pair.books.id, pair.email)


async def test_who_is_a_member_of_no_organization_is_told_so_until_somebody_adds_them(
    stack: Stack, browser: Browser, pair: Pair
):
    email = f"operator-{pair.mill.tag}@test.example"
    await pair.world.ask_database(_LEAVE, pair.mill.id, email)
    async with signed_in(browser, stack, email, pair.mill.password) as context:
        page = await context.new_page()
        await page.goto(f"/harnesses/{uuid4()}")
        await expect(page.get_by_role("heading", name="You are a member of no organization")).to_be_visible()
        await page.get_by_role("button", name="Look again").click()
        await expect(page.get_by_role("status")).to_have_text("Nobody has added you yet.")

        await pair.world.ask_database(_JOIN, pair.mill.id, email)
        await page.get_by_role("button", name="Look again").click()

        await shows(page, "Corn Mill", "Flour of the mill", "Paper of the books")
