"""Deciding on proposals in the portal, as two people, over the whole stack."""

import json
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e.signing_in import signed_in
from tests.support.endpoint import Endpoint, serving_endpoint
from tests.support.world import Organization, World, repository

SHOWN_WITHIN_MS = 15_000
DONE_WITHIN_MS = 60_000
# Through the whole patch in 60 steps, one a frame: the longest time between two frames.
SCROLLED = """() => new Promise((done) => {
  const box = document.querySelector('[role=group][aria-label="Lines of the change"]')
  let [step, before, longest] = [0, performance.now(), 0]
  const frame = (now) => {
    longest = Math.max(longest, now - before)
    before = now
    step += 1
    box.scrollTop = (box.scrollHeight * step) / 60
    step > 60 ? done(longest) : requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
})"""
HOSTILE = "<img src=x onerror=alert(1)>.txt"


@pytest_asyncio.fixture(scope="module")
async def org(world: World, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Organization]:
    bare = repository(tmp_path_factory.mktemp("portal"), {"basket/sums.py": b"def add(a, b):\n    return a\n"})
    made = await world.organization(bare.as_uri())
    yield made
    await made.close()


@pytest.fixture
async def people(world: World, browser: Browser, org: Organization) -> AsyncIterator[dict[str, Page]]:
    """One page for each person of the organization, signed in; an alert that opens fails the test."""
    pages: dict[str, Page] = {}
    for role in ("operator", "approver"):
        context = await browser.new_context(base_url=world.at["portal_url"])
        context.set_default_timeout(SHOWN_WITHIN_MS)
        page = pages[role] = await context.new_page()
        page.on("dialog", lambda dialog: pytest.fail(f"something ran: {dialog.message}"))
        await page.goto("/proposals")
        await page.get_by_label("Email").fill(f"{role}-{org.tag}@test.example")
        await page.get_by_label("Password").fill(org.password)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Proposals")).to_be_visible()
    yield pages
    for page in pages.values():
        await page.context.close()


async def opened(page: Page, proposal: dict[str, Any]) -> None:
    """The proposal's own page, reached through the list, which it came into by itself."""
    await page.locator(f'[data-proposal="{proposal["id"]}"]').get_by_role("link").click()
    await expect(page.get_by_text(proposal["digest"])).to_be_visible()


async def test_a_proposal_comes_into_the_list_is_read_and_approved_and_its_execution_is_seen(
    people: dict[str, Page], org: Organization
):
    approver = people["approver"]
    turned = r"printf 'x = 1 \342\200\256 # 2' > turned.py"
    proposal = await org.proposed(f"sed -i 's/return a/return a + b/' basket/sums.py; echo 1 > '{HOSTILE}'; {turned}")

    await opened(approver, proposal)
    patch = approver.get_by_role("group", name="Lines of the change")
    await expect(patch).to_contain_text("return a + b")
    await expect(patch).to_contain_text(HOSTILE)
    await expect(patch.get_by_text("[U+202E]")).to_be_visible()
    await expect(patch.locator('[data-kind="keyword"]').first).to_have_text("def")
    await approver.get_by_role("radio", name="Two columns").click()
    await expect(patch).to_contain_text("return a + b")
    await approver.get_by_role("button", name="Approve this digest").click()

    await expect(approver.locator("article")).to_have_attribute("data-state", "applied", timeout=DONE_WITHIN_MS)
    await expect(approver.get_by_role("region", name="Decisions")).to_contain_text("Approved by Approver")
    await expect(approver.get_by_text("Execution: succeeded")).to_be_visible()


