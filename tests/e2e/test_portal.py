"""The portal in a real browser over the whole stack: signing in, the live list, and the sign that it is not live."""

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from playwright.async_api import Browser, Page, Request, Route, ViewportSize, expect

from contracts.base import EventData
from contracts.harness import HarnessLaunched, HarnessQueued, HarnessSucceeded, StepStarted
from contracts.vocabulary import Continuity, Purpose
from entrypoints.stack import Stack
from ledger import outbox
from ledger.pool import Pool, connect, transaction
from projections import harness as projection_of_harness
from tests.support.waiting import until

# Two cores may be busy with everything else that the stack does.
SHOWN_WITHIN_MS = 15_000
BACK_WITHIN_MS = 60_000
PHONE: ViewportSize = {"width": 375, "height": 740}

# For every element with text of its own: the contrast of its colour with the nearest ground that is painted.
CONTRASTS = """() => {
  const channels = (colour) => colour.match(/[0-9.]+/g).map(Number)
  const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)
  const ground = (element) => {
    const painted = channels(getComputedStyle(element).backgroundColor)
    return painted[3] === 0 && element.parentElement ? ground(element.parentElement) : painted
  }
  const ownText = (element) => [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())
  return [...document.querySelectorAll('body *')].filter(ownText).map((element) => {
    const [a, b] = [channels(getComputedStyle(element).color), ground(element)].map(luminance)
    return [element.textContent.trim(), (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)]
  })
}"""


@dataclass
class Told:
    """A harness of the owner's organization whose events a test tells, as activities do."""

    pool: Pool
    org_id: UUID
    harness_id: UUID
    title: str

    async def begins(self, event: HarnessQueued) -> None:
        at = datetime.now(UTC)
        await self.pool.execute(
            "SELECT ledger.append_event($1, $2, $3, $4, $5, $6, $7, NULL, $8, NULL)",
            *(self.org_id, self.harness_id, event.type_name(), f"harness/{self.harness_id}"),
            *(event.model_dump(mode="json"), f"test/{uuid4()}", at),
            projection_of_harness.first(event, at).model_dump(mode="json"),
        )

    async def happens(self, event: EventData) -> None:
        async with transaction(self.pool) as tx:
            await outbox.append(
                tx,
                self.org_id,
                event,
                cause=f"test/{uuid4()}",
                subject=f"harness/{self.harness_id}",
                harness_id=self.harness_id,
            )


@pytest.fixture
async def harness(stack: Stack) -> AsyncIterator[Told]:
    pool = await connect(stack.addresses.database_url, size_max=1, application="test")
    try:
        org_id = await organization_of(pool, stack.users["owner"]["email"])
        told = Told(pool, org_id, uuid4(), f"Change the footer {uuid4().hex[:6]}")
        await told.begins(
            HarnessQueued(purpose=Purpose.WORK, title=told.title, continuity=Continuity.RESUME, steps_total=9)
        )
        yield told
    finally:
        await pool.close()


async def organization_of(pool: Pool, email: str) -> UUID:
    found: asyncpg.Record = (
        await pool.fetch(
            "SELECT m.org_id FROM public.principal p JOIN public.membership m ON m.principal_id = p.id"
            " WHERE p.email = $1",
            email,
        )
    )[0]
    return found["org_id"]


async def sign_in(page: Page, stack: Stack) -> None:
    await page.goto("/")
    await page.get_by_label("Email").fill(stack.users["owner"]["email"])
    await page.get_by_label("Password").fill(stack.users["owner"]["password"])
    await page.keyboard.press("Enter")
    await is_live(page)


async def is_live(page: Page, within_ms: float = SHOWN_WITHIN_MS) -> None:
    await expect(page.get_by_role("status")).to_have_text("Live", timeout=within_ms)


async def test_a_wrong_password_is_refused_with_a_sentence(page: Page, stack: Stack):
    await page.goto("/")

    await page.get_by_label("Email").fill(stack.users["owner"]["email"])
    await page.get_by_label("Password").fill("not the password")
    await page.get_by_role("button", name="Sign in").click()

    await expect(page.get_by_role("alert")).to_have_text("Email or password is wrong.")
    await expect(page.get_by_label("Email")).to_have_value(stack.users["owner"]["email"])


