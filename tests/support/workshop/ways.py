"""Ways to carry activities out that show what they do when things go wrong, and words for what was found."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pydantic_core
from temporalio.exceptions import ApplicationError

from tests.support.workshop.breaking import breaking
from tests.support.workshop.course import Course
from tests.support.workshop.meddling import Act, lost, refused
from tests.support.workshop.wholeness import changed, contradictions, everything

# No activity takes as many steps; one that does goes round in circles.
_STEPS_MAX = 300
# What a look measures differs from one look to the next.
_MEASURED = {"latency_ms", "expires_in_s"}
# With which codes an activity fails as its story wants it to.
_STORIES_WANT = {"RUN_FAILED", "VERIFY_FAILED", "BASE_MOVED", "CANCELLED"}

REPEAT = (
    "Temporal may run an activity again at any time, so the second time must change nothing: write each row under a key"
    " that the command, the harness or a digest gives (ON CONFLICT DO NOTHING, or an update that asks for the state"
    " before), and tell events with a cause of their command."
)
HALF = (
    "An activity may end at any statement, so what belongs together is written together: put the rows and the event"
    " that tells of them into one `async with transaction(pool)` block."
)
GIVES_UP = (
    "A lost connection passes: let it leave the activity as it is, so that `told` makes it a refusal that is retried."
)


@dataclass
class Findings:
    """What was found wrong, in words; `told` keeps each step that broke."""

    course: Course
    wrong: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    # Two workflows of one organization may act at once, and each would see what the other changed.
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def twice(self, act: Act) -> Any:
        """Carries the activity out twice in a row; the second must change nothing and answer the same."""
        async with self._turn:
            return await self._twice(act)

    async def _twice(self, act: Act) -> Any:
        first = await _outcome(act)
        before = await everything(self.course)
        second = await _outcome(act)
        if more := changed(before, await everything(self.course)):
            self.wrong.append(f"{act.name} did something again when it was repeated: {'; '.join(more)}. {REPEAT}")
        if _shown(first.answer) != _shown(second.answer):
            self.wrong.append(f"{act.name} answered {second.answer!r} the second time, not {first.answer!r}. {REPEAT}")
        return second.give()

    async def broken_at_every_step(self, act: Act) -> Any:
        """Breaks the activity off at its first step, begins anew and breaks at the second, until one try passes."""
        for number in range(1, _STEPS_MAX):
            before = await contradictions(self.course)
            with breaking(number) as planned:
                outcome = await _outcome(act)
            if planned.broke is None:
                return outcome.give()
            self.told.append(f"{act.name}: {planned.broke}")
            at = f"{act.name} was broken off at step {number} ({planned.broke})"
            if outcome.gave_up and not _is_failure_of_the_story(outcome.error):
                self.wrong.append(f"{at} and gave up: {outcome.error!r}. {GIVES_UP}")
            halves = [one for one in await contradictions(self.course) if one not in before]
            self.wrong += [f"{at} and left half of its work: {one}. {HALF}" for one in halves]
        raise AssertionError(f"{act.name} takes more than {_STEPS_MAX} steps")


@dataclass(frozen=True)
class _Outcome:
    """What one try answered or raised."""

    answer: Any = None
    error: Exception | None = None

    @property
    def gave_up(self) -> bool:
        return isinstance(self.error, ApplicationError) and self.error.non_retryable

    def give(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.answer


async def _outcome(act: Act) -> _Outcome:
    try:
        return _Outcome(answer=await act.plainly())
    except Exception as error:  # noqa: BLE001  - whatever an activity raises is its outcome here
        return _Outcome(error=error)


def _is_failure_of_the_story(error: Exception | None) -> bool:
    """Whether the activity failed as its story wants it to: its command did not end well, or the endpoint moved on."""
    return isinstance(error, ApplicationError) and error.type in _STORIES_WANT


def _shown(answer: Any) -> Any:
    value = pydantic_core.to_jsonable_python(answer)
    return {k: v for k, v in value.items() if k not in _MEASURED} if isinstance(value, dict) else value


@dataclass
class LoseTheFirstTry:
    """Every activity fails once: before it begins, or (`worked`) with all its work done and its answer lost."""

    worked: bool

    async def __call__(self, act: Act) -> Any:
        if act.attempt > 1:
            return await act.plainly()
        if self.worked:
            await act.plainly()
        raise lost()


@dataclass
class FailForGood:
    """One activity fails for good the first time that it is reached: before it begins, or with its work done."""

    name: str
    worked: bool
    failed: bool = False

    async def __call__(self, act: Act) -> Any:
        if self.failed or act.name != self.name:
            return await act.plainly()
        if self.worked:
            await act.plainly()
        self.failed = True
        raise refused()


def losing_the_effect(way: Callable[[Act], Awaitable[Any]]) -> Callable[[Act], Awaitable[Any]]:
    """The same way, but a push or a call that arrived is believed to have failed, so that somebody has to find out."""

    async def lose(act: Act) -> Any:
        answer = await way(act)
        if act.name in ("effects.push", "calls.send"):
            raise refused()
        return answer

    return lose
