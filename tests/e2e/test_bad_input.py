"""What goes wrong for people across pages: sessions, permissions, addresses, slow servers, hostile text, two tabs."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Request, Route, expect

from entrypoints.stack import Stack
from tests.e2e.signing_in import SHOWN_WITHIN_MS, signed_in
from tests.support.world import Organization, World, repository

# Turns the direction of what follows, as names of files do that want to seem others.
BIDI = "\u202egnp.exe\u202c"
HOSTILE = f"<img src=x onerror=alert(1)> javascript:alert(2) {BIDI}"
SCRIPT = f"echo '<script>alert(3)</script>' # {HOSTILE}"
GONE = "There is nothing at this address."
SIGNS_OUT = """() => {
  const kept = JSON.parse(localStorage['fractalops-session'])
  localStorage['fractalops-session'] = JSON.stringify({ ...kept, expires_at: 1 })
  document.dispatchEvent(new Event('visibilitychange'))
}"""


@pytest_asyncio.fixture(scope="module")
async def org(world: World, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Organization]:
    made = await world.organization(repository(tmp_path_factory.mktemp("bad-input")).as_uri())
    yield made
    await made.close()


@pytest_asyncio.fixture(scope="module")
async def people(stack: Stack, browser: Browser, org: Organization) -> AsyncIterator[dict[str, Page]]:
    """One page for each of two people; an alert that opens fails the test."""
    async with AsyncExitStack() as opened:
        pages: dict[str, Page] = {}
        for role in ("operator", "viewer"):
            email = f"{role}-{org.tag}@test.example"
            context = await opened.enter_async_context(signed_in(browser, stack, email, org.password))
            pages[role] = await context.new_page()
            pages[role].on("dialog", lambda dialog: pytest.fail(f"something ran: {dialog.message}"))
        yield pages


async def fill_in(page: Page, title: str, run: str = "true") -> None:
    await page.get_by_label("Title", exact=True).fill(title)
    await page.get_by_label("RUN: the command").fill(run)
    await page.get_by_label("VERIFY: the command").fill("true")


async def send(page: Page) -> None:
    await page.get_by_role("button", name="Describe work").click()


async def test_what_was_typed_outlives_a_session_and_can_be_sent_by_the_next(
    people: dict[str, Page], stack: Stack, org: Organization
):
    page = people["operator"]
    await page.goto("/work/new")
    await fill_in(page, "Typed before the session ended", "echo kept")
    await end_session(page, stack)
    dialog = page.get_by_role("dialog", name="Sign in")
    await expect(dialog.get_by_role("alert")).to_have_text("Your session ended. Sign in again.")
    await dialog.get_by_label("Password").fill(org.password)
    await page.keyboard.press("Enter")

    await expect(dialog).to_have_count(0)
    await expect(page.get_by_label("Title", exact=True)).to_have_value("Typed before the session ended")
    await expect(page.get_by_label("RUN: the command")).to_have_value("echo kept")
    await send(page)
    await expect(page.get_by_role("heading", name="Typed before the session ended", level=1)).to_be_visible()


async def test_what_was_typed_is_sent_once_the_network_is_back(people: dict[str, Page]):
    page = people["operator"]
    await page.goto("/work/new")
    await fill_in(page, "Typed without a network")
    await page.context.set_offline(True)
    await send(page)
    await expect(page.get_by_role("alert")).to_have_text("The GraphQL server does not answer.")
    await page.context.set_offline(False)
    await send(page)

    await expect(page.get_by_role("heading", name="Typed without a network", level=1)).to_be_visible()


async def test_who_may_not_describe_or_launch_work_is_told_who_may_and_has_no_buttons(
    people: dict[str, Page], org: Organization
):
    page, work_id = people["viewer"], await org.work("true", title="Only to be looked at")
    await page.goto("/work/new")
    await expect(page.get_by_text("Operators and owners describe work.")).to_be_visible()
    await expect(page.get_by_role("form")).to_have_count(0)

    await page.goto(f"/work/{work_id}")

    await expect(page.get_by_role("heading", name="Only to be looked at", level=1)).to_be_visible()
    await expect(page.get_by_role("button", name="Launch")).to_have_count(0)


async def test_an_address_of_nothing_says_so_on_every_page(people: dict[str, Page]):
    page, endless = people["viewer"], list[str]()
    for where in ("harnesses", "work", "proposals", "proofs", "recovery"):
        for name in ("x", str(uuid4())):
            await page.goto(f"/{where}/{name}")
            try:
                await expect(page.get_by_text(GONE)).to_be_visible(timeout=SHOWN_WITHIN_MS / 3)
            except AssertionError:
                endless.append(f"/{where}/{name}: {await page.locator('main').inner_text()}")

    assert endless == []


@pytest.mark.parametrize(
    ("address", "reading", "heading"),
    [("/work", "Reading the work…", "Work"), ("/work/new", "Reading where work can run…", "Describe work")],
)
async def test_while_the_server_is_slow_the_page_says_that_it_reads(
    people: dict[str, Page], address: str, reading: str, heading: str
):
    page, answer = people["operator"], asyncio.Event()

    async def held(route: Route) -> None:
        await answer.wait()
        await route.continue_()

    await page.route("**/v1/graphql", held)
    await page.goto(address)
    await expect(page.get_by_text(reading)).to_be_visible()
    answer.set()

    await expect(page.get_by_text(reading)).to_have_count(0)
    await page.unroute("**/v1/graphql")
    await expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    await expect(page.get_by_role("alert")).to_have_count(0)


async def test_hostile_text_is_text_wherever_it_is_shown(people: dict[str, Page]):
    operator, viewer = people["operator"], people["viewer"]
    await operator.goto("/work/new")
    await fill_in(operator, HOSTILE, SCRIPT)
    await send(operator)
    wanted = operator.get_by_role("region", name="What is wanted")
    await expect(wanted).to_contain_text(SCRIPT)
    await expect(operator.locator("h1")).to_have_text(HOSTILE)
    await operator.get_by_role("form", name="Launch").get_by_role("button", name="Launch").click()
    await expect(operator.locator("article[data-phase]")).to_be_visible()
    await expect(operator.locator("h1")).to_have_text(HOSTILE)

    for address in ("/", "/work"):
        await viewer.goto(address)
        await expect(viewer.locator("main").get_by_text("javascript:alert(2)").first).to_be_visible()
    for page in (operator, viewer):
        await expect(page.locator("img, main script, a[href^='javascript:']")).to_have_count(0)


async def test_two_tabs_with_the_same_form_send_once_each_with_keys_of_their_own(
    people: dict[str, Page], org: Organization
):
    first = people["operator"]
    second = await first.context.new_page()
    keys: list[str] = []

    def note(request: Request) -> None:
        if "mutation CreateWork" in (request.post_data or ""):
            keys.append(json.loads(request.post_data or "")["variables"]["input"]["idempotency_key"])

    for page in (first, second):
        page.on("request", note)
        await page.goto("/work/new")
        await fill_in(page, "The same in two tabs")
    await asyncio.gather(*(page.get_by_role("button", name="Describe work").dblclick() for page in (first, second)))

    for page in (first, second):
        await expect(page.get_by_role("heading", name="The same in two tabs", level=1)).to_be_visible()
    found = await (await org.as_("viewer")).ask(
        "query ($title: String!) { work(where: {title: {_eq: $title}}) { id } }", title="The same in two tabs"
    )
    await second.close()
    assert len(found["work"]) == len(keys) == len(set(keys)) == 2


async def end_session(page: Page, stack: Stack) -> None:
    """The server forgets the session, and the page finds its token too old."""
    token = await page.evaluate("JSON.parse(localStorage['fractalops-session']).access_token")
    async with httpx.AsyncClient(base_url=stack.addresses.supabase_url) as client:
        headers = {"apikey": stack.credentials.anon_key, "authorization": f"Bearer {token}"}
        (await client.post("/auth/v1/logout?scope=local", headers=headers)).raise_for_status()
    await page.evaluate(SIGNS_OUT)