async def test_a_harness_is_followed_live_from_the_first_event_to_the_last(page: Page, stack: Stack, harness: Told):
    await sign_in(page, stack)
    line = page.locator(f'[data-harness="{harness.harness_id}"]')
    await expect(line).to_contain_text(harness.title)
    await expect(line).to_contain_text("Queued")
    await expect(line).to_contain_text("Resume")
    reads = note_reads(page, stack)

    await harness.happens(HarnessLaunched(headline="The sandbox starts."))
    await harness.happens(StepStarted(step="observe", headline="Looking at the repository.", done=4))
    await expect(line).to_contain_text("Looking at the repository.")
    await expect(line).to_contain_text("4 of 9 steps")
    await expect(line.get_by_role("progressbar")).to_have_attribute("value", "4")
    await harness.happens(HarnessSucceeded(headline="All is as it should be."))
    await expect(line).to_contain_text("Succeeded")

    await expect(page.get_by_role("region", name=re.compile("^Ended")).locator(line)).to_be_visible()
    assert reads == [], "the changes came from a snapshot, not from the feed"


async def test_while_supabase_is_gone_the_list_says_that_it_is_stale_and_then_catches_up_by_itself(
    page: Page, stack: Stack, harness: Told
):
    await sign_in(page, stack)
    line = page.locator(f'[data-harness="{harness.harness_id}"]')

    os.kill(stack.pid_of("supabase"), signal.SIGKILL)
    await expect(page.get_by_role("status")).to_have_text("Stale, reconnecting…")
    await harness.happens(HarnessLaunched(headline="This happened in between."))
    await stack.wait_restarted("supabase")

    await is_live(page, BACK_WITHIN_MS)
    await expect(line).to_contain_text("This happened in between.")
    await harness.happens(StepStarted(step="observe", headline="And this afterwards.", done=1))
    await expect(line).to_contain_text("And this afterwards.")


async def test_when_the_network_is_back_the_list_is_live_again(page: Page, stack: Stack):
    await sign_in(page, stack)

    await page.context.set_offline(True)
    await expect(page.get_by_role("status")).to_have_text("Stale, reconnecting…")
    await page.context.set_offline(False)

    await is_live(page, BACK_WITHIN_MS)


async def test_a_session_outlives_a_reload_and_ends_with_signing_out(page: Page, stack: Stack):
    await sign_in(page, stack)

    await page.reload()
    await is_live(page)
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await page.reload()

    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert await page.evaluate("localStorage.length") == 0


async def test_the_page_keeps_to_its_policy_and_speaks_to_its_three_servers_only(page: Page, stack: Stack):
    complaints: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.add(str(httpx.URL(request.url).copy_with(raw_path=b"/"))))
    page.on("websocket", lambda socket: asked.add(str(httpx.URL(socket.url).copy_with(raw_path=b"/"))))

    await sign_in(page, stack)

    at = stack.addresses
    servers = {f"{at.portal_url}/", f"{at.hasura_url}/", f"{at.supabase_url}/"}
    assert asked == servers | {f"{at.supabase_url}/".replace("http", "ws", 1)}
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_can_be_read_and_nothing_is_wider_than_a_phone(
    stack: Stack, browser: Browser, harness: Told, scheme: str
):
    context = await browser.new_context(
        base_url=stack.addresses.portal_url, color_scheme="dark" if scheme == "dark" else "light", viewport=PHONE
    )
    page = await context.new_page()
    await sign_in(page, stack)
    await expect(page.get_by_text(harness.title)).to_be_visible()

    contrasts: list[tuple[str, float]] = await page.evaluate(CONTRASTS)
    width = await page.evaluate("document.documentElement.scrollWidth")
    await context.close()

    assert [(text, ratio) for text, ratio in contrasts if ratio < 4.5] == []
    assert len(contrasts) > 10
    assert width == PHONE["width"]


async def test_everything_can_be_reached_with_the_keyboard(page: Page, stack: Stack):
    await page.goto("/")
    await expect(page.get_by_label("Email")).to_be_focused()
    await page.keyboard.type(stack.users["owner"]["email"])
    await page.keyboard.press("Tab")
    await page.keyboard.type(stack.users["owner"]["password"])
    await page.keyboard.press("Enter")
    await is_live(page)

    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    for name in ("Go to or do", "Colours", "Sign out"):
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("button", name=name)).to_be_focused()
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_the_palette_finds_a_harness_by_its_title_and_leads_there(page: Page, stack: Stack, harness: Told):
    await sign_in(page, stack)

    await page.keyboard.press("Control+k")
    await page.get_by_placeholder("Type a page").fill(harness.title)
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", name=harness.title, level=1)).to_be_visible()
    assert page.url.endswith(f"/harnesses/{harness.harness_id}")
    # Its page belongs to the list, and who came begins at its content.
    await expect(page.get_by_role("link", name="Harnesses")).to_have_attribute("aria-current", "page")
    await expect(page.get_by_role("main")).to_be_focused()
    await page.keyboard.type("gh")
    await expect(page.get_by_role("heading", name="Harnesses")).to_be_visible()


