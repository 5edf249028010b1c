"""Root fields that call actions."""

from embedded.hasura.schema.action_types import ActionTypes
from embedded.hasura.schema.meanings import BoundField
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.roots.operation import OperationKind


def fields(registry: TypeRegistry, operation: OperationKind) -> dict[str, BoundField]:
    """The actions the role may call with such an operation, and the calls it may look after."""
    types, made = ActionTypes(registry), dict[str, BoundField]()
    for name, tracked in registry.view.tracked.actions.items():
        if not registry.view.allows(tracked):
            continue
        definition = tracked.action.definition
        if definition.type == operation:
            made[name] = types.field(tracked)
        elif definition.asynchronous:
            made[name] = types.log_field(tracked)
    return made
