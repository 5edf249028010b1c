"""Activities that break law 12, planted to see them caught with their name and what to do; and who starts workflows."""

from uuid import UUID, uuid4

import pytest_asyncio
from temporalio import activity
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from contracts.harness import HarnessLaunched
from contracts.queue import Queued
from contracts.states import Phase
from ledger import harness
from ledger.pool import Pool, transaction
from tests.support.workshop.course import Course
from tests.support.workshop.meddling import Act
from tests.support.workshop.shop import DISPATCHER, Workshop
from tests.support.workshop.ways import GIVES_UP, HALF, REPEAT, Findings
from workflows.activities.edge import told
from workflows.activities.harness import tell


class Planted:
    """Activities as somebody might write them in a hurry."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    @activity.defn(name="planted.note_again")
    @told
    async def note_again(self, queued: Queued) -> None:
        """Keeps what it saw under a new name each time."""
        async with transaction(self.pool) as tx:
            await harness.observe(
                tx, queued.org_id, queued.harness_id, kind="page", subject=str(uuid4()), digest=None, detail={}
            )

    @activity.defn(name="planted.launch_by_halves")
    @told
    async def launch_by_halves(self, queued: Queued) -> None:
        """Moves the harness in one transaction and tells of it in another."""
        async with transaction(self.pool) as tx:
            await harness.move(tx, queued.org_id, queued.harness_id, Phase.LAUNCHING)
        async with transaction(self.pool) as tx:
            await tell(tx, queued, HarnessLaunched(headline="By halves."), "launched")

    @activity.defn(name="planted.give_up")
    @told
    async def give_up(self, queued: Queued) -> None:
        """Takes a lost connection for an end."""
        try:
            async with transaction(self.pool) as tx:
                await harness.phase(tx, queued.org_id, queued.harness_id)
        except Exception as error:
            raise ApplicationError("The database is away.", non_retryable=True) from error

    @activity.defn(name="planted.well_behaved")
    @told
    async def well_behaved(self, queued: Queued) -> None:
        """Moves the harness and tells of it together."""
        async with transaction(self.pool) as tx:
            if await harness.move(tx, queued.org_id, queued.harness_id, Phase.LAUNCHING):
                await tell(tx, queued, HarnessLaunched(headline="Together."), "launched")


@pytest_asyncio.fixture
async def course(workshop: Workshop) -> Course:
    """An organization with a harness that nothing has happened to."""
    return await Course.recorded(workshop, f"planted {uuid4()}")


def act(course: Course, name: str) -> Act:
    """One try of a planted activity on the organization's harness."""
    org = course.org
    queued = Queued(
        command_id=org.command_id, org_id=org.id, harness_id=org.harness_id, principal_id=None, kind="none", payload={}
    )
    planted = getattr(Planted(course.shop.drivers.pool if name == "note_again" else course.shop.worker), name)

    async def plainly() -> object:
        return await ActivityEnvironment().run(planted, queued)

    return Act(f"planted.{name}", 1, org.id, queued, plainly)


async def test_an_activity_that_adds_a_row_when_repeated_is_named_with_the_row_and_the_remedy(course: Course):
    findings = Findings(course)

    await findings.twice(act(course, "note_again"))

    [wrong] = findings.wrong
    assert wrong.startswith("planted.note_again did something again when it was repeated: public.observation: + ")
    assert wrong.endswith(REPEAT)


async def test_an_activity_that_commits_half_of_its_work_is_named_with_the_statement_and_the_remedy(course: Course):
    findings = Findings(course)

    await findings.broken_at_every_step(act(course, "launch_by_halves"))

    assert "planted.launch_by_halves was broken off at step 3 (COMMIT;) and left half of its work" in findings.wrong[0]
    assert "a harness stands where its live row does not" in findings.wrong[0]
    assert findings.wrong[0].endswith(HALF)


async def test_an_activity_that_gives_up_when_a_connection_is_lost_is_named_with_the_remedy(course: Course):
    findings = Findings(course)

    await findings.broken_at_every_step(act(course, "give_up"))

    assert "planted.give_up was broken off at step 1 (BEGIN;) and gave up" in findings.wrong[0]
    assert findings.wrong[0].endswith(GIVES_UP)


async def test_an_activity_that_keeps_the_law_is_found_fault_with_by_nobody(course: Course):
    findings = Findings(course)

    await findings.broken_at_every_step(act(course, "well_behaved"))
    await findings.twice(act(course, "well_behaved"))

    assert findings.wrong == []
    assert len(findings.told) > 3


async def test_every_workflow_was_started_by_the_dispatcher_from_a_row_of_the_queue(workshop: Workshop):
    """Law 2 at run time: whatever ran on this server until now."""
    course = await Course.active(workshop, f"started {uuid4()}")
    await course.ended(await course.launched())

    started = {one.id: one.workflow_type async for one in workshop.client.list_workflows()}
    rows = await workshop.superuser.fetch("SELECT id, workflow FROM ledger.command WHERE workflow IS NOT NULL")
    queued = {f"command/{row['id']}": row["workflow"] for row in rows}
    assert started.items() <= queued.items(), "a workflow was started that no command asks for"
    assert len(started) >= 2
    for workflow_id in started:
        history = await workshop.client.get_workflow_handle(workflow_id).fetch_history()
        assert history.events[0].workflow_execution_started_event_attributes.identity == DISPATCHER, workflow_id
        assert UUID(workflow_id.removeprefix("command/"))
