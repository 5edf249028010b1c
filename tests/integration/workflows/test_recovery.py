"""Work that meets what somebody can mend waits for an answer and goes on: the same work, the same harness."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from temporalio.exceptions import ApplicationError

from runtime.secrets import SecretValue
from tests.support.waiting import until
from tests.support.workshop.course import Course
from tests.support.workshop.shop import Workshop
from tests.support.workshop.wholeness import contradictions, unfinished
from tests.support.world import git

_ROW = """SELECT phase, headline, needs, recovery_case_id, proposal_id, step FROM harness_projection
    WHERE harness_id = (SELECT harness_id FROM ledger.command WHERE id = $1)"""
_TOLD = """SELECT type, data FROM portal_live_events
    WHERE harness_id = (SELECT harness_id FROM ledger.command WHERE id = $1) ORDER BY position"""


async def row_of(course: Course, command_id: UUID) -> dict[str, Any]:
    return dict(await course.shop.superuser.fetchrow(_ROW, command_id) or {})


async def told(course: Course, command_id: UUID) -> list[tuple[str, dict[str, Any]]]:
    return [(row["type"], row["data"]) for row in await course.shop.superuser.fetch(_TOLD, command_id)]


@asynccontextmanager
async def waiting(
    shop: Workshop, name: str, *, before: Callable[[Course], Any] | None = None, **work: Any
) -> AsyncGenerator[tuple[Course, UUID, dict[str, Any]]]:
    """An organization whose work asks; afterwards nothing of it may be contradictory or unfinished."""
    course = await Course.active(shop, name)
    if before is not None:
        await before(course)
    command_id = await course.launched(**work)
    case = await course.asked()
    assert await contradictions(course) == []
    yield course, command_id, case
    await course.ended(command_id)
    await course.handed_on()
    assert [*await contradictions(course), *await unfinished(course)] == []


async def test_work_without_its_secret_waits_and_goes_on_once_it_is_there(workshop: Workshop):
    async with waiting(workshop, "a secret", before=Course.without_secret) as (course, command_id, case):
        asked = await row_of(course, command_id)
        workshop.secrets.put(*await course.secret_place(), SecretValue("a-value-that-nobody-needs"))
        await course.answered("retry", note="It is there now.")
        await course.ended(command_id)
        after = await row_of(course, command_id)

    assert (case["kind"], case["seen"]["code"]) == ("secret_unresolvable", "SECRET_MISSING")
    assert (case["seen"]["secret_contract"], case["seen"]["status"]) == ("token", "missing")
    assert (asked["phase"], str(asked["recovery_case_id"])) == ("awaiting_recovery", case["id"])
    assert asked["needs"].startswith("Put the value of token where its contract says")
    assert (after["phase"], after["recovery_case_id"]) == ("awaiting_decision", None)


async def test_a_run_that_took_too_long_runs_anew_with_the_time_that_the_answer_gives(workshop: Workshop):
    # Each go leaves something behind, which must not be in the change of the next.
    run = "date >> slow.txt; sleep 3"
    async with waiting(workshop, "a timeout", run=run, run_timeout_s=1) as (course, command_id, case):
        await course.answered("launch_again", timeout_s=2)
        again = await course.asked()
        await course.answered("launch_again", timeout_s=30)
        await course.ended(command_id)
        types = [name for name, _ in await told(course, command_id)]
        sql = "SELECT name FROM artifact WHERE harness_id = $1 ORDER BY name"
        kept = [row["name"] for row in await workshop.superuser.fetch(sql, case["harness_id"])]
        patch = await workshop.superuser.fetchval("SELECT body FROM artifact WHERE name = 'patch-3' AND org_id = $1",
                                                  course.org.id)  # fmt: skip

    assert [(one["kind"], one["seen"]["timeout_s"]) for one in (case, again)] == [("timeout", 1), ("timeout", 2)]
    assert types == [
        *("HarnessQueued", "HarnessLaunched", "StepStarted", "RecoveryOpened", "RecoveryResolved"),
        *("StepStarted", "StepStarted", "RecoveryOpened", "RecoveryResolved"),
        *("StepStarted", "StepStarted", "StepStarted", "ChangeTaken", "ProposalSubmitted"),
    ]
    assert kept == ["patch-3", "run-output", "run-output-2", "run-output-3"]
    assert patch.count("\n+") == 2  # the file's name, and one line


async def test_work_whose_branch_moved_meanwhile_asks_and_begins_anew_on_what_it_is_now(workshop: Workshop):
    async def moved(course: Course) -> None:
        work = course.bare.parent / "work"
        (work / "b.txt").write_text("somebody else's\n")
        git(work, "add", "--all")
        git(work, "commit", "--quiet", "--message", "Somebody else's")

    # RUN cannot reach the repository, so the branch is moved when the run is over and nobody has looked yet.
    course = await Course.active(workshop, "a conflict")
    await moved(course)

    async def push(act: Any) -> Any:
        answer = await act.plainly()
        if act.name == "work.run":
            git(course.bare.parent / "work", "push", "--quiet", "origin", "main")
        return answer

    course.go(push)
    command_id = await course.launched()
    case = await course.asked()
    await course.answered("rebase")
    await course.ended(command_id)
    await course.handed_on()

    assert (case["kind"], case["seen"]["code"]) == ("conflict", "BASE_MOVED")
    assert (await row_of(course, command_id))["phase"] == "awaiting_decision"
    base = await workshop.superuser.fetchval("SELECT payload ->> 'base_commit' FROM proposal WHERE org_id = $1",
                                             course.org.id)  # fmt: skip
    assert base == git(course.bare, "rev-parse", "main")


@pytest.mark.parametrize("by", ["giving up", "nobody"])
async def test_work_that_nobody_mends_fails_with_what_stopped_it(workshop: Workshop, by: str):
    async with waiting(workshop, f"nothing there {by}", before=Course.without_repository) as (course, command_id, case):
        if by == "nobody":
            sql = "UPDATE recovery_case SET expires_at = now() - interval '1 second' WHERE id = $1"
            await workshop.superuser.execute(sql, UUID(case["id"]))
            await course.workflow(command_id).signal("recovery_answered")
        else:
            await course.answered("give_up")
        await course.ended(command_id)
        *_, (what, last) = await told(course, command_id)
        state = await workshop.superuser.fetchval("SELECT state FROM recovery_case WHERE id = $1", UUID(case["id"]))
        await course.with_repository()

    assert (case["kind"], case["seen"]["endpoint"]) == ("endpoint_unready", "repository")
    assert (what, last["code"]) == ("HarnessFailed", "ENDPOINT_MISSING")
    assert state == ("abandoned" if by == "nobody" else "resolved")
    assert last["reason"].endswith("Nobody answered in time.") == (by == "nobody")


async def test_a_lost_sandbox_is_launched_again_and_a_plain_failure_of_run_stays_one(workshop: Workshop):
    course = await Course.active(workshop, "a lost sandbox")
    lost = False

    async def lose(act: Any) -> Any:
        nonlocal lost
        if act.name == "work.difference" and not lost:
            lost = True
            await workshop.drivers.sandboxes.destroy(f"fractalops-{act.input.queued.command_id}")
        return await act.plainly()

    course.go(lose)
    command_id = await course.launched()
    case = await course.asked()
    await course.answered("launch_again")
    await course.ended(command_id)
    failed_id = await course.launched(run="exit 3")
    await course.ended(failed_id)
    await course.handed_on()

    assert (case["kind"], case["seen"]["runtime_asset"]) == ("runtime_lost", "sandbox")
    assert (await row_of(course, command_id))["phase"] == "awaiting_decision"
    assert (await row_of(course, failed_id))["phase"] == "failed"
    assert [*await contradictions(course), *await unfinished(course)] == []


async def test_what_cannot_be_put_away_is_asked_about_and_the_time_of_an_answer_stays(workshop: Workshop):
    course = await Course.active(workshop, "not put away")
    failed = False

    async def fail(act: Any) -> Any:
        nonlocal failed
        if act.name == "work.put_away" and not failed:
            failed = True
            raise ApplicationError("It does not answer.", type="SANDBOX_UNREACHABLE", non_retryable=True)
        return await act.plainly()

    course.go(fail)
    command_id = await course.launched(run="date >> slow.txt; sleep 2", run_timeout_s=1)
    await course.answered("launch_again", timeout_s=30)
    await until(lambda: failed, within_s=60, what="putting away")
    case = await course.asked()
    await course.answered("launch_again")
    await course.ended(command_id)
    await course.handed_on()

    # Gone on with, the first go's RUN would be found as it ended: too late.
    assert (case["kind"], case["seen"]["step"]) == ("runtime_lost", "put_away")
    assert (await row_of(course, command_id))["phase"] == "awaiting_decision"
    assert [*await contradictions(course), *await unfinished(course)] == []


async def test_a_call_whose_endpoint_lets_nobody_in_waits_and_is_proposed_once_it_does(workshop: Workshop):
    course = await Course.active(workshop, "a wall", called=True)
    workshop.endpoint.denied.append(f"/{course.slug}")
    command_id = await course.called()
    case = await course.asked()
    workshop.endpoint.denied.clear()
    await course.answered("retry")
    await course.ended(command_id)
    await course.handed_on()

    assert (case["kind"], case["seen"]["code"], case["seen"]["endpoint"]) == ("auth_wall", "ENDPOINT_DENIED", "things")
    assert (await row_of(course, command_id))["phase"] == "awaiting_decision"
    assert [*await contradictions(course), *await unfinished(course)] == []