async def test_a_rejection_needs_a_reason_which_the_proposer_reads(people: dict[str, Page], org: Organization):
    operator, approver = people["operator"], people["approver"]
    proposal = await org.proposed("echo 2 >> basket/sums.py")

    await opened(operator, proposal)
    await expect(operator.get_by_text("Approvers and owners decide.")).to_be_visible()
    await expect(operator.get_by_role("button", name="Approve this digest")).to_have_count(0)
    await opened(approver, proposal)
    await approver.get_by_role("button", name="Reject").click()
    await expect(approver.get_by_role("alert")).to_have_text("A rejection needs a reason.")
    await approver.get_by_label("Reason").fill("Not <b>now</b>.")
    await approver.get_by_role("button", name="Reject").click()

    await expect(operator.locator("article")).to_have_attribute("data-state", "rejected")
    await expect(operator.get_by_role("region", name="Decisions")).to_contain_text("Not <b>now</b>.")


async def test_a_refused_decision_shows_the_words_of_the_platform(people: dict[str, Page], org: Organization):
    approver = people["approver"]
    proposal = await org.proposed("echo 3 >> basket/sums.py")
    await opened(approver, proposal)
    reads = approver.context
    await reads.route("**/v1/graphql", hold_reads)

    await org.act("operator", "withdraw_proposal", "WithdrawProposal", proposal_id=proposal["id"])
    await approver.get_by_role("button", name="Approve this digest").click()

    await expect(approver.get_by_role("alert")).to_have_text("The proposal is not under review: it is withdrawn.")


async def test_the_proposer_takes_a_proposal_back(people: dict[str, Page], org: Organization):
    operator = people["operator"]
    proposal = await org.proposed("echo 4 >> basket/sums.py")

    await opened(operator, proposal)
    await operator.get_by_role("button", name="Withdraw").click()

    await expect(operator.locator("article")).to_have_attribute("data-state", "withdrawn")


async def test_an_address_of_no_proposal_says_so(people: dict[str, Page]):
    await people["approver"].goto("/proposals/not-an-id")

    await expect(people["approver"].get_by_text("There is nothing at this address.")).to_be_visible()


@dataclass(frozen=True)
class Calling:
    """An organization whose one endpoint is a server of the test's, and its people's pages."""

    org: Organization
    endpoint: Endpoint
    pages: dict[str, Page]

    async def proposed(self, role: str = "operator", **call: Any) -> dict[str, Any]:
        harness_id = await self.org.launch(await self.org.call(role=role, **call), role)
        return await self.org.proposal((await self.org.reach(harness_id, "awaiting_decision"))["proposal_id"])


@pytest_asyncio.fixture(scope="module")
async def calling(world: World, browser: Browser) -> AsyncIterator[Calling]:
    with serving_endpoint() as endpoint:
        declared = [{"name": "things", "kind": "http_api", "public_url": endpoint.url}]
        org = await world.organization("", endpoints=declared)
        async with AsyncExitStack() as opened:
            pages: dict[str, Page] = {}
            for role in ("owner", "operator", "approver"):
                email = f"{role}-{org.tag}@test.example"
                context = await opened.enter_async_context(signed_in(browser, world.stack, email, org.password))
                pages[role] = await context.new_page()
                pages[role].on("dialog", lambda dialog: pytest.fail(f"something ran: {dialog.message}"))
            yield Calling(org, endpoint, pages)
        await org.close()


async def test_a_call_is_read_as_people_read_it_and_nothing_in_it_runs(calling: Calling):
    page, hostile = calling.pages["approver"], "<img src=x onerror=alert(1)>"
    proposal = await calling.proposed(
        title=hostile,
        path="/things/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        query=[{"name": hostile, "value": "javascript:alert(1)"}],
        headers=[{"name": "X-Note", "value": hostile}],
        body={"text": json.dumps({"made": hostile, "n": 1})},
        expect_status=[201],
        why=hostile,
    )

    await page.goto("/proposals")
    await expect(page.get_by_role("radio", name="Waiting (1)")).to_be_visible()
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")

    call = page.get_by_role("region", name="The call")
    await expect(call).to_contain_text(f"POST {calling.endpoint.url}/things/%3Cscript%3E")
    await expect(call).to_contain_text("It is sent once")
    await expect(call.get_by_role("row").filter(has_text="X-Note")).to_contain_text(hostile)
    await expect(call.get_by_role("group", name="Body").locator('[data-kind="attr"]').first).to_have_text('"made"')
    await page.get_by_role("button", name="Approve this digest").click()
    await expect(page.locator("article")).to_have_attribute("data-state", "applied", timeout=DONE_WITHIN_MS)
    assert len([one for one in calling.endpoint.received if one.method == "POST"]) == 1
    assert proposal["digest"] in await page.locator("article").inner_text()


