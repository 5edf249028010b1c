"""Law 12: every activity runs twice without a second effect, and fails once at every step without a half effect.

The list of activities comes from the registry. Whole stories run on real servers, and a test carries the workers'
activities out: twice in a row, lost, broken off at each statement and at each call outside, failed for good.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
import pytest_asyncio
from temporalio import activity

from tests.support.workshop.course import HALF, RUN, VERIFY, Course, Ways
from tests.support.workshop.meddling import Act, Way, plainly
from tests.support.workshop.shop import Workshop
from tests.support.workshop.ways import FailForGood, Findings, LoseTheFirstTry, losing_the_effect
from tests.support.workshop.wholeness import Rows, changed, contradictions, effects, unfinished
from workflows.registry import control_activities, runtime_activities

# Each of these tests plays dozens of stories; on a machine that does something else as well they take minutes.
pytestmark = pytest.mark.timeout(600)


@dataclass(frozen=True)
class Story:
    """A way from onboarding to the end: what RUN and VERIFY are, and whether the secret is where it should be.

    `others` are the activities that take another way than in the first story; None: this is a first one.
    """

    name: str
    run: str = RUN
    verify: str = VERIFY
    secret: bool = True
    repair: bool = False
    resumed: bool = False
    call: bool = False
    mended: bool = False
    sent: bool = False
    others: tuple[str, ...] | None = None

    async def play(self, shop: Workshop, mark: str, way: Ways) -> Course:
        """The organization after its story, in which nothing may be contradictory or unfinished."""
        course = await Course.recorded(shop, f"{mark} {self.name}", way, secret=self.secret, called=self.call)
        if self.call:
            await course.checked()
            await course.ended(await course.called())
            await course.ended(await course.approved())
        elif self.sent:
            await course.checked()
            await course.ended(await course.sent())
            await course.ended(await course.sent(version=7))
        elif self.repair:
            await course.checked()
            await course.damaged()
            await course.ended(await course.repaired())
        elif self.resumed:
            await course.checked()
            await course.ended(await course.launched(HALF))
            await course.ended(await course.cancelled(await course.resumed(), at="run"))
        else:
            await course.whole_way(self.run, self.verify, mended=self.mended)
        left = [*await contradictions(course), *await unfinished(course)]
        assert left == [], f"{self.name}, {mark}: {left}"
        return course


STORIES = (
    Story("all goes well"),
    Story("RUN fails", run="echo ran >> a.txt; exit 3", others=("work.run", "harness.end")),
    Story("nothing changes", run="true", others=("work.difference", "proposals.submit")),
    Story("VERIFY fails", verify="echo no; exit 3", others=("effects.verify", "proposals.conclude", "proofs.record")),
    Story("a check fails", secret=False, others=("checks.look", "onboarding.record", "onboarding.conclude")),
    Story("the live read is repaired", repair=True),
    Story("a harness is resumed and cancelled", resumed=True, others=("work.checkout", "work.run", "work.put_away")),
    Story(
        "an endpoint is called",
        call=True,
        others=(
            "calls.look",
            "calls.send",
            "calls.find_out",
            "proposals.submit_call",
            "proposals.conclude",
            "proofs.record",
        ),
    ),
    Story("a value is sent, and one that does not open", secret=False, sent=True, others=("secrets.keep",)),
    Story("an answer mends it", mended=True, others=("recovery.open", "recovery.take_up", "recovery.handed_on")),
)
# Of each workflow, the activities in the order of its story; the push is lost once more so that somebody finds out.
STEPS = {
    "onboarding": ("harness.claim", "harness.launch", "onboarding.checks", "harness.step", "checks.look",
                   "onboarding.record", "onboarding.conclude"),
    "work": ("harness.claim", "harness.launch", "work.checkout", "harness.step", "work.run", "work.difference",
             "proposals.submit", "work.put_away"),
    "apply": ("harness.claim", "proposals.start", "proposals.recheck", "effects.prepare", "harness.step",
              "effects.verify", "effects.push", "effects.find_pushed", "proposals.conclude", "proofs.record",
              "harness.end", "work.put_away"),
    "call": ("calls.look", "proposals.submit_call", "calls.send", "calls.find_out"),
    "repair": ("harness.claim", "harness.launch", "projections.start", "projections.repair", "projections.conclude",
               "proofs.record_repair", "harness.end"),
    "secret": ("secrets.keep",),
    "recovery": ("recovery.open", "recovery.take_up", "recovery.handed_on"),
}  # fmt: skip


def registered() -> set[str]:
    """The name of every activity that a worker of ours has."""
    nothing: object = None
    acts = [*control_activities(nothing), *runtime_activities(nothing)]  # type: ignore[arg-type]  - only their names are read
    return {str(activity._Definition.must_from_callable(act).name) for act in acts}


@pytest_asyncio.fixture(scope="module")
async def once(workshop: Workshop) -> dict[str, Rows]:
    """What each story leaves when nobody comes between."""
    played = await asyncio.gather(
        *(story.play(workshop, "once", lambda _: losing_the_effect(plainly)) for story in STORIES)
    )
    return {story.name: await effects(course) for story, course in zip(STORIES, played, strict=True)}


async def played(
    shop: Workshop, once: dict[str, Rows], mark: str, way: Callable[[Story, Findings], Way]
) -> list[Findings]:
    """What was found in each story, played in this way; each has exactly the effects that it has once."""

    async def play(story: Story) -> Findings:
        found: list[Findings] = []

        def watched(course: Course) -> Way:
            found.append(Findings(course))
            return losing_the_effect(way(story, found[0]))

        course = await story.play(shop, mark, watched)
        assert changed(once[story.name], await effects(course)) == [], f"{story.name}, {mark}: other effects than once"
        return found[0]

    return await asyncio.gather(*(play(story) for story in STORIES))


async def test_every_activity_runs_twice_and_has_its_effect_once(workshop: Workshop, once: dict[str, Rows]):
    found = await played(workshop, once, "twice", lambda _story, findings: findings.twice)

    assert [wrong for one in found for wrong in one.wrong] == []


async def test_every_activity_may_break_at_every_statement_and_every_call_outside(
    workshop: Workshop, once: dict[str, Rows]
):
    def way(story: Story, findings: Findings) -> Way:
        async def break_off(act: Act) -> object:
            another = story.others is None or act.name in story.others
            return await (findings.broken_at_every_step if another else plainly)(act)

        return break_off

    found = await played(workshop, once, "broken", way)

    assert [wrong for one in found for wrong in one.wrong] == []
    broken = {told.partition(":")[0] for one in found for told in one.told}
    assert broken == registered()


@pytest.mark.parametrize("worked", [False, True], ids=["before it begins", "with its answer lost"])
async def test_every_activity_may_fail_once(workshop: Workshop, once: dict[str, Rows], *, worked: bool):
    await played(workshop, once, f"lost {worked}", lambda _story, _findings: LoseTheFirstTry(worked))


@pytest.mark.parametrize("worked", [False, True], ids=["before it begins", "with its work done"])
async def test_every_step_may_fail_for_good_and_all_that_is_left_is_whole(workshop: Workshop, *, worked: bool):
    found = await asyncio.gather(
        *(onboarding_failing(workshop, name, worked=worked) for name in STEPS["onboarding"]),
        work_failing(workshop, STEPS["work"], worked=worked),
        repair_failing(workshop, STEPS["repair"], worked=worked),
        call_failing(workshop, STEPS["call"], worked=worked),
        *(recovery_failing(workshop, name, worked=worked) for name in STEPS["recovery"]),
        *(apply_failing(workshop, names, worked=worked) for names in (STEPS["apply"][::2], STEPS["apply"][1::2])),
    )
    assert [wrong for one in found for wrong in one] == []


async def onboarding_failing(shop: Workshop, name: str, *, worked: bool) -> list[str]:
    way = FailForGood(name, worked)
    course = await Course.recorded(shop, f"onboarding {name} {worked}", lambda _: way)
    await course.checked()
    return await left(course, "onboarding", way)


async def work_failing(shop: Workshop, names: Sequence[str], *, worked: bool) -> list[str]:
    course = await Course.active(shop, f"work {worked}")
    found: list[str] = []
    for name in names:
        course.go(way := FailForGood(name, worked))
        command_id = await course.launched()
        await course.ended(command_id)
        found += await left(course, "work", way, f"fractalops-{command_id}")
        course.go(plainly)
        if await course.proposals("submitted"):
            await course.ended(await course.approved())
            found += await left(course, "apply after work", way)
    return found


async def apply_failing(shop: Workshop, names: Sequence[str], *, worked: bool) -> list[str]:
    course = await Course.active(shop, f"apply {names[0]} {worked}")
    found: list[str] = []
    for name in names:
        course.go(plainly)
        await course.ended(await course.launched())
        way = FailForGood(name, worked)
        course.go(losing_the_effect(way) if name == "effects.find_pushed" else way)
        command_id = await course.approved()
        await course.ended(command_id)
        found += await left(course, "apply", way, f"fractalops-{command_id}")
    return found


async def call_failing(shop: Workshop, names: Sequence[str], *, worked: bool) -> list[str]:
    course = await Course.active(shop, f"call {worked}", called=True)
    found: list[str] = []
    for name in names:
        way = FailForGood(name, worked)
        course.go(losing_the_effect(way) if name == "calls.find_out" else way)
        await course.ended(await course.called())
        if await course.proposals("submitted"):
            await course.ended(await course.approved())
        found += await left(course, "call", way)
    return found


async def repair_failing(shop: Workshop, names: Sequence[str], *, worked: bool) -> list[str]:
    course = await Course.active(shop, f"repair {worked}")
    found: list[str] = []
    for name in names:
        course.go(way := FailForGood(name, worked))
        await course.ended(await course.repaired())
        found += await left(course, "repair", way)
    return found


async def recovery_failing(shop: Workshop, name: str, *, worked: bool) -> list[str]:
    course = await Course.active(shop, f"recovery {name} {worked}")
    await course.without_repository()
    course.go(way := FailForGood(name, worked))
    command_id = await course.launched()
    if name != "recovery.open":
        await course.answered("give_up")
    await course.ended(command_id)
    await course.handed_on()
    await course.with_repository()
    return await left(course, "recovery", way)


async def left(course: Course, workflow: str, way: FailForGood, sandbox: str = "") -> list[str]:
    """What is not whole after the activity failed for good; a sandbox that it did not put away is the sweep's."""
    found = [*await contradictions(course), *await unfinished(course)]
    if way.name == "work.put_away" and not way.worked and f"a sandbox was left behind: {sandbox}" in found:
        found.remove(f"a sandbox was left behind: {sandbox}")
        await course.shop.drivers.sandboxes.destroy(sandbox)
    when = "with its work done" if way.worked else "before it began"
    if not way.failed:
        found.append("it was never reached")
    return [f"{workflow}: {way.name} failed for good {when}: {one}" for one in found]


async def test_these_runs_reach_every_activity_of_the_registry(workshop: Workshop, once: dict[str, Rows]):
    assert once
    assert workshop.meddling.reached >= registered(), (
        f"No story reaches {sorted(registered() - workshop.meddling.reached)}: add one to STORIES, or a step to STEPS,"
        " so that the new activity is run twice and broken off too."
    )
    assert {name for names in STEPS.values() for name in names} == registered()
