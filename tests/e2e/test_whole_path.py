"""The whole path from work to proof, played by two people in two browsers and by nothing else."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Request, expect

from tests.e2e.signing_in import signed_in
from tests.support.world import Organization, World, repository

DONE_WITHIN_MS = 60_000
TITLE = "Add what is summed"


@pytest_asyncio.fixture
async def org(world: World, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Organization]:
    bare = repository(tmp_path_factory.mktemp("path"), {"sums.py": b"def add(a, b):\n    return a\n"})
    made = await world.organization(bare.as_uri())
    yield made
    await made.close()


async def test_two_people_bring_work_from_its_description_to_its_proof(
    world: World, browser: Browser, org: Organization
):
    async with AsyncExitStack() as opened:
        pages: list[Page] = []
        for role in ("operator", "approver"):
            email = f"{role}-{org.tag}@test.example"
            context = await opened.enter_async_context(signed_in(browser, world.stack, email, org.password))
            pages.append(await context.new_page())
        operator, approver = pages

        await describe(operator)
        await operator.get_by_role("form", name="Launch").get_by_role("button", name="Launch").click()
        harness = operator.locator("article[data-phase]")
        await expect(harness).to_have_attribute("data-phase", "awaiting_decision", timeout=DONE_WITHIN_MS)
        await expect(operator.locator("[aria-current=step]")).to_contain_text("Decision")
        await decide(approver)

        await expect(harness).to_have_attribute("data-phase", "succeeded", timeout=DONE_WITHIN_MS)
        proof = operator.locator('article a[href^="/proofs/"]').first
        await proof.click()
        await expect(operator.locator("article[data-proof]")).to_be_visible()
        await expect(operator.get_by_role("heading", name=TITLE, level=1)).to_be_visible()


async def describe(operator: Page) -> None:
    """Work is described; what is wrong is told beside its field, and nothing is sent until it is right."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if "mutation CreateWork" in (request.post_data or ""):
            sent.append(request.url)

    operator.on("request", note)
    await operator.goto("/work/new")
    title = operator.get_by_label("Title", exact=True)
    await operator.get_by_label("RUN: the command").fill("sed -i 's/return a/return a + b/' sums.py")
    await operator.get_by_label("VERIFY: the command").fill("grep -q 'a + b' sums.py")
    await operator.get_by_role("button", name="Describe work").click()
    await expect(title).to_have_attribute("aria-invalid", "true")
    await expect(operator.get_by_role("alert")).to_be_visible()
    assert sent == []

    await title.fill(TITLE)
    await expect(title).to_have_attribute("aria-invalid", "false")
    await operator.get_by_role("button", name="Describe work").click()
    await expect(operator.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    await expect(operator.get_by_text("Not launched yet.")).to_be_visible()
    assert len(sent) == 1


async def decide(approver: Page) -> None:
    """The proposal is found in the inbox, its patch is read, and its digest is approved."""
    await approver.goto("/proposals")
    await approver.locator("[data-proposal]").get_by_role("link").click()
    await expect(approver.get_by_role("group", name="Lines of the change")).to_contain_text("return a + b")
    await approver.get_by_role("button", name="Approve this digest").click()
    await expect(approver.get_by_role("region", name="Decisions")).to_contain_text("Approved by Approver")
