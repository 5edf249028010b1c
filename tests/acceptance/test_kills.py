"""Any process of ours may be killed at any moment: nothing is lost, and nothing is done twice.

Each organization has a repository of its own. Every piece of work appends one line to a file, so that a command that
ran twice would show, and every execution makes one commit.
"""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest_asyncio
from daytona import AsyncDaytona, DaytonaConfig, DaytonaError, SandboxState
from temporalio.client import Client

from entrypoints.platform import RefusedError
from entrypoints.stack import Stack
from tests.support.moments import (
    Held,
    Moment,
    approved,
    assert_nothing_is_lost_or_done_twice,
    brought_to,
    commands_ended,
    kill,
    paused,
    to_the_end,
)
from tests.support.waiting import until
from tests.support.world import Organization, World, git, repository

RUN = "echo ran >> runs.txt"
VERIFY = "test -s runs.txt"
# The last thing that the worker does in a transaction is to tell an event. Killed in the first moments it has not
# committed; in the others it has, and Temporal has not heard of it.
WORKER = (
    (Moment("work", "launched"), Moment("apply", "started"), Moment("apply", "concluded")),
    (Moment("work", "step/difference"), Moment("work", "difference"), Moment("apply", "ended")),
)
# The runtime keeps what a step gave at its end, when the effect of the step has been had.
RUNTIME = (
    (Moment("work", "run-output", artifact=True), Moment("apply", "commit", artifact=True), Moment("apply", "proved")),
    (
        Moment("work", "patch", artifact=True),
        Moment("apply", "verify-output", artifact=True),
        Moment("apply", "proved"),
    ),
)
QUEUED = 50
# How far starts may overtake one another: two rounds of those that the dispatcher has in flight.
OVERTAKING_MAX = 16


class Field:
    """An organization with its repository."""

    def __init__(self, org: Organization, bare: Path) -> None:
        self.org = org
        self.bare = bare

    async def assert_whole(self) -> None:
        """Nothing was lost or done twice: in the ledger, and in the repository."""
        await assert_nothing_is_lost_or_done_twice(self.org)
        sql = "SELECT count(*) FROM execution WHERE org_id = $1 AND state = 'succeeded'"
        pushed = (await self.org.world.ask_database(sql, UUID(self.org.id)))[0]["count"]
        assert int(git(self.bare, "rev-list", "--count", "main")) == 1 + pushed
        ran = git(self.bare, "show", "main:runs.txt").splitlines() if pushed else []
        assert ran == ["ran"] * pushed


@pytest_asyncio.fixture(scope="module")
async def fields(world: World, tmp_path_factory) -> AsyncGenerator[list[Field]]:
    """One organization for each moment, because one that is held holds everything in its organization."""

    async def field(folder: Path) -> Field:
        bare = repository(folder)
        return Field(await world.organization(bare.as_uri()), bare)

    made = await asyncio.gather(*(field(tmp_path_factory.mktemp("field")) for _ in range(6)))
    yield list(made)
    for one in made:
        await one.org.close()


@pytest_asyncio.fixture(scope="module")
async def light(world: World) -> AsyncGenerator[Organization]:
    """An organization whose checks are cheap, for many commands at once."""
    org = await world.organization("https://none.example", endpoints=[], runtime_assets=[])
    yield org
    await org.close()


async def test_a_worker_killed_in_the_middle_of_anything_loses_and_repeats_nothing(stack: Stack, fields: list[Field]):
    await killed_in_each(stack, "worker", fields, WORKER)


async def test_a_runtime_killed_in_the_middle_of_anything_loses_and_repeats_nothing(stack: Stack, fields: list[Field]):
    await killed_in_each(stack, "runtime", fields, RUNTIME)


async def killed_in_each(
    stack: Stack, name: str, fields: list[Field], moments: tuple[tuple[Moment, ...], tuple[Moment, ...]]
) -> None:
    """The process dies with a harness in each of the moments; every harness succeeds all the same."""
    before, after = moments
    harnesses = await brought_to((*before, *after), [field.org for field in fields], RUN, VERIFY)
    held = [one for _, one in harnesses]
    with paused(stack, "temporal"):
        for one in held[len(before) :]:
            await one.release()
            await one.written()
        kill(stack, name)
        # What the process sent after it had committed lies unread in Temporal's sockets, and goes with it.
        kill(stack, "temporal")
    for one in held[: len(before)]:
        await one.release()
    await stack.wait_restarted("temporal")
    await stack.wait_restarted(name)

    rows = await asyncio.gather(
        *(to_the_end(field.org, harness_id) for field, (harness_id, _) in zip(fields, harnesses, strict=True))
    )
    assert [row["phase"] for row in rows] == ["succeeded"] * len(fields), [row["headline"] for row in rows]
    for field in fields:
        await field.assert_whole()


