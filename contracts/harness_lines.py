"""What a program in a sandbox may say to its harness: JSON Lines on standard output, one object a line.

Five types of line are known. Whatever else stands on standard output is log, so that any program can be wrapped.
"""

import re
from enum import StrEnum
from typing import Annotated, Any, Literal, cast, get_args
from uuid import UUID

import pydantic_core
from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from contracts.base import Contract, Digest, LongText, Name

# A line becomes part of an event, and events travel through Temporal and to every portal.
LINE_CHARACTERS_MAX = 32_768
STEPS_MAX = 1_000
_FAULTS_TOLD_MAX = 5

StepName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]


class ObservationKind(StrEnum):
    """What sort of thing was seen."""

    PAGE = "page"
    RESPONSE = "response"
    FILE = "file"


class NeedKind(StrEnum):
    """What stands in the way, as far as a program can tell."""

    AUTH_WALL = "auth_wall"
    ENDPOINT_UNREADY = "endpoint_unready"
    SECRET_UNRESOLVABLE = "secret_unresolvable"  # noqa: S105  - a kind, not a credential
    CONFLICT = "conflict"


class Progress(Contract):
    """How far the program is; `headline` is what people see."""

    type: Literal["progress"]
    headline: Name
    step: StepName | None = None
    steps_done: int | None = Field(default=None, ge=0, le=STEPS_MAX)
    steps_total: int | None = Field(default=None, ge=1, le=STEPS_MAX)


class Observation(Contract):
    """Something that the program saw and can show; `subject` is a path or the path part of a URL."""

    type: Literal["observation"]
    kind: ObservationKind
    subject: Name
    endpoint_id: UUID | None = None
    digest: Digest | None = None
    detail: LongText | None = None


class Propose(Contract):
    """The program asks to propose what it changed; the platform takes the change itself, never from this line."""

    type: Literal["propose"]
    kind: Literal["git_change"]
    title: Name
    reason: LongText | None = None


class Need(Contract):
    """The program cannot go on without an answer."""

    type: Literal["need"]
    kind: NeedKind
    question: LongText
    endpoint_id: UUID | None = None


class Done(Contract):
    """The program is through; what it says after this is log."""

    type: Literal["done"]
    outcome: Literal["succeeded", "failed"]
    headline: Name
    reason: LongText | None = None


HarnessLine = Annotated[Progress | Observation | Propose | Need | Done, Field(discriminator="type")]
# The same, by the type that a line names.
HARNESS_LINES: dict[str, type[Contract]] = {
    get_args(line.model_fields["type"].annotation)[0]: line for line in (Progress, Observation, Propose, Need, Done)
}

_LINE: TypeAdapter[Progress | Observation | Propose | Need | Done] = TypeAdapter(HarnessLine)
_BEGINS_AS_LINE = re.compile(rf'\s*\{{\s*"type"\s*:\s*"({"|".join(HARNESS_LINES)})"')


class LineRefusedError(ValueError):
    """A line names a known type and is not written as that type asks; the message is one sentence for people."""


def parse(line: str) -> Progress | Observation | Propose | Need | Done | None:
    """What a line of standard output says; None for one that is log: no JSON object, or of no known type.

    A line longer than `LINE_CHARACTERS_MAX` is log unless it begins with a known type.

    Raises:
        LineRefusedError: for a line of a known type that is not valid.
    """
    if len(line) > LINE_CHARACTERS_MAX:
        begun = _BEGINS_AS_LINE.match(line)
        if begun is None:
            return None
        raise LineRefusedError(f"The line of type {begun[1]} has more than {LINE_CHARACTERS_MAX} characters.")
    said = _object(line)
    if said is None or said.get("type") not in HARNESS_LINES:
        return None
    try:
        return _LINE.validate_json(line, strict=True)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'][1:])) or 'line'}: {fault['msg']}"
            for fault in error.errors(include_url=False, include_context=False, include_input=False)[:_FAULTS_TOLD_MAX]
        )
        raise LineRefusedError(f"The line of type {said['type']} is not valid: {faults}.") from error


def _object(line: str) -> dict[str, Any] | None:
    try:
        said = pydantic_core.from_json(line.encode(), allow_inf_nan=False)
    except ValueError:
        return None
    # A type that is no text, such as a list, cannot be looked up and is none of ours.
    if not isinstance(said, dict) or not isinstance(cast("dict[str, Any]", said).get("type"), str):
        return None
    return cast("dict[str, Any]", said)
