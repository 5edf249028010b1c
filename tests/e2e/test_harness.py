"""The page of one harness in a real browser: path, events of any size, artifacts in place, acts, who sees what."""

import json
import re
import secrets
import struct
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, Request, Route, expect

from contracts.harness import HarnessFailed, HarnessLaunched, HarnessSucceeded, StepStarted
from contracts.proposals import ProposalSubmitted
from contracts.refusals import Code
from contracts.states import Phase
from entrypoints.stack import Stack
from ledger import harness as records
from ledger.pool import Pool, connect, transaction
from tests.e2e.signing_in import signed_in
from tests.e2e.telling import Told

HOSTILE = "<img src=x onerror=alert(1)>"
RECEIPT = {
    "continuity": "resume",
    "from_harness_id": "5f8b0a66-22f7-4b65-9d4a-3f6c3a0d9b11",
    "survived": [{"what": "files", "detail": f"Three files {HOSTILE}"}],
    "lost": [{"what": "context", "detail": "What it had said."}],
}
LARGE_BYTES = 5_000_000
# How long the page may not answer at all while it shows a large event.
BLOCKED_MS_MAX = 500
LONGEST_TASK = """() => {
  window.longest = 0
  new PerformanceObserver((seen) => {
    for (const task of seen.getEntries()) window.longest = Math.max(window.longest, task.duration)
  }).observe({ type: 'longtask' })
}"""


@pytest_asyncio.fixture(scope="module")
async def pool(stack: Stack) -> AsyncIterator[Pool]:
    opened = await connect(stack.addresses.database_url, size_max=1, application="test")
    yield opened
    await opened.close()


@pytest_asyncio.fixture(scope="module")
async def people(stack: Stack, browser: Browser) -> AsyncIterator[dict[str, Page]]:
    """One page for each of three people; an alert that opens fails the test."""
    async with AsyncExitStack() as opened:
        pages: dict[str, Page] = {}
        for role in ("owner", "operator", "viewer"):
            user = stack.users[role]
            context = await opened.enter_async_context(signed_in(browser, stack, user["email"], user["password"]))
            pages[role] = await context.new_page()
            pages[role].on("dialog", lambda dialog: pytest.fail(f"something ran: {dialog.message}"))
        yield pages


@pytest.fixture
async def told(pool: Pool, stack: Stack) -> Told:
    """A harness of the seeded organization that was launched."""
    row: asyncpg.Record | None = await pool.fetchrow(
        "SELECT m.org_id, p.id FROM principal p JOIN membership m ON m.principal_id = p.id WHERE p.email = $1",
        stack.users["operator"]["email"],
    )
    assert row is not None
    harness = await Told(pool, row["org_id"], f"Change the footer {HOSTILE}", row["id"]).begins()
    await harness.moves(Phase.LAUNCHING, Phase.RUNNING)
    await harness.happens(HarnessLaunched(headline="The runtime is being made ready."))
    return harness


async def go_to(page: Page, harness: Told, search: str = "") -> None:
    await page.goto(f"/harnesses/{harness.id}{search}")
    await expect(page.get_by_role("heading", level=1)).to_have_text(harness.title)


async def test_the_path_shows_where_a_harness_stands_and_leads_to_what_is_wanted(people: dict[str, Page], told: Told):
    page, proposal_id = people["viewer"], uuid4()
    await go_to(page, told)
    now = page.locator("[aria-current=step]")
    await expect(now).to_contain_text("WorkUnder way")

    await told.happens(StepStarted(step="run", headline=f"Running {HOSTILE}", done=1), submitted(proposal_id))

    await expect(now).to_contain_text("DecisionWaits for someone")
    await expect(page.get_by_role("region", name="What is wanted")).to_contain_text(
        "1 approval by an approver or owner"
    )
    way = page.get_by_role("link", name="Go to the proposal")
    await expect(way).to_have_attribute("href", f"/proposals/{proposal_id}")
    await expect(page.get_by_role("button", name=f"Running {HOSTILE}")).to_be_visible()


