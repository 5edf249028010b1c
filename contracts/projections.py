"""The live read held against its events: checking it, and putting right what does not follow from them."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from contracts.base import Action, Contract, Digest, EventData, Mutation, Recorded
from contracts.harness import HarnessQueued
from contracts.refusals import Code
from contracts.vocabulary import Role

# How many harnesses are held against their events at once: the organization's writes wait for that long, and what came
# of it fits into one artifact.
PAGE_HARNESSES_MAX = 200
# How many of these one repair goes through; 200 000 harnesses are more than an organization has.
PAGES_MAX = 1_000


class DifferenceKind(StrEnum):
    """How a row of the live read does not follow from the events of its harness."""

    CHANGED = "changed"
    MISSING = "missing"
    SURPLUS = "surplus"


class ProjectionDifference(Contract):
    """One harness whose row is not what its events fold into.

    `shown` and `folded` are the digests of the stored row and of the right one; a missing row has no `shown`, a row
    without events no `folded`.
    """

    harness_id: UUID
    kind: DifferenceKind
    fields: tuple[str, ...]
    shown: Digest | None
    folded: Digest | None


class CheckProjection(Contract):
    """Which harnesses to hold against their events."""

    after: UUID | None = Field(default=None, description="The `next` of the page before; left out for the first page.")


class ProjectionReport(Contract):
    """One page of harnesses: how many were folded anew, and those whose row differs; `next` asks for the next page."""

    harnesses: int
    differences: tuple[ProjectionDifference, ...]
    next: UUID | None


class RepairProjection(Mutation):
    """Fold every harness's events anew and put right the rows that differ."""


class ProjectionRepairStarted(EventData):
    """A workflow began to fold the organization's events anew."""

    execution_id: UUID


class ProjectionRepaired(EventData):
    """Every row was held against its events; `rows` of them had to be put right."""

    execution_id: UUID
    harnesses: int
    rows: int


def outcome(harnesses: int, rows: int) -> str:
    """What a repair came to, in a sentence."""
    if rows == 0:
        return f"All rows of {harnesses} harnesses follow from their events; nothing had to be repaired."
    return f"{rows} of {harnesses} rows did not follow from their events and were repaired."


EVENTS: tuple[type[EventData], ...] = (ProjectionRepairStarted, ProjectionRepaired)
REPAIR_KIND = "projections.repair"
REPAIR_WORKFLOW = "projections.repair"
ACTIONS: tuple[Action, ...] = (
    Action(
        name="check_projection",
        kind="projections.check",
        operation="query",
        takes=CheckProjection,
        answers=ProjectionReport,
        roles=(Role.VIEWER, Role.OPERATOR, Role.APPROVER, Role.OWNER),
        says="Fold the events of the harnesses anew and tell which rows of the live read differ.",
        events=(),
        lineage=(),
        refusals=(Code.NOT_FOUND,),
    ),
    Action(
        name="repair_projection",
        kind=REPAIR_KIND,
        operation="mutation",
        takes=RepairProjection,
        answers=Recorded,
        roles=(Role.OPERATOR, Role.OWNER),
        says="Queue a repair of the live read, proved like any execution; the answer's id is the harness's.",
        events=(HarnessQueued,),
        lineage=(),
        refusals=(Code.NOT_FOUND,),
        workflow=REPAIR_WORKFLOW,
    ),
)
