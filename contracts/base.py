"""What every contract keeps to: frozen, nothing extra, nothing guessed."""

from typing import Annotated, Any, ClassVar, Literal, cast
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from contracts.refusals import Code
from contracts.vocabulary import Role

# Limits of what a caller may send; they bound rows, events and Temporal payloads (2 MiB) with room to spare.
TEXT_MAX = 200
LONG_TEXT_MAX = 4_000
SCRIPT_MAX = 16_000

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_MAX, pattern=r"^[^\x00-\x1f\x7f]+$")
]
LongText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONG_TEXT_MAX, pattern=r"^[^\x00]+$")
]
Script = Annotated[str, StringConstraints(min_length=1, max_length=SCRIPT_MAX, pattern=r"^[^\x00]+$")]
Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
Json = dict[str, Any]


def shown(text: str) -> str:
    """Words from outside as they can be shown and stored: what is not printable stands as an escape.

    PostgreSQL takes no NUL and UTF-8 no half of a character, and both come out of sandboxes.
    """
    kept = text[:LONG_TEXT_MAX]
    return "".join(one if one.isprintable() or one == "\n" else one.encode("unicode_escape").decode() for one in kept)


Shown = Annotated[str, AfterValidator(shown)]


class Contract(BaseModel):
    """A frozen shape that refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, given: Any) -> Any:
        """GraphQL clients send null for what they leave out; it means the default."""
        if not isinstance(given, dict):
            return given
        fields = cls.model_fields
        members = cast("dict[str, Any]", given)
        return {
            name: value
            for name, value in members.items()
            if value is not None or name not in fields or fields[name].is_required()
        }


class Mutation(Contract):
    """The input of an action that changes something; `NOT_RECORDED` names what a command does not keep of it."""

    NOT_RECORDED: ClassVar[dict[str, Any]] = {"idempotency_key": True}

    idempotency_key: UUID = Field(
        description="Chosen by the caller; the same key with the same input is the same request."
    )

    def recorded(self) -> Json:
        """What the command keeps of the input, and what a workflow is given."""
        return self.model_dump(mode="json", exclude=self.NOT_RECORDED)


class EventData(Contract):
    """What happened, in the past tense; `type_name` is what subscribers see."""

    @classmethod
    def type_name(cls) -> str:
        """The event's name on the wire: the class's."""
        return cls.__name__


class Recorded(Contract):
    """The answer to every mutation: what it is about, the command that records it, and the state it is in now."""

    id: UUID
    command_id: UUID
    state: str


# What the wrapper around every handler refuses by itself.
EDGE_REFUSALS: tuple[Code, ...] = (
    *(Code.INVALID_INPUT, Code.UNAUTHENTICATED, Code.FORBIDDEN),
    *(Code.IDEMPOTENCY_CONFLICT, Code.UNAVAILABLE, Code.INTERNAL),
)

# From what, how, to what: the kinds of things that an edge of the lineage graph ties.
Edge = tuple[str, str, str]


class Action(Contract):
    """One field of the API: its input and output contracts, who may call it, and what it does in a sentence.

    `workflow` names the Temporal workflow that carries on when recording is not all; None means that it is.
    `events` are the types that the handler tells, `lineage` the edges that it adds to the graph, and `refusals` the
    codes with which the handler itself refuses; every action may also refuse with those of `EDGE_REFUSALS`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    PLATFORM: ClassVar[str] = "admin"

    name: str
    kind: str
    operation: Literal["mutation", "query"]
    takes: type[Contract]
    answers: type[Contract]
    roles: tuple[Role, ...]
    says: str
    events: tuple[type[EventData], ...]
    lineage: tuple[Edge, ...]
    refusals: tuple[Code, ...]
    workflow: str | None = None
