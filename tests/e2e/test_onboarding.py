"""An owner completes an organization in the browser until work can launch, and sees every check go by itself."""

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from entrypoints.stack import Stack
from runtime.secrets import FileStore
from tests.e2e.signing_in import signed_in
from tests.support.world import Organization, World, repository

CHECKED_WITHIN_MS = 30_000
VALUE = "typed-by-nobody-else-7f3a"
# Everything that the page holds: what is shown, what fields hold, what is stored, and every object that can be reached
# from what React keeps, such as state, forms and the cache of answers.
HELD = """async (value) => {
  const found = [], has = (text) => typeof text === 'string' && text.includes(value)
  if (has(document.documentElement.outerHTML)) found.push('document')
  for (const field of document.querySelectorAll("input, textarea")) if (has(field.value)) found.push("field")
  for (const store of [localStorage, sessionStorage]) if (has(JSON.stringify({ ...store }))) found.push('storage')
  if (has(document.cookie) || has(location.href) || has(JSON.stringify(history.state))) found.push('address')
  for (const { name } of await indexedDB.databases()) found.push(`database ${name}`)
  for (const name of await caches.keys()) found.push(`cache ${name}`)
  const root = document.getElementById('root')
  const seen = new Set(), waiting = [[root, 'root'], [document.activeElement, 'focus']]
  while (waiting.length > 0 && seen.size < 2_000_000) {
    const [one, path] = waiting.pop()
    if (has(one)) found.push(path)
    const isHolder = one !== null && (typeof one === 'object' || typeof one === 'function')
    if (!isHolder || seen.has(one) || one === window) continue
    seen.add(one)
    if (one instanceof Map || one instanceof Set) for (const entry of one) waiting.push([entry, `${path}.entry`])
    for (const name of Reflect.ownKeys(one)) {
      if (has(String(name))) found.push(path)
      const { value: held } = Object.getOwnPropertyDescriptor(one, name) ?? {}
      if (held !== undefined) waiting.push([held, path.length > 200 ? path : `${path}.${String(name)}`])
    }
  }
  return [...new Set(found), ...(seen.size < 1_000 ? ['too little was searched'] : [])]
}"""


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


async def places_of(value: str, page: Page) -> list[str]:
    """Where the page holds the value."""
    return await page.evaluate(HELD, value)


async def value_sent(page: Page, subject: str) -> list[str]:
    """Every request's body since the value was typed and sent; the form is gone afterwards."""
    await page.get_by_role("button", name=f"Send the value {subject}").click()
    field = page.get_by_role("dialog").get_by_label("Value", exact=True)
    await expect(field).to_have_attribute("autocomplete", "off")
    await field.fill(VALUE)
    assert await places_of(VALUE, page) == ["field"], "the search finds what is there"
    bodies: list[str] = []
    page.on("request", lambda request: bodies.append(request.post_data or ""))
    await page.get_by_role("dialog").get_by_role("button", name="Send the value").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    return bodies


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
        await step(page, "Secret contracts")
        sent = await value_sent(page, "registry token")

        await expect(line(page, "registry token")).to_have_attribute("data-check", "passed", timeout=CHECKED_WITHIN_MS)
        await expect(page.get_by_role("button", name="Send the value registry token")).to_be_visible()
        assert await places_of(VALUE, page) == []
        assert all(VALUE not in body for body in sent)
        assert any("send_secret_value" in body for body in sent)
        await step(page, "Checks")
        await expect(page.get_by_text("3 of 3 checks passed")).to_be_visible(timeout=CHECKED_WITHIN_MS)
        await expect(page.get_by_text("Every check passed: work can launch.")).to_be_visible(timeout=CHECKED_WITHIN_MS)
    stored = FileStore(stack.home / "secrets", stack.home / "keys" / "secrets.key").get(
        f"guided-{org.tag}/registry", "token"
    )
    assert stored is not None
    assert stored.value.reveal() == VALUE


async def test_what_the_platform_refuses_is_said_in_its_words_and_a_viewer_changes_nothing(
    stack: Stack, browser: Browser, org: Organization
):
    async with signed_in(browser, stack, f"owner-{org.tag}@guided.example", org.password) as context:
        page = await context.new_page()
        await page.goto("/onboarding?step=people")
        await page.get_by_role("button", name="Remove Owner").click()
        await page.get_by_role("dialog").get_by_role("button", name="Remove").click()

        await expect(page.get_by_role("alert")).to_contain_text("the organization's last owner")
        await page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).first.click()
        await page.get_by_role("button", name="Remove Owner").click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await expect(page.get_by_role("alert")).to_be_hidden()
    async with signed_in(browser, stack, f"viewer-{org.tag}@guided.example", org.password) as context:
        page = await context.new_page()
        await page.goto("/onboarding?step=secrets")

        await expect(line(page, "registry token")).to_be_visible()
        await expect(page.get_by_text("Owners change this.")).to_be_visible()
        await expect(page.get_by_role("button", name="Declare a secret contract")).to_have_count(0)