async def test_a_runtime_killed_while_the_commands_run_finds_them_again(stack: Stack, fields: list[Field]):
    [field, other, *_] = fields
    running = await field.org.launch(await field.org.work(f"{RUN}; sleep 3", VERIFY))
    verified = await other.org.launch(await other.org.work(RUN, f"{VERIFY}; sleep 3"))
    await other.org.reach(verified, "awaiting_decision")
    await approved(other.org, verified)
    await until(lambda: _step(other.org, verified, "verify"), within_s=30, what="VERIFY")
    await until(lambda: _step(field.org, running, "run"), within_s=30, what="RUN")

    kill(stack, "runtime")
    await stack.wait_restarted("runtime")

    rows = await asyncio.gather(to_the_end(field.org, running), to_the_end(other.org, verified))
    assert [row["phase"] for row in rows] == ["succeeded"] * 2, rows
    await field.assert_whole()
    await other.assert_whole()


async def _step(org: Organization, harness_id: str, step: str) -> bool:
    sql = "SELECT step FROM harness_projection WHERE harness_id = $1"
    return (await org.world.ask_database(sql, UUID(harness_id)))[0]["step"] == step


async def test_a_runtime_killed_after_it_patched_the_sandbox_patches_it_again(
    stack: Stack, world: World, fields: list[Field]
):
    field, mark = fields[0], f"mark-{uuid4()}"
    [(harness_id, held)] = await brought_to((Moment("apply", "started"),), [field.org], f"{RUN}; touch {mark}", VERIFY)
    sql = "SELECT id FROM ledger.command WHERE harness_id = $1 AND kind = 'proposals.apply'"
    command_id = (await world.ask_database(sql, UUID(harness_id)))[0]["id"]

    async with AsyncDaytona(
        DaytonaConfig(api_key=world.at["daytona_api_key"], api_url=world.at["daytona_api_url"], target="local")
    ) as daytona:

        async def patched() -> bool:
            sandbox = await daytona.get(f"fractalops-{command_id}")
            return (await sandbox.process.exec(f"test -e work/repo/{mark}")).exit_code == 0

        async def made() -> bool:
            try:
                return (await daytona.get(f"fractalops-{command_id}")).state == SandboxState.STARTED
            except DaytonaError:
                return False

        await held.release()
        await until(made, within_s=30, what="a sandbox")
        with paused(stack, "temporal"):
            await until(patched, within_s=30, what="the patch in the sandbox")
            kill(stack, "runtime")
        await stack.wait_restarted("runtime")

    row = await to_the_end(field.org, harness_id)
    assert row["phase"] == "succeeded", row["headline"]
    assert await _attempts(world, command_id, "effects.prepare") == 2
    await field.assert_whole()


async def _attempts(world: World, command_id: UUID, activity: str) -> int:
    """How often Temporal had the activity tried in the command's workflow."""
    client = await Client.connect(world.at["temporal_address"])
    history = await client.get_workflow_handle(f"command/{command_id}").fetch_history()
    scheduled = {
        event.event_id
        for event in history.events
        if event.activity_task_scheduled_event_attributes.activity_type.name == activity
    }
    started = [event.activity_task_started_event_attributes for event in history.events]
    return max(one.attempt for one in started if one.scheduled_event_id in scheduled)


async def test_a_dispatcher_killed_with_commands_queued_starts_all_in_order_of_arrival(
    stack: Stack, world: World, light: Organization
):
    with paused(stack, "dispatcher"):
        for _ in range(QUEUED):
            await light.act("owner", "check_onboarding", "CheckOnboarding")
        kill(stack, "dispatcher")
    await stack.wait_restarted("dispatcher")

    ids = [row["id"] for row in await commands_ended(light)][-QUEUED:]
    client = await Client.connect(world.at["temporal_address"])
    told = await asyncio.gather(*(client.get_workflow_handle(f"command/{one}").describe() for one in ids))
    starts = [one.start_time for one in told]
    early = [
        n for n, start in enumerate(starts) if any(start < before for before in starts[: max(0, n - OVERTAKING_MAX)])
    ]
    assert early == []
    await assert_nothing_is_lost_or_done_twice(light)


async def test_a_dispatcher_killed_between_starting_and_marking_starts_nothing_twice(
    stack: Stack, world: World, light: Organization
):
    with paused(stack, "dispatcher"):
        for _ in range(QUEUED):
            await light.act("owner", "check_onboarding", "CheckOnboarding")

    async def leased() -> bool:
        return bool(await world.ask_database("SELECT 1 FROM ledger.command WHERE state = 'leased'"))

    await until(leased, within_s=30, what="leases")
    kill(stack, "dispatcher")
    # What the dead dispatcher had leased would come back when the leases run out, half a minute later.
    await world.ask_database("UPDATE ledger.command SET lease_until = now() WHERE state = 'leased'")
    await stack.wait_restarted("dispatcher")

    await commands_ended(light)
    runs = await world.ask_database(
        "SELECT count(*), count(DISTINCT run_id) AS runs FROM ledger.command WHERE org_id = $1", UUID(light.id)
    )
    assert runs[0]["count"] == runs[0]["runs"]
    await assert_nothing_is_lost_or_done_twice(light)