async def test_nobody_decides_on_a_call_of_their_own_or_after_its_time(calling: Calling, world: World):
    owner, approver = calling.pages["owner"], calling.pages["approver"]
    proposal = await calling.proposed(role="owner")
    await owner.goto(f"/proposals/{proposal['id']}")
    await expect(owner.get_by_text("Nobody decides on a proposal of their own.")).to_be_visible()
    await approver.goto(f"/proposals/{proposal['id']}")
    await expect(approver.get_by_role("button", name="Approve this digest")).to_be_visible()
    await world.ask_database("UPDATE proposal SET expires_at = now() WHERE id = $1", proposal["id"])
    await approver.get_by_role("button", name="Approve this digest").click()

    await expect(approver.get_by_role("alert")).to_have_text(
        "The proposal expired; launch the work again for a new one."
    )


async def test_a_stale_call_is_refused_in_the_words_of_the_platform_and_what_changed_is_shown(calling: Calling):
    page = calling.pages["approver"]
    proposal = await calling.proposed()
    found = await (await calling.org.as_("viewer")).ask("query { endpoint { id } }")
    await page.goto(f"/proposals/{proposal['id']}")
    await expect(page.get_by_role("button", name="Approve this digest")).to_be_visible()

    revised = {"endpoint_id": found["endpoint"][0]["id"], "public_url": f"{calling.endpoint.url}/v2"}
    await calling.org.act("owner", "revise_endpoint", "ReviseEndpoint", **revised)

    await page.get_by_role("button", name="Approve this digest").click()

    await expect(page.get_by_role("alert")).to_contain_text("The proposal is stale: its endpoint")
    await expect(page.get_by_text("changed since", exact=True)).to_be_visible()


async def test_of_two_tabs_the_second_sees_what_the_first_decided(calling: Calling):
    first = calling.pages["approver"]
    proposal = await calling.proposed()
    second = await first.context.new_page()
    for page in (first, second):
        await page.goto(f"/proposals/{proposal['id']}")
        await expect(page.get_by_role("button", name="Reject")).to_be_visible()

    await first.get_by_label("Reason").fill("Not now.")
    await first.get_by_role("button", name="Reject").click()

    await expect(second.locator("article")).to_have_attribute("data-state", "rejected")
    await expect(second.get_by_role("button", name="Reject")).to_have_count(0)


async def test_a_call_is_described_in_the_browser_and_its_path_is_refused_at_its_field(calling: Calling):
    page = calling.pages["operator"]
    await page.goto("/work/new")
    await page.get_by_role("radio", name="A call of an endpoint").click()
    await expect(page).to_have_url(re.compile(r"/work/new\?kind=call$"))
    form = page.get_by_role("form", name="Describe work")
    await fill_in(form)
    path = form.get_by_label("Path", exact=True)

    # A GET has no body, and choosing it by mistake loses none.
    await form.get_by_label("Method").select_option("GET")
    await expect(form.get_by_label("What is sent")).to_have_count(0)
    await form.get_by_label("Method").select_option("POST")
    await expect(form.get_by_label("What is sent")).to_have_value('{"lamps": 1}')

    # What the contract's schema refuses is never sent; what the platform refuses comes back to the same place.
    await expect(path).to_have_accessible_description(re.compile("It is not written as this field asks"))
    await path.fill("/v1/%2e%2e/admin")
    await form.get_by_role("button", name="Describe work").click()
    await expect(path).to_have_accessible_description(re.compile("a path stays below the endpoint's URL"))
    await path.fill("/v1/lamps")
    await form.get_by_role("button", name="Describe work").click()

    call = page.get_by_role("region", name="The call")
    await expect(call).to_contain_text(re.compile(rf"POST {re.escape(calling.endpoint.url)}\S*/v1/lamps"))
    await expect(call.get_by_role("row").filter(has_text="X-Shop")).to_contain_text("harbour")
    await expect(call).to_contain_text("Status 200 or 201")
    await page.get_by_role("button", name="Launch").click()
    await expect(page).to_have_url(re.compile("/harnesses/"))
    await page.get_by_role("navigation", name="Pages").get_by_role("link", name="Work").click()
    item = page.locator("[data-work]").filter(has_text="Order a lamp")
    await expect(item).to_contain_text("POST /v1/lamps")
    await expect(item).to_contain_text("1 harness")


