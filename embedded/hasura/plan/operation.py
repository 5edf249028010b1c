"""The plan of a whole operation: what the database answers, what handlers answer, what is known already."""

from dataclasses import dataclass

from embedded.hasura.document.tree import InputValue, Operation, Selected
from embedded.hasura.document.variables import Variables
from embedded.hasura.plan.select import Select
from embedded.hasura.plan.tree import Joined, RootQuery
from embedded.hasura.schema.meanings import (
    ActionField,
    CallAction,
    Introspection,
    Nothing,
    SelectAggregate,
    SelectByKey,
    SelectRows,
    TypeName,
)
from embedded.hasura.schema.tracked import TrackedAction
from embedded.hasura.schema.view import RoleView


@dataclass(frozen=True)
class ActionStep:
    """A call of an action: its input, and what of the answer is wanted."""

    key: str
    action: TrackedAction
    arguments: dict[str, InputValue]
    output: "tuple[OutputField, ...]"
    joined: Joined | None


@dataclass(frozen=True)
class OutputField:
    """A field of an action's answer: `name` in the answer, or a constant, or (both None) from the joined tables."""

    key: str
    name: str | None
    constant: str | None
    output: "tuple[OutputField, ...]"
    joined: Joined | None


@dataclass(frozen=True)
class OperationPlan:
    """What to do for one operation; `keys` is the order of the answer."""

    kind: str
    keys: tuple[str, ...]
    queries: tuple[RootQuery, ...]
    actions: tuple[ActionStep, ...]
    constants: dict[str, str | None]
    introspects: bool


def plan_operation(
    operation: Operation, view: RoleView, variables: Variables, *, numbers_as_text: bool = False
) -> OperationPlan:
    """The plan of a validated operation for one role."""
    select = Select(view, variables, numbers_as_text=numbers_as_text)
    queries: list[RootQuery] = []
    actions: list[ActionStep] = []
    constants: dict[str, str | None] = {}
    introspects = False
    for selected in operation.fields:
        match selected.meaning:
            case SelectRows() | SelectByKey() | SelectAggregate():
                queries.append(select.root(selected))
            case CallAction(action):
                output = _output(select, selected.selections)
                joined = select.joined(selected.selections)
                actions.append(ActionStep(selected.key, action, selected.arguments, output, joined))
            case TypeName():
                constants[selected.key] = selected.type_name
            case Introspection():
                introspects = True
            case Nothing():
                constants[selected.key] = None
            case _:
                raise TypeError(selected.name)
    keys = tuple(selected.key for selected in operation.fields)
    return OperationPlan(operation.kind, keys, tuple(queries), tuple(actions), constants, introspects)


def _output(select: Select, selections: tuple[Selected, ...]) -> tuple[OutputField, ...]:
    fields: list[OutputField] = []
    for selected in selections:
        match selected.meaning:
            case TypeName():
                fields.append(OutputField(selected.key, None, selected.type_name, (), None))
            case ActionField(name):
                inner = _output(select, selected.selections)
                fields.append(OutputField(selected.key, name, None, inner, select.joined(selected.selections)))
            case _:
                fields.append(OutputField(selected.key, None, None, (), None))
    return tuple(fields)
