"""The live list with as much in it as an organization may have, with a wrong clock, and while a server is gone."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from entrypoints.stack import Stack
from tests.e2e.figures import LOADING
from tests.e2e.signing_in import signed_in
from tests.support.world import Organization, World

HARNESSES = 10_000
CHANGES_PER_S = 200
CHANGED_FOR_S = 4
READ_WITHIN_MS = 60_000
LINES_MAX = 60

FOCUSED = "() => document.activeElement.closest('[data-harness]')?.dataset.harness ?? null"
# Whether something else is painted over the middle of what has the focus.
COVERED = """() => {
  const { left, top, width, height } = document.activeElement.getBoundingClientRect()
  const above = document.elementFromPoint(left + width / 2, top + height / 2)
  return document.activeElement.closest('[data-harness]') !== above?.closest('[data-harness]')
}"""
_FILL = """
INSERT INTO harness_projection (org_id, harness_id, purpose, title, continuity, phase, headline, steps_done,
    steps_total, browser_observed, last_position, last_event_type, started_at, updated_at, finished_at)
SELECT $1, gen_random_uuid(), 'work', 'Piece ' || n, 'fresh', phase, 'As it was.', n % 9, 8, false, 1000 + n,
    'StepStarted', now() - n * interval '1 minute', now() - n * interval '1 second',
    CASE WHEN phase = 'succeeded' THEN now() - n * interval '1 second' END
FROM generate_series(1, $2) AS n,
    LATERAL (SELECT CASE n % 10 WHEN 0 THEN 'awaiting_decision' WHEN 1 THEN 'running' ELSE 'succeeded' END) AS p (phase)
