"""Deciding on proposals in the portal, as two people, over the whole stack."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.support.world import Organization, World, repository

SHOWN_WITHIN_MS = 15_000
DONE_WITHIN_MS = 60_000
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
    proposal = await org.proposed(f"sed -i 's/return a/return a + b/' basket/sums.py; echo 1 > '{HOSTILE}'")

    await opened(approver, proposal)
    patch = approver.get_by_role("group", name="Lines of the change")
    await expect(patch).to_contain_text("return a + b")
    await expect(patch).to_contain_text(HOSTILE)
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


async def hold_reads(route: Any) -> None:
    """Only what changes something reaches the platform, so that the page does not learn what happened meanwhile."""
    if "mutation" in (route.request.post_data or ""):
        await route.continue_()
    else:
        await route.abort()
