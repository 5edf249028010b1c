"""Proofs in the portal: verified by the browser itself, told when broken, downloaded, and tied to their lineage."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from entrypoints.stack import Stack
from tests.e2e.signing_in import signed_in
from tests.support.command_line import Person
from tests.support.world import Organization, World, repository

VERIFIED_WITHIN_MS = 50


@pytest_asyncio.fixture(scope="module")
async def org(world: World, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Organization]:
    made = await world.organization(repository(tmp_path_factory.mktemp("proofs")).as_uri(), name="Harbour Books")
    yield made
    await made.close()


@pytest_asyncio.fixture(scope="module")
async def proof_id(org: Organization) -> str:
    """A proof of a change that was proposed, approved and pushed."""
    proposal = await org.proposed("printf 'after\\n' > a.txt", title="Say after")
    return (await org.carried_out(proposal))["proof_id"]


@pytest_asyncio.fixture
async def page(stack: Stack, browser: Browser, org: Organization) -> AsyncIterator[Page]:
    async with signed_in(browser, stack, f"viewer-{org.tag}@test.example", org.password) as context:
        page = await context.new_page()
        page.on("dialog", lambda dialog: pytest.fail(f"something ran: {dialog.message}"))
        yield page


async def opened(page: Page, proof_id: str) -> None:
    await page.goto(f"/proofs/{proof_id}")
    await expect(page.get_by_role("heading", name="Verified in this browser")).to_be_visible()
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)


async def test_a_proof_is_found_verified_and_told_in_words(
    page: Page, proof_id: str, figures: Callable[[str, str], None]
):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    await page.goto("/proofs?q=say%20AFTER&outcome=succeeded")
    await page.locator(f'[data-proof="{proof_id}"]').get_by_role("link").click()

    await expect(page.get_by_text("The proof holds.")).to_be_visible()
    stated = page.get_by_role("region", name="What was signed")
    await expect(stated).to_contain_text("A change was pushed to main.")
    await expect(stated).to_contain_text("Harbour Books")
    await expect(stated).to_contain_text("approved")
    await expect(page.locator('[data-check="Consistency"]')).to_contain_text("for the first time")
    await page.get_by_role("radio", name="Graph").click()
    await expect(page.locator('[data-thing="proof"]')).to_be_visible()
    for kind in ("work", "harness", "proposal", "decision", "command", "execution", "artifact"):
        await expect(page.locator(f'[data-thing="{kind}"]').first).to_be_attached()
    took_ms = float(await page.locator("[data-took-ms]").get_attribute("data-took-ms") or "inf")
    figures("verification of a proof", f"{took_ms:.1f} ms")
    await page.reload()
    await expect(page.locator('[data-check="Consistency"]')).to_contain_text("has seen before")

    assert took_ms < VERIFIED_WITHIN_MS
    assert complaints == []


async def test_the_lineage_is_a_table_too_and_leads_to_the_proposal(page: Page, proof_id: str):
    await opened(page, proof_id)

    table = page.get_by_role("table", name="Lineage")
    await expect(table.get_by_role("cell", name="proved by", exact=True)).to_have_count(1)
    await table.get_by_role("link", name="Say after").last.click()

    await expect(page.get_by_role("heading", name="Say after", level=1)).to_be_visible()


@pytest.mark.parametrize(
    ("tamper", "check"),
    [
        (lambda bundle: {**bundle, "envelope": bundle["envelope"].replace('"sig":"', '"sig":"AAAA')}, "Signature"),
        (lambda bundle: {**bundle, "outcome": "failed"}, "Agreement"),
        (lambda bundle: {**bundle, "checkpoint": bundle["checkpoint"].replace("\n1\n", "\n2\n")}, "Checkpoint"),
        (lambda bundle: {**bundle, "inclusion_path": ["00" * 32]}, "Inclusion"),
    ],
    ids=["signature", "outcome", "checkpoint", "inclusion"],
)
async def test_an_answer_changed_on_the_wire_is_told_as_broken(
    page: Page, proof_id: str, tamper: Callable[[dict[str, Any]], dict[str, Any]], check: str
):
    await page.route("**/v1/graphql", lambda route: changed(route, tamper))

    await opened(page, proof_id)

    await expect(page.get_by_role("alert")).to_have_text("The proof does not hold.")
    await expect(page.locator(f'[data-check="{check}"]')).to_have_attribute("data-outcome", "fails")


async def changed(route: Route, tamper: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """The platform's answer, with another bundle in it; what is said of having verified it stays."""
    if "verify_proof" not in (route.request.post_data or ""):
        await route.continue_()
        return
    answer = await route.fetch()
    body = await answer.json()
    body["data"]["verify_proof"] = tamper(body["data"]["verify_proof"])
    await route.fulfill(response=answer, json=body)


async def test_a_log_other_than_the_one_seen_before_is_told(page: Page, org: Organization, proof_id: str):
    await opened(page, proof_id)
    kept = f"fractalops-log fractalops.dev/log/{org.id}"
    await page.evaluate(
        "name => { localStorage[name] = localStorage[name].replace(/[0-9a-f]{64}/, '0'.repeat(64)) }", kept
    )

    await page.reload()

    await expect(page.locator('[data-check="Consistency"]')).to_contain_text("it was rewritten")
    await page.get_by_role("button", name="Trust this from now on").click()
    await expect(page.get_by_text("The proof holds.")).to_be_visible()


async def test_a_browser_without_ed25519_says_so(page: Page, proof_id: str):
    await page.add_init_script(
        "SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))"
    )

    await opened(page, proof_id)

    await expect(page.get_by_text("This browser cannot verify")).to_be_visible()


async def test_a_downloaded_proof_verifies_where_there_is_no_platform(page: Page, proof_id: str, tmp_path: Path):
    await opened(page, proof_id)
    file = tmp_path / "proof.json"

    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Download").click()
    await (await downloading.value).save_as(file)
    report = await Person(tmp_path / "home", {}).does("proof", "verify", "--file", str(file))

    assert report["verified"], report
    assert report["proof_id"] == proof_id == json.loads(file.read_text())["proof_id"]


async def test_an_address_of_no_proof_says_so(page: Page):
    await page.goto("/proofs/not-an-id")

    await expect(page.get_by_text("There is nothing at this address.")).to_be_visible()
