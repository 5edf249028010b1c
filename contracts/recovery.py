"""Recovery cases: what stands in the way of work, and the typed answer with which it goes on."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from contracts.base import Action, Contract, EventData, Json, LongText, Mutation, Recorded, Shown
from contracts.refusals import Code
from contracts.secrets import SecretStatus
from contracts.vocabulary import Role


class RecoveryKind(StrEnum):
    """What sort of thing stands in the way."""

    AUTH_WALL = "auth_wall"
    RUNTIME_LOST = "runtime_lost"
    ENDPOINT_UNREADY = "endpoint_unready"
    SECRET_UNRESOLVABLE = "secret_unresolvable"  # noqa: S105  - a kind, not a credential
    CONFLICT = "conflict"
    TIMEOUT = "timeout"


# A step that fails with one of these asks instead, because somebody can mend it and the work can go on. What a
# command of the user's does by itself, such as an exit code, is not among them.
KIND_OF: dict[Code, RecoveryKind] = {
    Code.ENDPOINT_DENIED: RecoveryKind.AUTH_WALL,
    Code.ENDPOINT_UNREACHABLE: RecoveryKind.ENDPOINT_UNREADY,
    Code.ENDPOINT_MISSING: RecoveryKind.ENDPOINT_UNREADY,
    Code.SECRET_MISSING: RecoveryKind.SECRET_UNRESOLVABLE,
    Code.SECRET_DENIED: RecoveryKind.SECRET_UNRESOLVABLE,
    Code.SECRET_EXPIRED: RecoveryKind.SECRET_UNRESOLVABLE,
    Code.SECRET_UNREACHABLE: RecoveryKind.SECRET_UNRESOLVABLE,
    Code.RUNTIME_LOST: RecoveryKind.RUNTIME_LOST,
    Code.RUN_LOST: RecoveryKind.RUNTIME_LOST,
    Code.SANDBOX_UNREACHABLE: RecoveryKind.RUNTIME_LOST,
    Code.SANDBOX_MISSING: RecoveryKind.RUNTIME_LOST,
    Code.BASE_MOVED: RecoveryKind.CONFLICT,
    Code.RUN_TIMED_OUT: RecoveryKind.TIMEOUT,
    Code.GIT_TIMEOUT: RecoveryKind.TIMEOUT,
}
_STATUS_OF: dict[Code, SecretStatus] = {
    Code.SECRET_MISSING: SecretStatus.MISSING,
    Code.SECRET_DENIED: SecretStatus.DENIED,
    Code.SECRET_EXPIRED: SecretStatus.EXPIRED,
    Code.SECRET_UNREACHABLE: SecretStatus.UNREACHABLE,
}


class Seen(Contract):
    """What was seen, without any value: the code and the words of the step that could not be taken."""

    code: Code
    says: Shown
    step: str


class EndpointSeen(Seen):
    """The endpoint that did not answer as its contract says, or did not let the runtime in."""

    endpoint_id: UUID
    endpoint: str


class SecretSeen(EndpointSeen):
    """The secret contract that has no value now, and the endpoint that it is needed for."""

    secret_contract_id: UUID | None
    secret_contract: str | None
    status: SecretStatus


class RuntimeSeen(Seen):
    """The runtime asset that was lost, and with it what had been done in it."""

    runtime_asset_id: UUID
    runtime_asset: str


class TimeoutSeen(RuntimeSeen):
    """The step that did not end in time; `timeout_s` is how long a command may run in this work."""

    timeout_s: int


class ConflictSeen(EndpointSeen):
    """The branch that others moved while the work was done on what it was before."""

    branch: str | None


SEEN: dict[RecoveryKind, type[Seen]] = {
    RecoveryKind.AUTH_WALL: EndpointSeen,
    RecoveryKind.RUNTIME_LOST: RuntimeSeen,
    RecoveryKind.ENDPOINT_UNREADY: EndpointSeen,
    RecoveryKind.SECRET_UNRESOLVABLE: SecretSeen,
    RecoveryKind.CONFLICT: ConflictSeen,
    RecoveryKind.TIMEOUT: TimeoutSeen,
}

GIVE_UP = "give_up"


class RetryAnswer(Contract):
    """Try the step again, now that its cause is mended, or give the work up. An answer never holds a secret."""

    choice: Literal["retry", "give_up"] = Field(title="What now?")
    note: LongText | None = Field(default=None, title="Note", description="For those who come later; never a secret.")


class LaunchAgainAnswer(Contract):
    """Begin anew in a new runtime, or give the work up."""

    choice: Literal["launch_again", "give_up"] = Field(title="What now?")
    note: LongText | None = Field(default=None, title="Note", description="For those who come later; never a secret.")


class TimeoutAnswer(LaunchAgainAnswer):
    """Begin anew, perhaps with more time, or give the work up."""

    timeout_s: int | None = Field(
        default=None, ge=1, le=7_200, title="Time for RUN", description="Seconds; the same as before if left out."
    )


class RebaseAnswer(Contract):
    """Begin anew on the branch as it stands now, or give the work up."""

    choice: Literal["rebase", "give_up"] = Field(title="What now?")
    note: LongText | None = Field(default=None, title="Note", description="For those who come later; never a secret.")


Answer = RetryAnswer | LaunchAgainAnswer | RebaseAnswer
ANSWERS: dict[RecoveryKind, type[Answer]] = {
    RecoveryKind.AUTH_WALL: RetryAnswer,
    RecoveryKind.RUNTIME_LOST: LaunchAgainAnswer,
    RecoveryKind.ENDPOINT_UNREADY: RetryAnswer,
    RecoveryKind.SECRET_UNRESOLVABLE: RetryAnswer,
    RecoveryKind.CONFLICT: RebaseAnswer,
    RecoveryKind.TIMEOUT: TimeoutAnswer,
}
ROLES = (Role.OPERATOR, Role.OWNER)


class Wanted(Contract):
    """What would let the work go on: in words, who may answer, and the JSON Schema of the answer."""

    says: Shown
    roles: tuple[Role, ...]
    answer_schema: Json


def wanted(kind: RecoveryKind, seen: Json, *, timeout_max_s: int | None = None) -> Wanted:
    """What is wanted in a case of this kind; a longer time than `timeout_max_s` is not to be had."""
    schema = ANSWERS[kind].model_json_schema()
    if kind is RecoveryKind.TIMEOUT and timeout_max_s is not None:
        # The runtime asset's own limit stands above what anybody asks for.
        schema["properties"]["timeout_s"]["anyOf"][0]["maximum"] = timeout_max_s
    return Wanted(says=_ASKS[kind].format_map(_Named(seen)), roles=ROLES, answer_schema=schema)


class _Named(dict[str, Any]):
    """What was seen, by name; what has no name is spoken of in general."""

    def __missing__(self, key: str) -> str:
        return f"the {key.replace('_', ' ')}"


_ASKS: dict[RecoveryKind, str] = {
    RecoveryKind.AUTH_WALL: "Let the platform's credential into {endpoint}, or put another one where its secret"
    " contract says; then retry, or give up.",
    RecoveryKind.RUNTIME_LOST: "See that {runtime_asset} can launch; then launch again, or give up.",
    RecoveryKind.ENDPOINT_UNREADY: "See that {endpoint} answers at its URL, or revise it; then retry, or give up.",
    RecoveryKind.SECRET_UNRESOLVABLE: "Put the value of {secret_contract} where its contract says, or revise the"
    " contract; then retry, or give up.",
    RecoveryKind.CONFLICT: "The branch moved meanwhile: begin anew on what it is now (rebase), or give up.",
    RecoveryKind.TIMEOUT: "Launch again, with more time if it needs more, or give up.",
}


def status_of(code: Code) -> SecretStatus:
    """What the code of a secret that does not resolve says about it."""
    return _STATUS_OF[code]


def answer_of(kind: RecoveryKind, given: Mapping[str, Any]) -> Answer:
    """The answer to a case of this kind.

    Raises:
        pydantic.ValidationError: naming every place that is wrong.
    """
    return ANSWERS[kind].model_validate(given)


class ResolveRecoveryCase(Mutation):
    """Answer an open recovery case; `answer` is as the case's `wanted.answer_schema` asks."""

    recovery_case_id: UUID
    answer: Json