async def test_an_api_killed_before_it_commits_recorded_nothing_and_the_same_request_passes_later(
    stack: Stack, world: World, fields: list[Field]
):
    org, key = fields[0].org, uuid4()
    work_id = await org.work(RUN, VERIFY)
    held = await Held.command(world, key)
    asked = asyncio.create_task(_launched(org, work_id, key))
    await held.reached()

    kill(stack, "api")
    lost = await asked
    await held.release()
    await stack.wait_restarted("api")
    harnesses = await _harnesses(world, work_id)
    answers = [await _launched(org, work_id, key) for _ in range(2)]

    assert isinstance(lost, RefusedError)
    assert harnesses == []
    assert answers[0] == answers[1]
    assert await _harnesses(world, work_id) == [str(answers[0])]
    assert (await to_the_end(org, str(answers[0])))["phase"] == "succeeded"
    await fields[0].assert_whole()


async def test_an_api_killed_before_its_answer_arrives_answers_the_same_request_the_same(
    stack: Stack, world: World, fields: list[Field]
):
    org, key = fields[0].org, uuid4()
    work_id = await org.work(RUN, VERIFY)
    recorded = await Held.command(world, key)
    asked = asyncio.create_task(_launched(org, work_id, key))
    await recorded.reached()

    with paused(stack, "hasura"):
        await recorded.release()
        await recorded.written()
        kill(stack, "api")
        kill(stack, "hasura")
    lost = await asked
    await stack.wait_restarted("api")
    await stack.wait_restarted("hasura")
    answers = [await _launched(org, work_id, key) for _ in range(2)]

    assert isinstance(lost, RefusedError)
    assert answers[0] == answers[1]
    assert await _harnesses(world, work_id) == [str(answers[0])]
    assert (await to_the_end(org, str(answers[0])))["phase"] == "succeeded"
    await fields[0].assert_whole()


async def test_an_api_killed_among_many_requests_takes_each_once_when_they_are_sent_again(
    stack: Stack, world: World, light: Organization
):
    keys = [uuid4() for _ in range(QUEUED)]
    before = len(await commands_ended(light))
    token = await light.token("owner")
    document = "mutation ($input: CheckOnboarding!) { check_onboarding(input: $input) { command_id } }"

    async def ask(key: UUID) -> str | None:
        body = {"query": document, "variables": {"input": {"idempotency_key": str(key)}}}
        answer = await client.post(world.at["graphql_url"], json=body)
        return (answer.json().get("data") or {}).get("check_onboarding", {}).get("command_id")

    async def some() -> bool:
        sql = "SELECT count(*) FROM ledger.command WHERE org_id = $1"
        return (await world.ask_database(sql, UUID(light.id)))[0]["count"] > before + 5

    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=30) as client:
        asked = [asyncio.create_task(ask(key)) for key in keys]
        await until(some, within_s=10, what="some commands")
        kill(stack, "api")
        first = await asyncio.gather(*asked)
        await stack.wait_restarted("api")
        again = await asyncio.gather(*(ask(key) for key in keys))

    assert None in first, "the API was killed too late for this test"
    assert [one for one, two in zip(first, again, strict=True) if one not in (None, two)] == []
    assert len(set(again)) == QUEUED
    assert len(await commands_ended(light)) == before + QUEUED
    await assert_nothing_is_lost_or_done_twice(light)


async def _launched(org: Organization, work_id: str, key: UUID) -> str | RefusedError:
    try:
        answer = await org.act("operator", "launch_work", "LaunchWork", work_id=work_id, idempotency_key=str(key))
    except RefusedError as refused:
        return refused
    return answer["id"]


async def _harnesses(world: World, work_id: str) -> list[str]:
    return [
        str(row["id"]) for row in await world.ask_database("SELECT id FROM harness WHERE work_id = $1", UUID(work_id))
    ]


async def test_a_push_that_arrived_counts_although_others_went_on_from_it(stack: Stack, world: World, tmp_path: Path):
    """The runtime dies between its push and saying so, and meanwhile somebody pushes on top."""
    bare, work = repository(tmp_path), tmp_path / "work"
    org = await world.organization(bare.as_uri())
    [(harness_id, held)] = await brought_to([Moment("apply", "commit", artifact=True)], [org], RUN, VERIFY)
    pushed = git(bare, "rev-parse", "main")
    git(work, "pull", "--quiet", "--ff-only", "origin", "main")
    git(work, "commit", "--quiet", "--allow-empty", "--message", "On top")
    git(work, "push", "--quiet", "origin", "main")

    kill(stack, "runtime")
    await held.release()
    await stack.wait_restarted("runtime")

    row = await org.ended(harness_id)
    assert (row["phase"], row["headline"]) == ("succeeded", f"Commit {pushed[:12]} is on main.")
    assert git(bare, "rev-parse", "main^") == pushed
    await org.close()