async def test_events_come_page_by_page_and_live_and_a_link_leads_to_one(people: dict[str, Page], told: Told):
    page = people["viewer"]
    await told.happens(*(StepStarted(step="run", headline=f"Step {number}.", done=1) for number in range(70)))
    await go_to(page, told)
    shown = page.locator("[data-event]")
    await expect(shown).to_have_count(50)
    await expect(shown.first).to_contain_text("Step 69.")

    await page.get_by_role("button", name="Older events").click()
    await expect(shown).to_have_count(72)
    await expect(shown.last).to_contain_text("Queued:")
    await told.happens(HarnessSucceeded(headline="All is well."))
    await expect(shown.first).to_contain_text("All is well.")
    await page.keyboard.type("o")
    await expect(shown.first).to_contain_text("Queued:")
    await expect(shown).to_have_count(50)
    position = await shown.nth(10).get_attribute("data-event")
    await go_to(page, told, f"?event={position}")

    meant = page.locator(f'[data-event="{position}"]')
    await expect(meant).to_be_in_viewport()
    await expect(meant.get_by_role("group", name=f"Data of event {position}")).to_contain_text("headline")


async def test_an_event_of_five_megabytes_is_shown_by_its_beginning_and_kept_as_a_file(
    people: dict[str, Page], told: Told, figures: Callable[[str, str], None], tmp_path: Path
):
    page, data = people["viewer"], {"text": HOSTILE + secrets.token_hex(LARGE_BYTES // 2)}
    await go_to(page, told)
    await page.evaluate(LONGEST_TASK)
    answers: list[Request] = []
    page.on("requestfinished", lambda request: answers.append(request))  # noqa: PLW0108  - the driver marks what it calls

    position = await told.tells("SomethingLarge", data)
    line = page.locator(f'[data-event="{position}"]')
    await expect(line).to_contain_text("SomethingLarge, with 5.0 MB of data.")
    await line.get_by_role("button").click()
    await expect(line.get_by_role("group")).to_contain_text(HOSTILE)
    bodies = [(await answer.sizes())["responseBodySize"] for answer in answers]
    async with page.expect_download() as downloading:
        await line.get_by_role("button", name="Download all 5.0 MB").click()
    kept = tmp_path / "event.json"
    await (await downloading.value).save_as(kept)

    blocked_ms = await page.evaluate("window.longest")
    figures("harness page, an event of 5 MB", f"{sum(bodies)} bytes read, longest block {blocked_ms:.0f} ms")
    assert json.loads(kept.read_text()) == data
    assert sum(bodies) < 100_000
    assert blocked_ms < BLOCKED_MS_MAX


async def test_artifacts_are_shown_in_place_and_none_of_them_runs(people: dict[str, Page], told: Told):
    page = people["viewer"]
    text = "\n".join(f"line {number}" for number in range(1, 20_001))
    await told.keeps(f"output {HOSTILE}", "text/plain; charset=utf-8", text.encode())
    await told.keeps("page.png", "image/png", picture(4, 2))
    await told.keeps("no-picture.png", "image/png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    await told.keeps("page.html", "text/html", b"<script>alert(1)</script>")
    await told.keeps("patch", "text/x-diff", b"--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-def a(): 1\n+def a(): 2\n")
    await told.keeps("cut", "text/plain", b"abc\n" * 1000, body_bytes_max=400)
    await told.keeps("archive", "application/octet-stream", bytes(range(256)))
    await go_to(page, told, "?show=artifacts")

    async def opened(name: str) -> Locator:
        await page.get_by_role("link", name=name).click()
        return page.locator("[data-artifact]", has=page.get_by_role("link", name=name, expanded=True))

    line = await opened(f"output {HOSTILE}")
    await expect(line).to_contain_text("The bytes that came have this digest.")
    await expect(line).to_contain_text(f"sha256:{sha256(text.encode()).hexdigest()}")
    lines = line.get_by_role("group", name="Text of")
    await lines.evaluate("box => box.scrollTo(0, box.scrollHeight)")
    await expect(lines).to_contain_text("20000line 20000")
    assert await lines.locator("code").count() < 200
    line = await opened("page.png")
    await expect(line.get_by_role("img")).to_have_js_property("naturalWidth", 4)
    await expect(await opened("no-picture.png")).to_contain_text("These bytes are no picture")
    await expect(await opened("page.html")).to_contain_text("<script>alert(1)</script>")
    line = await opened("patch")
    await line.get_by_role("radio", name="Two columns").click()
    await expect(line.get_by_role("group", name="Lines of the change")).to_contain_text("def a(): 2")
    await expect(await opened("cut")).to_contain_text("Only the first 400 bytes of 4.0 kB are kept.")
    line = await opened("archive")
    await expect(line).to_contain_text("which is not shown in place")
    async with page.expect_download() as downloading:
        await line.get_by_role("button", name="Download").click()
    assert (await (await downloading.value).path()).read_bytes() == bytes(range(256))


async def test_a_failure_is_told_with_its_code_and_what_that_means(people: dict[str, Page], told: Told):
    page = people["viewer"]
    await told.happens(HarnessFailed(code=Code.RUN_LOST, reason=f"It is gone: {HOSTILE}", remedy="Launch it again."))

    await go_to(page, told)

    why = page.get_by_role("region", name="Why it failed")
    for words in ("RUN_LOST", f"It is gone: {HOSTILE}", "Launch it again.", "lost the command", "nobody mended"):
        await expect(why).to_contain_text(words)
    await expect(page.locator('[data-station="work"]')).to_have_attribute("data-state", "failed")


async def test_an_operator_cancels_after_reading_what_that_does_and_a_viewer_cannot(
    people: dict[str, Page], told: Told, pool: Pool
):
    operator, viewer = people["operator"], people["viewer"]
    await go_to(operator, told)
    await go_to(viewer, told)
    await expect(viewer.get_by_role("button", name="Cancel…")).to_have_count(0)

    await operator.get_by_role("button", name="Cancel…").click()
    dialog = operator.get_by_role("dialog", name="Cancel this harness?")
    await expect(dialog).to_contain_text("What is under way is stopped")
    await dialog.get_by_label("Reason").fill(f"Not now {HOSTILE}")
    await dialog.get_by_role("button", name="Cancel the harness").click()

    await expect(viewer.locator("article")).to_have_attribute("data-phase", "cancelled")
    await expect(viewer.locator("[data-event]").first).to_contain_text(f"Cancelled: Not now {HOSTILE}")
    assert await pool.fetchval("SELECT state FROM harness WHERE id = $1", told.id) == "cancelled"


async def test_ended_work_is_launched_again_and_what_survived_is_told(people: dict[str, Page], told: Told, pool: Pool):
    page, ended = people["operator"], replace(told, id=uuid4(), work_id=await planted_work(pool, told))
    await ended.begins()
    await ended.happens(HarnessFailed(code=Code.RUNTIME_LOST, reason="It went away."))
    await pool.execute("UPDATE harness SET continuity_receipt = $1 WHERE id = $2", RECEIPT, ended.id)
    await go_to(page, ended)
    receipt = page.get_by_role("region", name="Continuity receipt")
    await expect(receipt).to_contain_text(f"SurvivedFiles: Three files {HOSTILE}LostContext: What it had said.")

    await page.get_by_role("button", name="Launch again…").click()
    dialog = page.get_by_role("dialog", name="Launch this work again")
    await dialog.get_by_role("button", name="Resume").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("launch it fresh")
    await dialog.get_by_role("radio", name="Fresh").click()
    await dialog.get_by_role("button", name="Launch fresh").click()

    await expect(page).not_to_have_url(re.compile(str(ended.id)))
    await expect(page.get_by_role("heading", level=1)).to_have_text("Work of this test")
    await expect(receipt).to_contain_text("A fresh harness starts from nothing")


async def test_launch_diagnostics_are_for_operators_and_owners_and_nobody_else_even_asks(
    people: dict[str, Page], told: Told, pool: Pool
):
    viewer, asked = people["viewer"], list[str]()
    viewer.on("request", lambda request: asked.append(request.post_data or ""))
    async with transaction(pool) as tx:
        await records.diagnose_launch(
            tx, told.org_id, told.id, kind="sandbox", name="of-this-test", origin="cold", duration_ms=812
        )

    for role in ("owner", "operator"):
        await go_to(people[role], told)
        await people[role].keyboard.type("l")
        await expect(people[role].get_by_role("row", name="of-this-test")).to_contain_text("812 ms")
    await go_to(viewer, told, "?show=launches")
    await viewer.keyboard.type("l")

    await expect(viewer.locator("[data-event]").first).to_be_visible()
    await expect(viewer.get_by_role("tab", name="Launch diagnostics")).to_have_count(0)
    assert not any("launch_diagnostic" in body for body in asked)


@pytest.mark.parametrize("address", ["not-an-id", "5f8b0a66-22f7-4b65-9d4a-3f6c3a0d9b11"])
async def test_an_address_of_no_harness_says_so(people: dict[str, Page], address: str):
    await people["viewer"].goto(f"/harnesses/{address}")

    await expect(people["viewer"].get_by_text("There is nothing at this address.")).to_be_visible()


async def test_while_events_cannot_be_read_the_page_says_so_and_tries_again(people: dict[str, Page], told: Told):
    page = people["viewer"]
    await page.route("**/v1/graphql", fails_for_events)
    await go_to(page, told)
    alert = page.get_by_role("alert").filter(has_text="The events could not be read.")
    await expect(alert).to_contain_text("The GraphQL server does not answer.")
    await page.unroute("**/v1/graphql")

    await alert.get_by_role("button", name="Try again").click()

    await expect(page.locator("[data-event]")).to_have_count(2)
    await expect(alert).to_have_count(0)


async def fails_for_events(route: Route) -> None:
    """Nothing but the events' own question is lost."""
    if "HarnessEvents" in (route.request.post_data or ""):
        await route.abort()
    else:
        await route.continue_()


async def planted_work(pool: Pool, told: Told) -> UUID:
    """The id of a work item on an endpoint that leads nowhere."""
    endpoint_id, work_id = uuid4(), uuid4()
    await pool.execute(
        "INSERT INTO endpoint (org_id, id, name, kind, public_url, auth_kind, readiness, digest)"
        " VALUES ($1, $2, $3, 'git', 'https://nowhere.example/a.git', 'none', '{}', 'x')",
        *(told.org_id, endpoint_id, f"nowhere {work_id}"),
    )
    await pool.execute(
        "INSERT INTO work (org_id, id, title, interaction_policy, endpoint_id, runtime_asset_id, specification,"
        " principal_id) SELECT $1, $2, 'Work of this test', 'any', $3, id, $4, $5 FROM runtime_asset"
        " WHERE org_id = $1 LIMIT 1",
        *(told.org_id, work_id, endpoint_id, {"run": "true", "verify": "true"}, told.principal_id),
    )
    return work_id


def submitted(proposal_id: UUID) -> ProposalSubmitted:
    return ProposalSubmitted(
        proposal_id=proposal_id,
        title=HOSTILE,
        digest=f"sha256:{'a' * 64}",
        files_changed=1,
        approvals_required=1,
        expires_at=datetime.now(UTC) + timedelta(days=1),
    )


def picture(width: int, height: int) -> bytes:
    """A PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x20\x80\xa0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
