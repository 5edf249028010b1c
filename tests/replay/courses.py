"""What is recorded: for each workflow, real courses of it, each with what happened and how its command ended."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.support.workshop.course import HALF, Course, Ways, as_they_are
from tests.support.workshop.meddling import Act, Way, plainly
from tests.support.workshop.shop import Workshop
from tests.support.workshop.ways import FailForGood, LoseTheFirstTry, losing_the_effect
from tests.support.world import git

# A command's id, once its workflow has ended.
Play = Callable[[Workshop, str], Awaitable[UUID]]


@dataclass(frozen=True)
class Recording:
    """One course of one workflow: what happened in it, and the state in which it leaves its command."""

    workflow: str
    what: str
    ends: str
    play: Play

    @property
    def file(self) -> str:
        """Where its history lies, below this folder."""
        return f"{self.workflow}/{self.what}.json"


def _onboarding(way: Ways = as_they_are, *, secret: bool = True) -> Play:
    async def play(shop: Workshop, name: str) -> UUID:
        course = await Course.recorded(shop, name, way, secret=secret)
        await course.checked()
        return course.org.command_id

    return play


def _work(
    way: Ways = as_they_are, run: str = "echo ran >> a.txt", answer: str | None = None, **specification: int
) -> Play:
    async def play(shop: Workshop, name: str) -> UUID:
        course = await Course.active(shop, name)
        course.go(way(course))
        command_id = await course.launched(run, **specification)
        if answer is not None:
            await course.answered(answer)
        await course.ended(command_id)
        return command_id

    return play


def _resumed(at: str | None = None) -> Play:
    async def play(shop: Workshop, name: str) -> UUID:
        course = await Course.active(shop, name)
        await course.ended(await course.launched(HALF if at else "[ -e half ] || { touch half; exit 3; }"))
        command_id = await course.resumed()
        if at:
            await course.cancelled(command_id, at=at)
        await course.ended(command_id)
        return command_id

    return play


async def _cancelled_before_it_starts(shop: Workshop, name: str) -> UUID:
    course = await Course.active(shop, name)
    # Somebody else's dispatching would start it before it is cancelled.
    async with shop.dispatching:
        command_id = await course.queued()
        await course.cancelled(command_id, at="queued")
    await shop.dispatch()
    await course.ended(command_id)
    return command_id


def _apply(
    way: Ways = as_they_are, verify: str = "true", before: Callable[[Course], Awaitable[None]] | None = None
) -> Play:
    async def play(shop: Workshop, name: str) -> UUID:
        course = await Course.active(shop, name)
        await course.ended(await course.launched(verify=verify))
        if before is not None:
            await before(course)
        course.go(way(course))
        command_id = await course.approved()
        await course.ended(command_id)
        return command_id

    return play


def _proposed_call(way: Ways = as_they_are, **changes: Any) -> Play:
    async def play(shop: Workshop, name: str) -> UUID:
        course = await Course.active(shop, name, called=True)
        course.go(way(course))
        command_id = await course.called(**changes)
        await course.ended(command_id)
        return command_id

    return play


def _call(way: Ways = as_they_are, **changes: Any) -> Play:
    async def play(shop: Workshop, name: str) -> UUID:
        course = await Course.active(shop, name, called=True)
        await course.ended(await course.called(**changes))
        course.go(way(course))
        command_id = await course.approved()
        await course.ended(command_id)
        return command_id

    return play


def _repair(way: Ways = as_they_are, before: Callable[[Course], Awaitable[None]] = Course.damaged) -> Play:
    async def play(shop: Workshop, name: str) -> UUID:
        course = await Course.active(shop, name)
        await before(course)
        course.go(way(course))
        command_id = await course.repaired()
        await course.ended(command_id)
        return command_id

    return play


def _sent(way: Ways = as_they_are, **changes: Any) -> Play:
    async def play(shop: Workshop, name: str) -> UUID:
        course = await Course.active(shop, name)
        course.go(way(course))
        command_id = await course.sent(**changes)
        await course.ended(command_id)
        return command_id

    return play


def _recovery(*, of_the_work: bool, gone: bool = False) -> Play:
    async def play(shop: Workshop, name: str) -> UUID:
        course = await Course.active(shop, name)
        await course.without_repository()
        command_id = await course.launched()
        await course.asked()
        await course.with_repository()
        if gone:
            await course.workflow(command_id).terminate()
        await course.answered("retry")
        if not gone:
            await course.ended(command_id)
        await course.handed_on()
        if of_the_work:
            return command_id
        sql = "SELECT id FROM ledger.command WHERE org_id = $1 AND kind = 'recovery.resume'"
        return await shop.superuser.fetchval(sql, course.org.id)

    return play


async def _nothing(_course: Course) -> None:
    return


def _gives_up(name: str) -> Ways:
    return lambda _course: FailForGood(name, worked=False)


def _loses_its_answer(name: str) -> Ways:
    losing = LoseTheFirstTry(worked=True)

    async def lose(act: Act) -> object:
        return await (losing if act.name == name else plainly)(act)

    return lambda _course: lose


def _without_a_sandbox_from(name: str) -> Ways:
    def way(course: Course) -> Way:
        async def lose(act: Act) -> object:
            if act.name == name:
                await course.shop.drivers.sandboxes.destroy(f"fractalops-{act.input.queued.command_id}")
            return await act.plainly()

        return lose

    return way


def _claimed_by_another_run(course: Course) -> Way:
    async def take(act: Act) -> object:
        if act.name == "harness.claim":
            sql = "UPDATE ledger.command SET state = 'running', run_id = 'another' WHERE id = $1"
            await course.shop.superuser.execute(sql, act.input.command_id)
        return await act.plainly()

    return take


async def _move_the_base(course: Course) -> None:
    work = course.bare.parent / "work"
    git(work, "commit", "--quiet", "--allow-empty", "--message", "Somebody else's")
    git(work, "push", "--quiet", "origin", "main")


async def _refuse_pushes(course: Course) -> None:
    git(course.bare, "config", "receive.maxInputSize", "1")


RECORDINGS: tuple[Recording, ...] = (
    Recording("onboarding.check", "all-goes-well", "done", _onboarding()),
    Recording("onboarding.check", "a-check-fails", "failed", _onboarding(secret=False)),
    Recording("onboarding.check", "an-answer-is-lost", "done", _onboarding(_loses_its_answer("checks.look"))),
    Recording("onboarding.check", "a-look-gives-up", "failed", _onboarding(_gives_up("checks.look"))),
    Recording("onboarding.check", "a-step-gives-up", "failed", _onboarding(_gives_up("harness.launch"))),
    Recording("onboarding.check", "another-run-has-it", "running", _onboarding(_claimed_by_another_run)),
    Recording("work.run", "a-change-is-proposed", "done", _work()),
    Recording("work.run", "nothing-changes", "done", _work(run="true")),
    Recording("work.run", "run-fails", "failed", _work(run="echo no; exit 3")),
    Recording("work.run", "run-times-out", "failed",
              _work(run="sleep 5", answer="give_up", run_timeout_s=1)),
    Recording("work.run", "an-answer-is-lost", "done", _work(_loses_its_answer("work.checkout"))),
    Recording("work.run", "the-sandbox-is-lost", "failed",
              _work(_without_a_sandbox_from("work.difference"), answer="give_up")),
    Recording("work.run", "a-recovery-case-is-answered", "done", _recovery(of_the_work=True)),
    Recording("work.run", "a-step-gives-up", "failed", _work(_gives_up("harness.step"))),
    Recording("work.run", "the-end-is-told-late", "failed",
              _work(_gives_up("harness.end"), run="exit 3")),
    Recording("work.run", "what-was-left-is-resumed", "done", _resumed()),
    Recording("work.run", "run-is-cancelled", "failed", _resumed(at="run")),
    Recording("work.run", "it-is-cancelled-before-it-starts", "failed", _cancelled_before_it_starts),
    Recording("work.run", "cleaning-up-fails", "done", _work(_gives_up("work.put_away"))),
    Recording("recovery.resume", "an-answer-is-handed-on", "done", _recovery(of_the_work=False)),
    Recording("recovery.resume", "nobody-waits-any-more", "failed", _recovery(of_the_work=False, gone=True)),
    Recording("secrets.keep", "a-value-is-put", "done", _sent()),
    Recording("secrets.keep", "an-answer-is-lost", "done", _sent(_loses_its_answer("secrets.keep"))),
    Recording("secrets.keep", "a-value-does-not-open", "failed", _sent(version=7)),
    Recording("secrets.keep", "a-step-gives-up", "failed", _sent(_gives_up("onboarding.checks"))),
    Recording("proposals.apply", "all-goes-well", "done", _apply()),
    Recording("proposals.apply", "verify-fails", "failed", _apply(verify="echo no; exit 3")),
    Recording("proposals.apply", "the-base-moved", "failed", _apply(before=_move_the_base)),
    Recording("proposals.apply", "what-was-approved-is-stale", "failed",
              _apply(_gives_up("proposals.recheck"))),
    Recording("proposals.apply", "the-push-is-refused", "failed", _apply(before=_refuse_pushes)),
    Recording("proposals.apply", "the-push-arrived-unnoticed", "done",
              _apply(lambda _course: losing_the_effect(plainly))),
    Recording("proposals.apply", "an-answer-is-lost", "done", _apply(_loses_its_answer("effects.push"))),
    Recording("proposals.apply", "the-sandbox-is-lost", "failed", _apply(_without_a_sandbox_from("effects.verify"))),
    Recording("proposals.apply", "the-effect-is-told-late", "done",
              _apply(_gives_up("proposals.conclude"))),
    Recording("proposals.apply", "cleaning-up-fails", "done", _apply(_gives_up("work.put_away"))),
    Recording("work.run", "a-call-is-proposed", "done", _proposed_call()),
    Recording("work.run", "a-called-endpoint-is-not-ready", "failed", _proposed_call(_gives_up("calls.look"))),
    Recording("proposals.apply", "a-call-is-answered", "done", _call()),
    Recording("proposals.apply", "a-call-is-answered-otherwise", "failed", _call(expect_status=[204])),
    Recording("proposals.apply", "a-call-was-sent-unnoticed", "done",
              _call(lambda _course: losing_the_effect(plainly))),
    Recording("proposals.apply", "a-call-is-not-sent", "failed", _call(_gives_up("calls.send"))),
    Recording("projections.repair", "a-row-is-repaired", "done", _repair()),
    Recording("projections.repair", "nothing-is-damaged", "done", _repair(before=_nothing)),
    Recording("projections.repair", "an-answer-is-lost", "done", _repair(_loses_its_answer("projections.repair"))),
    Recording("projections.repair", "the-repair-gives-up", "failed", _repair(_gives_up("projections.repair"))),
    Recording("projections.repair", "a-step-gives-up", "failed", _repair(_gives_up("harness.launch"))),
    Recording("projections.repair", "the-proof-is-recorded-late", "done", _repair(_gives_up("proofs.record_repair"))),
)  # fmt: skip
