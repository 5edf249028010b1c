"""Root fields that call actions."""

from embedded.hasura.schema.action_types import ActionTypes
from embedded.hasura.schema.meanings import BoundField
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.roots.operation import OperationKind


def fields(registry: TypeRegistry, operation: OperationKind) -> dict[str, BoundField]:
    """The actions the role may call with such an operation."""
    types = ActionTypes(registry)
    view = registry.view
    return {
        name: types.field(action)
        for name, action in view.tracked.actions.items()
        if action.action.definition.type == operation and action.allows(view.role)
    }
