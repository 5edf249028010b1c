"""What a harness left is gone on with where that is true, and nowhere else."""

from typing import Any
from uuid import UUID

from temporalio.exceptions import ApplicationError

from tests.support.workshop.course import Course
from tests.support.workshop.shop import Workshop
from tests.support.workshop.wholeness import contradictions, unfinished
from tests.support.world import git

_HARNESS = """SELECT h.continuity_receipt, v.phase, v.headline
    FROM harness h JOIN harness_projection v ON v.harness_id = h.id WHERE h.command_id = $1"""


async def shown(course: Course, command_id: UUID) -> tuple[str, str, dict[str, Any]]:
    row = dict(await course.shop.superuser.fetchrow(_HARNESS, command_id) or {})
    return row["phase"], row["headline"], row["continuity_receipt"]


async def test_what_was_begun_anew_on_a_moved_branch_is_gone_on_with(workshop: Workshop):
    course = await Course.active(workshop, "rebased and left")
    work = course.bare.parent / "work"
    (work / "b.txt").write_text("somebody else's\n")
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", "Somebody else's")

    async def push(act: Any) -> Any:
        answer = await act.plainly()
        if act.name == "work.run":
            git(work, "push", "--quiet", "origin", "main")
        return answer

    course.go(push)
    run = "if [ ! -e b.txt ]; then echo ran >> a.txt; elif [ ! -e half ]; then touch half; exit 3; fi"
    failed_id = await course.launched(run=run)
    await course.answered("rebase")
    await course.ended(failed_id)
    resumed_id = await course.resumed()
    await course.ended(resumed_id)
    await course.handed_on()

    assert (await shown(course, failed_id))[0] == "failed"
    phase, headline, receipt = await shown(course, resumed_id)
    assert (phase, [one["what"] for one in receipt["survived"]]) == ("awaiting_decision", ["files"]), headline


async def test_an_approved_change_is_verified_in_a_new_sandbox_whatever_was_left_behind(workshop: Workshop):
    course = await Course.active(workshop, "left behind")
    await course.ended(
        await course.launched(run="[ -e half ] || { touch half ../left; exit 3; }", verify="[ ! -e ../left ]")
    )

    async def fail(act: Any) -> Any:
        if act.name == "work.put_away":
            raise ApplicationError("It does not answer.", type="SANDBOX_UNREACHABLE", non_retryable=True)
        return await act.plainly()

    course.go(fail)
    resumed_id = await course.resumed()
    await course.ended(resumed_id)
    course.go(lambda act: act.plainly())
    await course.ended(await course.approved())

    phase, headline, _ = await shown(course, resumed_id)
    assert phase == "succeeded", headline
    assert await course.sandboxes() == []


async def test_what_is_lost_after_it_was_told_as_survived_is_asked_about_once(workshop: Workshop):
    course = await Course.active(workshop, "lost when opened")
    left_id = await course.launched(run="[ -e half ] || { touch half; exit 3; }")
    await course.ended(left_id)
    opened = False

    async def lose(act: Any) -> Any:
        nonlocal opened
        answer = await act.plainly()
        if act.name == "work.checkout" and not opened:
            opened = True
            await workshop.drivers.sandboxes.destroy(f"fractalops-{left_id}")
            raise ApplicationError("The test lost this try.", type="LOST")
        return answer

    course.go(lose)
    resumed_id = await course.resumed()
    case = await course.asked()
    await course.answered("launch_again")
    await course.ended(resumed_id)
    await course.handed_on()

    phase, headline, receipt = await shown(course, resumed_id)
    assert (case["kind"], case["seen"]["step"]) == ("runtime_lost", "checkout")
    assert (phase, headline) == ("failed", "RUN ended with exit code 3: it printed nothing.")
    assert (receipt["survived"], [one["what"] for one in receipt["lost"]]) == ([], ["files", "context"])
    assert [*await contradictions(course), *await unfinished(course)] == []
