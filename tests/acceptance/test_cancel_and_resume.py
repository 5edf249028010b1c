"""A harness is cancelled while its command runs, and a later one goes on with the files that it left."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from daytona import AsyncDaytona, AsyncSandbox, DaytonaConfig, SandboxState
from daytona.common.errors import DaytonaNotFoundError

from entrypoints.stack import Stack
from tests.support.command_line import Person, signed_in
from tests.support.moments import approved, assert_nothing_is_lost_or_done_twice, commands_ended, kill
from tests.support.waiting import until
from tests.support.world import Organization, World, git, repository

# Begun anew it would wait for ever; with the file that it left it ends at once.
RUN = "if [ -e half ]; then mv half whole; else touch half; exec sleep 600; fi"
STOPPED_WITHIN_S = 8
WITHIN_S = 60


@dataclass
class Field:
    """An organization with its repository, its operator at the command line, and the sandbox service."""

    org: Organization
    bare: Path
    operator: Person
    daytona: AsyncDaytona

    async def begun(self) -> tuple[str, str]:
        """A work item and a harness of it whose command waits half-way."""
        work_id = await self.org.work(RUN)
        harness_id = await self.org.launch(work_id)
        await self.org.reach(harness_id, "running")

        async def half_way() -> bool:
            sandbox = await self.sandbox(harness_id)
            # The clone is still being made, or the command has not begun.
            return sandbox is not None and (await sandbox.process.exec("test -e work/repo/half")).exit_code == 0

        await until(half_way, within_s=WITHIN_S, what="the command half-way")
        return work_id, harness_id

    async def sandbox(self, harness_id: str) -> AsyncSandbox | None:
        """The sandbox that the harness's command has of its own."""
        harness = await self.ask("harness", harness_id)
        try:
            return await self.daytona.get(f"fractalops-{harness['command_id']}")
        except DaytonaNotFoundError:
            return None

    async def ask(self, what: str, of_harness: str) -> dict[str, Any]:
        """The harness, or the row about how its runtime was launched, as the operator sees it."""
        fields = {
            "harness": "harness(where: {id: {_eq: $id}}) { command_id continuity_receipt kept { until taken_by } }",
            "launch_diagnostic": "launch_diagnostic(where: {harness_id: {_eq: $id}}, order_by: {created_at: asc})"
            " { origin duration_ms }",
        }
        platform = await self.org.as_("operator")
        return (await platform.ask(f"query ($id: uuid!) {{ {fields[what]} }}", id=of_harness))[what][0]


@pytest_asyncio.fixture(scope="module")
async def field(world: World, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Field]:
    folder = tmp_path_factory.mktemp("resumed")
    bare = repository(folder)
    org = await world.organization(bare.as_uri())
    operator = await signed_in(world, org, "operator", folder / "operator")
    at = DaytonaConfig(api_key=world.at["daytona_api_key"], api_url=world.at["daytona_api_url"], target="local")
    async with AsyncDaytona(at) as daytona:
        yield Field(org, bare, operator, daytona)
    await org.close()


def stopped(field: Field, harness_id: str) -> Callable[[], Awaitable[bool]]:
    """Whether the harness's sandbox is stopped and kept."""

    async def look() -> bool:
        sandbox = await field.sandbox(harness_id)
        return sandbox is not None and sandbox.state == SandboxState.STOPPED

    return look


async def test_what_a_cancelled_harness_left_is_gone_on_with(field: Field):
    work_id, cancelled = await field.begun()

    told = await field.operator.does("harness", "cancel", cancelled, "--reason", "Too slow.")
    await until(stopped(field, cancelled), within_s=STOPPED_WITHIN_S, what="a stopped sandbox")
    left = await field.operator.does("harness", "show", cancelled)
    waiting = await field.operator.does("work", "launch", work_id, "--continuity", "resume", "--follow")
    await approved(field.org, waiting["harness_id"])
    ended = await field.org.ended(waiting["harness_id"])

    receipt = (await field.ask("harness", waiting["harness_id"]))["continuity_receipt"]
    launch = await field.ask("launch_diagnostic", waiting["harness_id"])
    assert (told["state"], left["projection"]["headline"]) == ("cancelled", "Cancelled: Too slow.")
    assert left["kept"]["taken_by"] is None
    assert (ended["phase"], git(field.bare, "ls-tree", "--name-only", "main").split()) == (
        "succeeded",
        ["a.txt", "whole"],
    ), ended["headline"]
    assert (receipt["from_harness_id"], [one["what"] for one in receipt["survived"]]) == (cancelled, ["files"])
    assert [one["what"] for one in receipt["lost"]] == ["context"]
    assert launch["origin"] == "restored"
    await assert_nothing_is_lost_or_done_twice(field.org)


async def test_what_is_gone_meanwhile_is_said_to_be_lost_and_begun_anew(field: Field):
    work_id = await field.org.work("if [ -e half ]; then echo went on; else touch half; fi; exit 3")
    failed = await field.org.launch(work_id)
    await field.org.reach(failed, "failed")
    await until(stopped(field, failed), within_s=WITHIN_S, what="a stopped sandbox")
    sandbox = await field.sandbox(failed)
    assert sandbox is not None

    await sandbox.delete(wait=True)
    resumed = await field.operator.does("work", "launch", work_id, "--continuity", "resume")
    row = await field.org.reach(resumed["id"], "failed")

    receipt = (await field.ask("harness", resumed["id"]))["continuity_receipt"]
    assert row["headline"] == "RUN ended with exit code 3: it printed nothing."
    assert (receipt["survived"], [one["what"] for one in receipt["lost"]]) == ([], ["files", "context"])
    assert "is gone, so the repository was cloned anew" in receipt["lost"][0]["detail"]
    assert (await field.ask("launch_diagnostic", resumed["id"]))["origin"] == "recreated"


async def test_a_runtime_and_a_worker_killed_around_a_cancellation_end_it_all_the_same(stack: Stack, field: Field):
    work_id, harness_id = await field.begun()

    kill(stack, "runtime")
    await field.org.act("operator", "cancel_harness", "CancelHarness", harness_id=harness_id)
    kill(stack, "worker")
    await commands_ended(field.org)
    await until(stopped(field, harness_id), within_s=WITHIN_S, what="a stopped sandbox")

    told = await field.org.world.ask_database(
        "SELECT type FROM portal_live_events WHERE harness_id = $1 ORDER BY position DESC LIMIT 1", UUID(harness_id)
    )
    assert [row["type"] for row in told] == ["HarnessCancelled"]
    assert (await field.org.projection(harness_id))["phase"] == "cancelled"
    await assert_nothing_is_lost_or_done_twice(field.org)
    resumed = await field.org.act("operator", "launch_work", "LaunchWork", work_id=work_id, continuity="resume")
    await field.org.reach(resumed["id"], "awaiting_decision", "succeeded")
    assert (await field.ask("harness", resumed["id"]))["continuity_receipt"]["survived"]