async def fill_in(form: Locator) -> None:
    """A call with all that it may have, but for a path that is none; the only endpoint is chosen already."""
    await form.get_by_label("Title").fill("Order a lamp")
    await form.get_by_label("Method").select_option("POST")
    await form.get_by_label("Path", exact=True).fill("v1/lamps")
    await form.get_by_role("button", name="Add a header").click()
    header = form.get_by_role("group", name="Header 1")
    await header.get_by_label("Name").fill("X-Shop")
    await header.get_by_label("Value").fill("harbour")
    await form.get_by_role("button", name="Add a body").click()
    await form.get_by_label("What is sent").fill('{"lamps": 1}')
    await form.get_by_label("Expected status").fill("200, 201")
    await form.get_by_label("Why it should be sent").fill("The shelf is empty.")


async def test_a_reason_that_is_typed_outlives_a_page_that_cannot_be_read_again(calling: Calling):
    page = calling.pages["approver"]
    proposal = await calling.proposed()
    await page.goto(f"/proposals/{proposal['id']}")
    await page.get_by_label("Reason").fill("Typed before the server failed")
    await page.route("**/v1/graphql", fail)

    # What happens elsewhere lets the page ask again.
    await calling.proposed()
    failed = page.get_by_role("alert").filter(has_text="The proposals could not be read.")
    await expect(failed).to_be_visible()
    await page.unroute("**/v1/graphql")
    await failed.get_by_role("button", name="Try again").click()

    await expect(failed).to_have_count(0)
    await expect(page.get_by_label("Reason")).to_have_value("Typed before the server failed")


async def fail(route: Any) -> None:
    """Refuse the question, as a server that does not know it any more."""
    await route.fulfill(json={"errors": [{"message": "no", "extensions": {"code": "validation-failed"}}]})


async def test_a_patch_of_20_000_lines_is_read_smoothly(
    people: dict[str, Page], org: Organization, figures: Callable[[str, str], None]
):
    page = people["approver"]
    proposal = await org.proposed("seq -f 'value_%g = compute(1)' 20000 > big.py")

    begun = time.monotonic()
    await page.goto(f"/proposals/{proposal['id']}")
    await expect(page.get_by_text("value_1 = compute(1)").first).to_be_visible()
    shown_s = time.monotonic() - begun
    longest_ms = await page.evaluate(SCROLLED)

    figures(
        "a patch of 20,000 lines", f"shown after {shown_s:.1f} s, longest pause while scrolling {longest_ms:.0f} ms"
    )
    lines = page.get_by_role("group", name="Lines of the change")
    await expect(lines).to_contain_text("value_20000 = compute(1)")
    assert await lines.locator("code").count() < 200


async def hold_reads(route: Any) -> None:
    """Only what changes something reaches the platform, so that the page does not learn what happened meanwhile."""
    if "mutation" in (route.request.post_data or ""):
        await route.continue_()
    else:
        await route.abort()