"""
_CHANGE = """
UPDATE harness_projection SET headline = $3, last_position = $4, updated_at = now()
WHERE org_id = $1 AND title = 'Piece ' || $2
"""


@pytest_asyncio.fixture(scope="module")
async def org(world: World) -> AsyncIterator[Organization]:
    """An organization with as many harnesses as the list has to hold."""
    made = await world.recorded("file:///nowhere")
    await world.ask_database(_FILL, made.id, HARNESSES)
    yield made
    await made.close()


@pytest.fixture
async def page(stack: Stack, browser: Browser, org: Organization) -> AsyncIterator[Page]:
    async with signed_in(browser, stack, f"viewer-{org.tag}@test.example", org.password) as context:
        await context.add_init_script(LOADING)
        yield await context.new_page()


async def test_ten_thousand_harnesses_are_right_while_two_hundred_change_every_second(
    page: Page, world: World, org: Organization, figures: Callable[[str, str], None]
):
    began = time.perf_counter()
    await page.goto("/")
    await expect(page.get_by_role("status")).to_have_text("Live", timeout=READ_WITHIN_MS)
    read_s = time.perf_counter() - began
    await expect(page.get_by_role("heading", name="Waiting for someone (1000)")).to_be_visible()
    await page.evaluate("window.__loading.longestMs = 0")

    late_ms = await changed(page, world, org)

    rows = await world.ask_database(
        "SELECT title, headline FROM harness_projection WHERE org_id = $1 AND last_position > 20000"
        " ORDER BY last_position DESC LIMIT 3",
        org.id,
    )
    for row in rows:
        await page.get_by_role("searchbox").fill(row["headline"])
        await expect(page.locator("[data-harness]")).to_have_count(1)
        await expect(page.locator("[data-harness]")).to_contain_text(f"{row['title']}")
    lines = await page.locator("[data-harness]").count()
    longest_ms = await page.evaluate("window.__loading.longestMs")
    figures(
        "live list of 10,000",
        f"read in {read_s:.1f} s; at {CHANGES_PER_S} changes a second the last was shown {late_ms:.0f} ms after its"
        f" commit, longest task {longest_ms:.0f} ms",
    )
    assert lines <= LINES_MAX


async def changed(page: Page, world: World, org: Organization) -> float:
    """Change one row after the other at the rate; how long after the last commit it was seen, in milliseconds."""
    connection = await asyncpg.connect(world.at["database_url"])
    began = time.perf_counter()
    last = CHANGES_PER_S * CHANGED_FOR_S
    for number in range(1, last + 1):
        # The first line of those under way is seen, the others are anywhere.
        piece = 1 if number == last else 1 + (number * 7919) % HARNESSES
        await connection.execute(_CHANGE, org.id, str(piece), f"Change number {number}.", 20_000 + number)
        await asyncio.sleep(max(0, began + number / CHANGES_PER_S - time.perf_counter()))
    committed = time.perf_counter()
    await connection.close()
    assert await page.locator("[data-harness]").count() <= LINES_MAX
    await page.get_by_role("searchbox").fill("Piece")
    await page.get_by_label("Any state").select_option("underWay")
    await expect(page.get_by_text(f"Change number {last}.")).to_be_visible()
    seen = (time.perf_counter() - committed) * 1000
    await page.get_by_label("Any state").select_option("")
    return seen


async def test_a_line_is_reached_by_keys_and_the_list_is_found_again_by_its_address(page: Page):
    await page.goto("/?q=Piece+10&group=waiting")
    await expect(page.get_by_role("status")).to_have_text("Live", timeout=READ_WITHIN_MS)
    await expect(page.locator("[data-harness]").first).to_be_visible()

    await page.keyboard.press("j")
    await page.keyboard.press("j")
    second = await page.locator("[data-harness]").nth(1).get_attribute("data-harness")
    await page.keyboard.press("Enter")

    await page.wait_for_url(f"**/harnesses/{second}**")
    await page.go_back()
    await expect(page.get_by_role("searchbox")).to_have_value("Piece 10")


async def test_the_line_that_has_the_focus_is_not_covered_and_when_it_leaves_the_next_key_goes_on_from_there(
    page: Page, world: World
):
    await page.set_viewport_size({"width": 375, "height": 640})
    await page.goto("/?group=waiting")
    await expect(page.get_by_role("status")).to_have_text("Live", timeout=READ_WITHIN_MS)

    for key, times in (("j", 12), ("k", 9)):
        for _ in range(times):
            before = await page.evaluate(FOCUSED)
            await page.keyboard.press(key)
            await page.wait_for_function(f"(before) => ({FOCUSED})() !== before", arg=before)
        await expect(page.locator("[data-harness] a:focus")).to_be_in_viewport(ratio=1)
        assert await page.evaluate(COVERED) is False, key
    left = await page.evaluate(FOCUSED)
    following = page.locator(f"li:has([data-harness='{left}']) + li [data-harness]")
    expected = await following.get_attribute("data-harness")
    await world.ask_database(
        "UPDATE harness_projection SET phase = 'running', last_position = 39999 WHERE harness_id = $1", left
    )
    await expect(page.locator(f"[data-harness='{left}']")).to_have_count(0)
    await page.keyboard.press("j")
    await expect(page.locator(f"[data-harness='{expected}'] a")).to_be_focused()


async def test_what_is_typed_into_the_middle_of_the_search_stays_where_it_was_typed(page: Page):
    await page.goto("/")
    field = page.get_by_role("searchbox")
    await field.press_sequentially("10")
    await field.press("Home")
    await field.press_sequentially("Piece ")

    await expect(field).to_have_value("Piece 10")
    await page.wait_for_url("**q=Piece+10")
    await page.goto("/?q=404")
    await expect(field).to_have_value("404")


async def test_a_page_is_read_although_answers_are_slow_and_something_changes_all_the_time(
    page: Page, world: World, org: Organization, stack: Stack
):
    slower_than_changes_s = 1.5
    stop = asyncio.Event()

    async def slow(route: Route) -> None:
        if "query WorkItems" in (route.request.post_data or ""):
            await asyncio.sleep(slower_than_changes_s)
        await route.continue_()

    async def change() -> None:
        number = 40_000
        while not stop.is_set():
            number += 1
            await world.ask_database(_CHANGE, org.id, "2", f"Change {number}.", number)
            await asyncio.sleep(1 / 20)

    await page.goto("/")
    await expect(page.get_by_role("status")).to_have_text("Live", timeout=READ_WITHIN_MS)
    await page.route(stack.addresses.graphql_url, slow)
    changing = asyncio.create_task(change())
    try:
        await page.get_by_role("link", name="Work").click()
        await expect(page.get_by_text("No work is described yet.")).to_be_visible(timeout=6 * 1000)
    finally:
        stop.set()
        await changing


async def test_a_clock_that_is_an_hour_wrong_shows_no_nonsense(page: Page, world: World, org: Organization):
    await world.ask_database(_CHANGE, org.id, "1", "Changed a moment ago.", 30_000)
    await page.clock.install(time=datetime.now(UTC) + timedelta(hours=1))

    await page.goto("/?q=Changed+a+moment+ago")
    line = page.locator("[data-harness]")
    await expect(line).to_have_count(1, timeout=READ_WITHIN_MS)

    await expect(line).to_contain_text("Open for 1 min")
    await expect(line).not_to_contain_text("h ago")


async def test_the_list_says_that_a_server_is_gone_and_comes_back_by_itself(page: Page, stack: Stack):
    gone = True

    async def answer(route: Route) -> Any:
        await (route.abort() if gone else route.continue_())

    await page.route(stack.addresses.graphql_url, answer)
    await page.goto("/?q=Piece+77")
    await expect(page.get_by_role("alert")).to_contain_text("The GraphQL server does not answer.")
    gone = False

    await expect(page.locator("[data-harness]").first).to_be_visible(timeout=READ_WITHIN_MS)
    await expect(page.get_by_role("alert")).to_have_count(0)
