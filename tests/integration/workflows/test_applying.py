"""An approved effect is had where it was approved, and nowhere else."""

import shutil
from pathlib import Path
from typing import Any

from tests.support.workshop.course import CALLED, Course
from tests.support.workshop.shop import Workshop
from tests.support.world import git

_EXECUTION = "SELECT state, reason_code FROM execution WHERE org_id = $1"


async def revise(course: Course, name: str, url: str, **auth: Any) -> None:
    """The endpoint is somewhere else from now on."""
    sql = "SELECT id::text FROM endpoint WHERE org_id = $1 AND name = $2"
    endpoint_id = await course.shop.superuser.fetchval(sql, course.org.id, name)
    given = {"endpoint_id": endpoint_id, "public_url": url, **auth}
    await course.shop.api.ok("revise_endpoint", given, as_=course.org.callers["owner"])


async def test_a_call_does_not_go_to_an_endpoint_that_was_revised_after_the_last_look(workshop: Workshop):
    course = await Course.active(workshop, "revised before the call", called=True)
    await course.ended(await course.called())

    async def meddle(act: Any) -> Any:
        answer = await act.plainly()
        if act.name == "proposals.recheck":
            auth = {"kind": "bearer", "secret_contract": "token"}
            await revise(course, CALLED, f"{workshop.endpoint.url}/{course.slug}/elsewhere", auth=auth)
        return answer

    course.go(meddle)
    await course.ended(await course.approved())

    execution = await workshop.superuser.fetchrow(_EXECUTION, course.org.id)
    assert tuple(execution or ()) == ("failed", "STALE")
    assert course.arrived() == []


async def test_a_change_is_not_pushed_to_an_endpoint_that_was_revised_while_it_was_verified(workshop: Workshop):
    course = await Course.active(workshop, "revised before the push")
    await course.ended(await course.launched())
    elsewhere = Path(shutil.copytree(course.bare, course.bare.with_name("elsewhere.git")))

    async def meddle(act: Any) -> Any:
        answer = await act.plainly()
        if act.name == "effects.verify":
            await revise(course, "repository", elsewhere.as_uri())
        return answer

    course.go(meddle)
    await course.ended(await course.approved())

    execution = await workshop.superuser.fetchrow(_EXECUTION, course.org.id)
    assert tuple(execution or ()) == ("failed", "STALE")
    assert git(elsewhere, "rev-parse", "main") == git(course.bare, "rev-parse", "main")
