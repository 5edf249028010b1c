"""Inherited roles, and for whom introspection is off."""

from pydantic import Field

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.changes.change import About, Arguments, Command, read, text_in
from embedded.hasura.metadata.labels import inherited_role_label
from embedded.hasura.metadata.names import Text
from embedded.hasura.metadata.tables import Node
from embedded.hasura.metadata.tree import IntrospectionOptions, Metadata


class _InheritedRole(Node):
    role_name: Text
    role_set: list[Text] = Field(min_length=1)


def add_inherited_role(metadata: Metadata, arguments: Arguments) -> About:
    """Add a role that may do what all of its parents may, or say anew who they are."""
    role = read(_InheritedRole, arguments)
    if role.role_name in role.role_set:
        message = "an inherited role name cannot be in the role combination"
        raise EngineError("invalid-params", message, path="$.args")
    kept = [other for other in metadata.inherited_roles if other["role_name"] != role.role_name]
    metadata.inherited_roles[:] = [*kept, {"role_name": role.role_name, "role_set": role.role_set}]
    return About(inherited_role_label(role.role_name))


def drop_inherited_role(metadata: Metadata, arguments: Arguments) -> About:
    """Remove an inherited role."""
    name = text_in(arguments, "role_name")
    kept = [other for other in metadata.inherited_roles if other["role_name"] != name]
    if len(kept) == len(metadata.inherited_roles):
        raise EngineError("not-exists", f'"{name}" inherited role doesn\'t exist', path="$.args")
    metadata.inherited_roles[:] = kept
    return About(inherited_role_label(name))


def set_introspection_options(metadata: Metadata, arguments: Arguments) -> None:
    """Say for whom introspection is off."""
    if "disabled_for_roles" not in arguments:
        raise EngineError("parse-failed", "the key 'disabled_for_roles' was not present")
    metadata.graphql_schema_introspection = read(IntrospectionOptions, arguments)


COMMANDS: dict[str, Command] = {
    "add_inherited_role": add_inherited_role,
    "drop_inherited_role": drop_inherited_role,
    "set_graphql_schema_introspection_options": set_introspection_options,
}
