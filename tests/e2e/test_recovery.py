"""Answering what work waits for, in the portal, as a second person, over the whole stack."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.e2e.signing_in import SHOWN_WITHIN_MS, signed_in
from tests.support.world import Organization, World, repository


@pytest_asyncio.fixture(scope="module")
async def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository(tmp_path_factory.mktemp("recovery"))


@pytest_asyncio.fixture(scope="module")
async def org(world: World, bare: Path) -> AsyncIterator[Organization]:
    made = await world.organization(bare.as_uri())
    yield made
    await made.close()


@asynccontextmanager
async def seen_by(role: str, browser: Browser, org: Organization) -> AsyncIterator[Page]:
    """The portal as the person of that role sees it; an alert that opens fails the test."""
    email = f"{role}-{org.tag}@test.example"
    async with signed_in(browser, org.world.stack, email, org.password) as context:
        context.set_default_timeout(SHOWN_WITHIN_MS)
        page = await context.new_page()
        page.on("dialog", lambda dialog: pytest.fail(f"something ran: {dialog.message}"))
        yield page


@asynccontextmanager
async def asked(org: Organization, bare: Path) -> AsyncIterator[tuple[str, Path]]:
    """A harness that waits, because its repository is away; and where that is."""
    away = bare.with_name("away.git")
    await asyncio.to_thread(bare.rename, away)
    harness_id = await org.launch(await org.work("echo after > a.txt"))
    await org.reach(harness_id, "awaiting_recovery")
    yield harness_id, away


async def test_work_whose_endpoint_is_away_waits_and_a_second_person_lets_it_go_on(
    browser: Browser, org: Organization, bare: Path
):
    async with seen_by("owner", browser, org) as owner:
        await owner.goto("/recovery")
        await expect(owner.get_by_text("Nothing waits for an answer.")).to_be_visible()
        async with asked(org, bare) as (harness_id, away):
            await answer_in_the_portal(owner, away, bare)
        after = await org.reach(harness_id, "awaiting_decision")
        await expect(owner.get_by_role("navigation").get_by_text("1 waiting for an answer")).not_to_be_attached()
    assert after["proposal_id"] is not None


async def answer_in_the_portal(owner: Page, away: Path, bare: Path) -> None:
    """The one case that waits is opened from the list, read, and answered once the repository is back."""
    # It comes into the list by itself, and the navigation counts it.
    await owner.locator("[data-recovery-case]").get_by_role("link").click()
    await expect(owner.get_by_role("heading", name="Endpoint not ready", level=1)).to_be_visible()
    await expect(owner.get_by_role("navigation").get_by_text("1 waiting for an answer")).to_be_attached()
    await expect(owner.get_by_text("ENDPOINT_MISSING")).to_be_visible()
    await expect(owner.get_by_text("See that repository answers at its URL")).to_be_visible()

    # Nothing chosen is refused beside its field, and sends nothing.
    answer = owner.get_by_role("form", name="Answer")
    await answer.get_by_role("button", name="Answer").click()
    await expect(answer.get_by_role("alert")).to_be_visible()

    await asyncio.to_thread(away.rename, bare)
    await answer.get_by_label("What now?").select_option("retry")
    await answer.get_by_label("Note").fill("<img src=x onerror=alert(1)> It is back.")
    await answer.get_by_role("button", name="Answer").click()
    await expect(owner.get_by_text("Answered by Owner")).to_be_visible()
    await expect(owner.get_by_text("It is back.")).to_be_visible()


async def test_who_may_not_answer_sees_what_is_wanted_and_who_can(browser: Browser, org: Organization, bare: Path):
    async with asked(org, bare) as (harness_id, away), seen_by("viewer", browser, org) as viewer:
        await viewer.goto("/recovery")
        await viewer.locator("[data-recovery-case]").get_by_role("link").click()
        await expect(viewer.get_by_text("Operators and owners answer.")).to_be_visible()
        await expect(viewer.get_by_role("form", name="Answer")).to_have_count(0)

        # Given up elsewhere, the page says so by itself.
        await org.answer(harness_id, "give_up", role="owner")
        await expect(viewer.get_by_text("Give the work up")).to_be_visible()
        assert (await org.ended(harness_id))["phase"] == "failed"
        await asyncio.to_thread(away.rename, bare)
