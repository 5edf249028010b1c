"""The ledger's side of repairing the live read: starting the execution, going through the rows, ending it."""

import json
from dataclasses import dataclass
from uuid import UUID

from temporalio import activity

from contracts.artifacts import Artifact
from contracts.base import Contract
from contracts.projections import (
    ProjectionDifference,
    ProjectionRepaired,
    ProjectionRepairStarted,
    ProjectionReport,
    outcome,
)
from contracts.queue import Queued
from contracts.refusals import Code
from contracts.states import ExecutionState, Phase
from ledger import executions, harness, projections
from ledger.pool import Pool, Tx, transaction
from workflows.activities.edge import told
from workflows.activities.harness import tell

# What each page of rows came to is kept as an artifact of this name and the page's number.
REPORT_NAME = "repair-"
OUTCOME_NAME = "outcome"
REPORT_TYPE = "application/json"


class Repairing(Contract):
    """A repair that runs."""

    queued: Queued
    execution_id: UUID


class Page(Contract):
    """The harnesses behind `after` (None: from the first one on), as the page of this number."""

    repairing: Repairing
    number: int
    after: UUID | None = None


class Repaired(Contract):
    """How many harnesses of a page were held against their events, and how many rows were put right."""

    harnesses: int
    rows: int
    next: UUID | None


class Outcome(Contract):
    """What a repair came to; with a code it stopped there."""

    repairing: Repairing
    harnesses: int
    rows: int
    code: Code | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Projections:
    """Ledger activities of the live read."""

    pool: Pool

    @activity.defn(name="projections.start")
    @told
    async def start(self, queued: Queued) -> Repairing:
        """The running execution of this command; repeating answers the same one."""
        async with transaction(self.pool) as tx:
            execution_id = await projections.start(
                tx, queued.org_id, command_id=queued.command_id, harness_id=queued.harness_id
            )
            await harness.tie(
                tx, queued.org_id, (("command", queued.command_id), "carried_out_by", ("execution", execution_id))
            )
            if await harness.phase(tx, queued.org_id, queued.harness_id) is Phase.LAUNCHING:
                await harness.move(tx, queued.org_id, queued.harness_id, Phase.RUNNING)
            event = ProjectionRepairStarted(execution_id=execution_id)
            await tell(tx, queued, event, "started", subject=f"execution/{execution_id}")
        return Repairing(queued=queued, execution_id=execution_id)

    @activity.defn(name="projections.repair")
    @told
    async def repair(self, page: Page) -> Repaired:
        """Put one page of rows right and keep what differed, together or not at all; repeating answers the same."""
        queued = page.repairing.queued
        async with transaction(self.pool) as tx:
            report = await _kept_report(tx, page)
            if report is None:
                done = await projections.repair_page(tx, queued.org_id, page.repairing.execution_id, after=page.after)
                report = ProjectionReport(harnesses=done.harnesses, differences=done.found, next=done.next)
                await harness.keep(tx, queued.org_id, queued.harness_id, _artifact(page, report))
        return Repaired(harnesses=report.harnesses, rows=len(report.differences), next=report.next)

    @activity.defn(name="projections.conclude")
    @told
    async def conclude(self, outcome_: Outcome) -> str:
        """End the execution, keep what it came to and say it; repeating changes nothing."""
        repairing, failed = outcome_.repairing, outcome_.code is not None
        queued, headline = repairing.queued, outcome_.reason or outcome(outcome_.harnesses, outcome_.rows)
        async with transaction(self.pool) as tx:
            running = await executions.finish(
                tx,
                queued.org_id,
                repairing.execution_id,
                state=ExecutionState.FAILED if failed else ExecutionState.SUCCEEDED,
                base_commit=None,
                reason_code=outcome_.code,
                reason=outcome_.reason,
            )
            kept = Artifact.of(OUTCOME_NAME, REPORT_TYPE, outcome_.model_dump_json(exclude={"repairing"}).encode())
            await harness.keep(tx, queued.org_id, queued.harness_id, kept)
            if running and not failed:
                event = ProjectionRepaired(
                    execution_id=repairing.execution_id, harnesses=outcome_.harnesses, rows=outcome_.rows
                )
                await tell(tx, queued, event, "concluded", subject=f"execution/{repairing.execution_id}")
        return headline


def repaired_rows(bodies: list[bytes]) -> list[ProjectionDifference]:
    """Every row that was put right, from the kept reports."""
    return [one for body in bodies for one in ProjectionReport.model_validate_json(body).differences]


async def _kept_report(tx: Tx, page: Page) -> ProjectionReport | None:
    queued = page.repairing.queued
    heads = await harness.artifact_heads(tx, queued.org_id, queued.harness_id)
    for head in heads:
        if head.name == _name(page):
            return ProjectionReport.model_validate_json(await harness.artifact_bytes(tx, queued.org_id, head.id))
    return None


def _artifact(page: Page, report: ProjectionReport) -> Artifact:
    body = json.dumps(report.model_dump(mode="json"), indent=1)
    return Artifact.of(_name(page), REPORT_TYPE, body.encode())


def _name(page: Page) -> str:
    return f"{REPORT_NAME}{page.number:04}"
