"""An owner completes an organization in the browser until work can launch, and sees every check go by itself."""

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from entrypoints.stack import Stack
from runtime.secrets import FileStore, SecretValue
from tests.e2e.signing_in import signed_in
from tests.support.world import Organization, World, repository

CHECKED_WITHIN_MS = 30_000


@pytest.fixture
async def org(world: World) -> AsyncIterator[Organization]:
    """An organization of an owner and a secret contract without its value: nothing that work could be done with."""
    tag = secrets.token_hex(4)
    made = await world.recorded(
        "",
        slug=f"guided-{tag}",
        name="Guided",
        principals=[
            {"name": role.title(), "role": role, "email": f"{role}-{tag}@guided.example"}
            for role in ("owner", "viewer")
        ],
        secret_contracts=[
            {"name": "registry token", "purpose": "To read.", "reference": f"secret://file/guided-{tag}/registry#token"}
        ],
        endpoints=[],
        runtime_assets=[],
    )
    made.tag = tag
    yield made
    await made.close()


def line(page: Page, subject: str) -> Locator:
    return page.locator(f'[data-subject="{subject}"]')


async def step(page: Page, name: str) -> None:
    await page.get_by_role("navigation", name="Steps of onboarding").get_by_role("link", name=name).first.click()
    await expect(page.get_by_role("heading", name=name, level=2)).to_be_visible()


async def test_an_owner_completes_an_organization_and_mends_what_failed(
    stack: Stack, browser: Browser, org: Organization, tmp_path: Path
):
    bare = repository(tmp_path / "repository")
    async with signed_in(browser, stack, f"owner-{org.tag}@guided.example", org.password) as context:
        page = await context.new_page()
        await page.goto("/onboarding?step=secrets")
        await expect(line(page, "registry token")).to_have_attribute("data-check", "failed", timeout=CHECKED_WITHIN_MS)
        await expect(line(page, "registry token")).to_contain_text("Put the value where")

        await step(page, "People")
        await expect(page.get_by_text("one person more must be able to decide")).to_be_visible()
        await page.get_by_label("Name").fill("Ada <b>Brook</b>")
        await page.get_by_label("Email").fill(f"ada-{org.tag}@guided.example")
        await page.get_by_label("Role", exact=True).select_option("approver")
        await page.get_by_role("button", name="Add a person").click()
        await expect(page.locator(f'[data-member="ada-{org.tag}@guided.example"]')).to_contain_text("Ada <b>Brook</b>")
        await expect(page.get_by_text("The people suffice")).to_be_visible()

        await step(page, "Runtime assets")
        await page.get_by_label("Name").fill("sandbox")
        await page.get_by_role("button", name="Declare a runtime asset").click()
        await step(page, "Endpoints")
        await page.get_by_label("Name").fill("repository")
        await page.get_by_label("Kind").select_option("git")
        await page.get_by_label("Public URL").fill(f"{bare.as_uri()}.elsewhere")
        await page.get_by_role("button", name="Declare an endpoint").click()
        await expect(line(page, "repository")).to_have_attribute("data-check", "failed", timeout=CHECKED_WITHIN_MS)
        await page.get_by_role("button", name="Revise repository").click()
        await page.get_by_role("dialog").get_by_label("Public URL").fill(bare.as_uri())
        await page.get_by_role("dialog").get_by_role("button", name="Revise").click()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await page.get_by_role("button", name="Check again").click()
        await expect(line(page, "repository")).to_have_attribute("data-check", "passed", timeout=CHECKED_WITHIN_MS)
        await expect(page.get_by_label("Name")).to_have_value("")

        await step(page, "Checks")
        await expect(line(page, "sandbox")).to_have_attribute("data-check", "passed", timeout=CHECKED_WITHIN_MS)
        await expect(page.get_by_text("2 of 3 checks passed")).to_be_visible()
        FileStore(stack.home / "secrets", stack.home / "keys" / "secrets.key").put(
            f"guided-{org.tag}/registry", "token", SecretValue("a-value")
        )
        await page.get_by_role("button", name="Check again").click()

        await expect(line(page, "registry token")).to_have_attribute("data-check", "passed", timeout=CHECKED_WITHIN_MS)
        await expect(page.get_by_text("3 of 3 checks passed")).to_be_visible(timeout=CHECKED_WITHIN_MS)
        await expect(page.get_by_text("Every check passed: work can launch.")).to_be_visible(timeout=CHECKED_WITHIN_MS)


async def test_what_the_platform_refuses_is_said_in_its_words_and_a_viewer_changes_nothing(
    stack: Stack, browser: Browser, org: Organization
):
    async with signed_in(browser, stack, f"owner-{org.tag}@guided.example", org.password) as context:
        page = await context.new_page()
        await page.goto("/onboarding?step=people")
        await page.get_by_role("button", name="Remove Owner").click()
        await page.get_by_role("dialog").get_by_role("button", name="Remove").click()

        await expect(page.get_by_role("alert")).to_contain_text("the organization's last owner")
    async with signed_in(browser, stack, f"viewer-{org.tag}@guided.example", org.password) as context:
        page = await context.new_page()
        await page.goto("/onboarding?step=secrets")

        await expect(line(page, "registry token")).to_be_visible()
        await expect(page.get_by_text("Owners change this.")).to_be_visible()
        await expect(page.get_by_role("button", name="Declare a secret contract")).to_have_count(0)