class ResumeRecovery(Contract):
    """Which command waits for the answer to which case."""

    recovery_case_id: UUID
    command_id: UUID

    @property
    def workflow_id(self) -> str:
        """The workflow that waits."""
        return f"command/{self.command_id}"


class RecoveryOpened(EventData):
    """The work waits: something stands in its way that somebody can mend."""

    recovery_case_id: UUID
    kind: RecoveryKind
    code: Code
    says: str
    wants: str
    expires_at: AwareDatetime


class RecoveryResolved(EventData):
    """Somebody answered; the work goes on, or ends if they gave it up."""

    recovery_case_id: UUID
    principal_id: UUID
    choice: str


class RecoveryAbandoned(EventData):
    """Nobody answered in time."""

    recovery_case_id: UUID


EVENTS: tuple[type[EventData], ...] = (RecoveryOpened, RecoveryResolved, RecoveryAbandoned)
RESUME_KIND = "recovery.resume"
RESUME_WORKFLOW = "recovery.resume"
# What a waiting workflow is told when its case was answered.
ANSWERED_SIGNAL = "recovery_answered"
ACTIONS: tuple[Action, ...] = (
    Action(
        name="resolve_recovery_case",
        kind="recovery.resolve",
        operation="mutation",
        takes=ResolveRecoveryCase,
        answers=Recorded,
        roles=ROLES,
        says="Answer an open recovery case, so that its harness goes on or ends.",
        events=(RecoveryResolved,),
        lineage=(),
        refusals=(Code.NOT_FOUND, Code.WRONG_STATE, Code.INVALID_INPUT),
    ),
)
