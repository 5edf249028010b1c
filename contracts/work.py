"""Work: what someone wants done, and launching it."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from contracts.base import Action, Contract, EventData, Json, Mutation, Name, Recorded, Script
from contracts.harness import HarnessQueued
from contracts.refusals import Code
from contracts.vocabulary import Continuity, InteractionPolicy, Role

_NEVER_IN_A_BRANCH = ("..", "//", "@{", ".lock/")


def _branch_name(value: str) -> str:
    ends_well = not value.endswith((".", "/", ".lock")) and value[0] not in "-/."
    if not ends_well or any(part in value for part in _NEVER_IN_A_BRANCH):
        raise ValueError("this is no name of a git branch")
    return value


Branch = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x20\x7f~^:?*\[\\]+$"),
    AfterValidator(_branch_name),
]


class WorkSpecification(Contract):
    """What to run in a repository and how to see that it helped.

    `branch` is cloned (None: the remote's default branch) and `target_branch` is pushed to (None: the same branch).
    """

    run: Script
    verify: Script
    branch: Branch | None = None
    target_branch: Branch | None = None
    run_timeout_s: int = Field(default=600, ge=1, le=7_200)
    verify_timeout_s: int = Field(default=1_200, ge=1, le=7_200)


class CreateWork(Mutation):
    """Describe work on an endpoint, in a runtime asset."""

    title: Name
    endpoint_id: UUID
    runtime_asset_id: UUID
    interaction_policy: InteractionPolicy = InteractionPolicy.ANY
    specification: WorkSpecification


class LaunchWork(Mutation):
    """Start a harness for a work item."""

    work_id: UUID
    continuity: Continuity = Continuity.FRESH

    @classmethod
    def work_id_of(cls, recorded: Json) -> UUID:
        """The work item that a recorded launch names."""
        return UUID(recorded["work_id"])


class WorkCreated(EventData):
    """Work was described."""

    work_id: UUID
    title: str


class ChangeTaken(EventData):
    """The command ran and the difference that it made was taken."""

    base_commit: str
    files_changed: int
    patch_digest: str | None


EVENTS: tuple[type[EventData], ...] = (WorkCreated, ChangeTaken)
WORKFLOW = "work.run"
LAUNCH_KIND = "work.launch"
ACTIONS: tuple[Action, ...] = (
    Action(
        name="create_work",
        kind="work.create",
        operation="mutation",
        takes=CreateWork,
        answers=Recorded,
        roles=(Role.OPERATOR, Role.OWNER),
        says="Describe work on an endpoint, in a runtime asset.",
        events=(WorkCreated,),
        lineage=(),
        refusals=(Code.NOT_FOUND, Code.WRONG_STATE, Code.INVALID_INPUT),
    ),
    Action(
        name="launch_work",
        kind=LAUNCH_KIND,
        operation="mutation",
        takes=LaunchWork,
        answers=Recorded,
        roles=(Role.OPERATOR, Role.OWNER),
        says="Start a harness for a work item; the answer's id is the harness's.",
        events=(HarnessQueued,),
        lineage=(("harness", "resumed_from", "harness"),),
        refusals=(Code.NOT_FOUND, Code.WRONG_STATE, Code.NOT_ACTIVE, Code.NOTHING_TO_RESUME),
        workflow=WORKFLOW,
    ),
)
