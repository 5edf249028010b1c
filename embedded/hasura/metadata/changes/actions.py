"""Create, change and drop actions and the types they speak in."""

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.actions import Action, ActionDefinition, ActionPermission, CustomTypes
from embedded.hasura.metadata.changes.change import About, Arguments, Command, read, text_in
from embedded.hasura.metadata.labels import CUSTOM_TYPES_LABEL, action_label
from embedded.hasura.metadata.tree import Metadata


def set_custom_types(metadata: Metadata, arguments: Arguments) -> About:
    """Replace all custom types."""
    metadata.custom_types = read(CustomTypes, {key: value for key, value in arguments.items() if value is not None})
    return About(CUSTOM_TYPES_LABEL)


def create_action(metadata: Metadata, arguments: Arguments) -> About:
    """Add an action."""
    action = read(Action, arguments)
    _refuse_own_variables(action.definition)
    if metadata.action(action.name) is not None:
        raise EngineError("already-exists", f'action with name "{action.name}" already exists', path="$.args")
    metadata.actions.append(action)
    return About(action_label(action.name))


def update_action(metadata: Metadata, arguments: Arguments) -> About:
    """Replace an action's definition, keeping its permissions."""
    action = _existing(metadata, arguments, "name")
    if "definition" not in arguments:
        raise EngineError("parse-failed", "the key 'definition' was not present")
    definition = read(ActionDefinition, arguments["definition"])
    _refuse_own_variables(definition)
    action.definition = definition
    action.comment = arguments.get("comment")
    return About(action_label(action.name))


def drop_action(metadata: Metadata, arguments: Arguments) -> None:
    """Remove an action."""
    metadata.actions.remove(_existing(metadata, arguments, "name"))


def create_action_permission(metadata: Metadata, arguments: Arguments) -> About:
    """Let a role call an action."""
    action, role = _existing(metadata, arguments, "action"), text_in(arguments, "role")
    if any(permission.role == role for permission in action.permissions):
        message = f'permission for role "{role}" is already defined on "{action.name}"'
        raise EngineError("already-exists", message, path="$.args")
    action.permissions.append(ActionPermission(role=role))
    return About(action_label(action.name))


def drop_action_permission(metadata: Metadata, arguments: Arguments) -> About:
    """Let a role no longer call an action."""
    action, role = _existing(metadata, arguments, "action"), text_in(arguments, "role")
    kept = [permission for permission in action.permissions if permission.role != role]
    if len(kept) == len(action.permissions):
        message = f'permission for role: "{role}" is not defined on "{action.name}"'
        raise EngineError("not-exists", message, path="$.args")
    action.permissions[:] = kept
    return About(action_label(action.name))


def _refuse_own_variables(definition: ActionDefinition) -> None:
    """Refuse headers that would carry the engine's own settings to a handler."""
    for i, header in enumerate(definition.headers):
        name = header.value_from_env or ""
        if name.startswith("HASURA_GRAPHQL_"):
            message = f'env variables starting with "HASURA_GRAPHQL_" are not allowed in value_from_env: {name}'
            raise EngineError("parse-failed", message, path=f"$.definition.headers[{i}]")


def _existing(metadata: Metadata, arguments: Arguments, key: str) -> Action:
    name = text_in(arguments, key)
    action = metadata.action(name)
    if action is None:
        raise EngineError("not-exists", f'action with name "{name}" does not exist', path="$.args")
    return action


COMMANDS: dict[str, Command] = {
    "set_custom_types": set_custom_types,
    "create_action": create_action,
    "update_action": update_action,
    "drop_action": drop_action,
    "create_action_permission": create_action_permission,
    "drop_action_permission": drop_action_permission,
}
