"""The plan of a whole operation: what the database answers, what handlers answer, what is known already."""

from dataclasses import dataclass

from embedded.hasura.document.tree import Operation, Selected
from embedded.hasura.document.variables import Variables
from embedded.hasura.errors import invalid
from embedded.hasura.plan.actions import ActionStep, action_step
from embedded.hasura.plan.select import Select
from embedded.hasura.plan.tree import RootQuery
from embedded.hasura.plan.write_tree import QueryStep, WriteStep
from embedded.hasura.plan.writes import Writes
from embedded.hasura.schema.meanings import (
    CallAction,
    CallFunction,
    CallFunctionAggregate,
    Introspection,
    Nothing,
    QueueAction,
    ReadActionLog,
    SelectAggregate,
    SelectByKey,
    SelectRows,
    StreamRows,
    TypeName,
)
from embedded.hasura.schema.view import RoleView
from embedded.hasura.schema.write_meanings import DeleteRows, InsertRows, UpdateRows


@dataclass(frozen=True)
class OperationPlan:
    """What to do for one operation; `keys` is the order of the answer.

    Whatever a mutation does in the database stands in `writes`, and nothing in `queries`.
    """

    kind: str
    keys: tuple[str, ...]
    queries: tuple[RootQuery, ...]
    actions: tuple[ActionStep, ...]
    constants: dict[str, str | None]
    introspections: tuple[Selected, ...]
    writes: tuple[WriteStep, ...] = ()


def plan_operation(
    operation: Operation, view: RoleView, variables: Variables, *, numbers_as_text: bool = False
) -> OperationPlan:
    """The plan of a validated operation for one role.

    Raises:
        EngineError: validation-failed, for what only the plan shows.
    """
    select = Select(view, variables, numbers_as_text=numbers_as_text)
    changing = Writes(view, variables, select)
    queries: list[RootQuery] = []
    writes: list[WriteStep] = []
    actions: list[ActionStep] = []
    constants: dict[str, str | None] = {}
    introspections: list[Selected] = []
    for selected in operation.fields:
        match selected.meaning:
            case (
                SelectRows()
                | SelectByKey()
                | SelectAggregate()
                | StreamRows()
                | CallFunction()
                | CallFunctionAggregate()
            ):
                query = select.root(selected)
                if operation.kind == "mutation":
                    writes.append(QueryStep(selected.key, query))
                else:
                    queries.append(query)
            case CallAction() | QueueAction() | ReadActionLog():
                actions.append(action_step(select, selected))
            case InsertRows() | UpdateRows() | DeleteRows():
                writes.append(changing.step(selected))
            case TypeName():
                constants[selected.key] = selected.type_name
            case Introspection():
                introspections.append(selected)
            case Nothing():
                constants[selected.key] = None
            case _:
                raise TypeError(selected.name)
    keys = tuple(selected.key for selected in operation.fields)
    if len(keys) > 1 and any(query.cursor is not None for query in queries):
        raise invalid("streaming subscriptions must select one top level field")
    introspected = tuple(introspections)
    return OperationPlan(operation.kind, keys, tuple(queries), tuple(actions), constants, introspected, tuple(writes))