async def test_the_keys_are_told_and_are_left_alone_while_somebody_types(page: Page, stack: Stack):
    await sign_in(page, stack)

    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_contain_text("Keyboard shortcuts")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Control+k")
    await page.keyboard.type("?")

    await expect(page.get_by_role("dialog")).to_have_count(1)
    await expect(page.get_by_placeholder("Type a page")).to_have_value("?")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Colours").click()
    await page.keyboard.press("?")
    await expect(page.get_by_role("menu")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_single_keys_can_be_turned_off_and_on_again(page: Page, stack: Stack):
    await sign_in(page, stack)
    await page.keyboard.press("?")
    await page.get_by_label("Act on single keys.").uncheck()
    await page.keyboard.press("Escape")

    await page.keyboard.type("gw?")
    await expect(page.get_by_role("heading", name="Harnesses", level=1)).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.keyboard.press("Control+k")
    await page.get_by_role("option", name="Keyboard shortcuts").click()
    await page.get_by_label("Act on single keys.").check()
    await page.keyboard.press("Escape")
    await page.keyboard.type("gw")

    await expect(page.get_by_role("heading", name="Work", level=1)).to_be_visible()


async def test_the_chosen_colours_stay_after_a_reload(page: Page, stack: Stack):
    await sign_in(page, stack)

    await page.get_by_role("button", name="Colours").click()
    await page.get_by_role("menuitemradio", name="Dark").click()
    dark = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    await page.reload()
    await is_live(page)

    assert dark == "rgb(18, 21, 23)"
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


async def test_when_the_session_ends_the_page_stays_below_until_one_is_back(page: Page, stack: Stack, harness: Told):
    await sign_in(page, stack)
    await page.goto(f"/harnesses/{harness.harness_id}")
    await is_live(page)

    await end_session(page, stack)
    await expect(page.get_by_role("alert")).to_have_text("Your session ended. Sign in again.")
    await expect(page.get_by_label("Email")).to_have_value(stack.users["owner"]["email"])
    # Nothing leads away from what is below before somebody is signed in again.
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("dialog")).to_have_count(1)
    await page.get_by_label("Password").fill(stack.users["owner"]["password"])
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("heading", name=harness.title, level=1)).to_be_visible()
    await is_live(page, BACK_WITHIN_MS)


async def test_signing_out_counts_at_once_however_slow_the_server_is(page: Page, stack: Stack):
    await sign_in(page, stack)
    token = await page.evaluate("JSON.parse(localStorage['fractalops-session']).access_token")
    asked = asyncio.Event()
    answer = asyncio.Event()

    async def slow(route: Route) -> None:
        asked.set()
        await answer.wait()
        await route.continue_()

    await page.context.route("**/auth/v1/logout**", slow)
    await page.get_by_role("button", name="Sign out").click()
    await asyncio.wait_for(asked.wait(), SHOWN_WITHIN_MS / 1000)
    other = await page.context.new_page()
    await other.goto("/")

    await expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    answer.set()
    await until(
        lambda: is_over(stack, token), within_s=SHOWN_WITHIN_MS / 1000, what="the end of the session at the server"
    )


async def test_signing_out_in_one_tab_hides_what_another_shows(page: Page, stack: Stack):
    await sign_in(page, stack)
    other = await page.context.new_page()
    await other.goto("/")
    await is_live(other)

    await page.get_by_role("button", name="Sign out").click()

    await expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    await expect(other.get_by_role("heading", name="Harnesses")).to_have_count(0)


async def is_over(stack: Stack, token: str) -> bool:
    """Whether the server knows the token's session no more."""
    async with httpx.AsyncClient(base_url=stack.addresses.supabase_url) as client:
        headers = {"apikey": stack.credentials.anon_key, "authorization": f"Bearer {token}"}
        return (await client.get("/auth/v1/user", headers=headers)).status_code in {401, 403}


async def end_session(page: Page, stack: Stack) -> None:
    """The server forgets the session, and the page finds its token too old."""
    token = await page.evaluate("JSON.parse(localStorage['fractalops-session']).access_token")
    async with httpx.AsyncClient(base_url=stack.addresses.supabase_url) as client:
        headers = {"apikey": stack.credentials.anon_key, "authorization": f"Bearer {token}"}
        (await client.post("/auth/v1/logout?scope=local", headers=headers)).raise_for_status()
    await page.evaluate(
        "localStorage['fractalops-session'] ="
        " JSON.stringify({...JSON.parse(localStorage['fractalops-session']), expires_at: 1})"
    )
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def note_reads(page: Page, stack: Stack) -> list[str]:
    """The questions that the page asks the GraphQL server from now on."""
    reads: list[str] = []

    def note(request: Request) -> None:
        if request.url == stack.addresses.graphql_url:
            reads.append(request.method)

    page.on("request", note)
    return reads
