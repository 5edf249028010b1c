"""What to do for fields that are about actions: call a handler, note a call for later, tell what became of one."""

from dataclasses import dataclass
from typing import Literal

from embedded.hasura.document.tree import InputValue, Selected
from embedded.hasura.plan.select import Select
from embedded.hasura.plan.tree import Joined
from embedded.hasura.schema.meanings import (
    ActionField,
    ActionLogField,
    CallAction,
    QueueAction,
    ReadActionLog,
    TypeName,
)
from embedded.hasura.schema.tracked import TrackedAction


@dataclass(frozen=True)
class OutputField:
    """A field of an action's answer: `name` in the answer, or a constant, or (both None) from the joined tables."""

    key: str
    name: str | None
    constant: str | None
    output: "Output"


@dataclass(frozen=True)
class Output:
    """What of an action's answer is wanted; without fields, all of it."""

    fields: tuple[OutputField, ...] = ()
    joined: Joined | None = None
    joins: bool = False  # here or anywhere below


@dataclass(frozen=True)
class CallStep:
    """A call of an action's handler."""

    key: str
    action: TrackedAction
    arguments: dict[str, InputValue]
    output: Output


@dataclass(frozen=True)
class QueueStep:
    """A call of an asynchronous action."""

    key: str
    action: TrackedAction
    arguments: dict[str, InputValue]


@dataclass(frozen=True)
class LogMember:
    """A member of what became of a call: `name` in the log, or a constant."""

    key: str
    name: Literal["id", "created_at", "errors", "output"] | None
    constant: str | None
    output: Output


@dataclass(frozen=True)
class LogStep:
    """What became of the call that `id` stands for."""

    key: str
    action: TrackedAction
    id: InputValue
    members: tuple[LogMember, ...]


ActionStep = CallStep | QueueStep | LogStep

_NOTHING = Output()


def action_step(select: Select, selected: Selected) -> ActionStep:
    """The plan of a root field about an action."""
    match selected.meaning:
        case CallAction(action):
            return CallStep(selected.key, action, selected.arguments, _output(select, selected.selections))
        case QueueAction(action):
            return QueueStep(selected.key, action, selected.arguments)
        case ReadActionLog(action):
            members = tuple(_log_member(select, member) for member in selected.selections)
            return LogStep(selected.key, action, selected.arguments["id"], members)
        case _:
            raise TypeError(selected.name)


def _output(select: Select, selections: tuple[Selected, ...]) -> Output:
    fields: list[OutputField] = []
    for selected in selections:
        match selected.meaning:
            case TypeName():
                fields.append(OutputField(selected.key, None, selected.type_name, _NOTHING))
            case ActionField(name):
                fields.append(OutputField(selected.key, name, None, _output(select, selected.selections)))
            case _:
                fields.append(OutputField(selected.key, None, None, _NOTHING))
    joined = select.joined(selections)
    return Output(tuple(fields), joined, joined is not None or any(field.output.joins for field in fields))


def _log_member(select: Select, selected: Selected) -> LogMember:
    match selected.meaning:
        case ActionLogField(name):
            return LogMember(selected.key, name, None, _output(select, selected.selections))
        case _:
            return LogMember(selected.key, None, selected.type_name, _NOTHING)
