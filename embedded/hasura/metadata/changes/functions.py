"""Track functions and computed fields, and say who may call functions."""

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.changes.change import (
    About,
    Arguments,
    Command,
    Dropped,
    dropped,
    name_in,
    read,
    source_of,
    table_of,
    text_in,
    without_place,
)
from embedded.hasura.metadata.labels import function_label, part_label
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.metadata.tables import ComputedField
from embedded.hasura.metadata.tree import Function, FunctionConfig, FunctionPermission, Metadata, Source


def track_function(metadata: Metadata, arguments: Arguments) -> About:
    """Track a function; the arguments are its name, or an object with `function`."""
    wrapped = _wrapped(arguments)
    name, source = name_in(wrapped, "function"), source_of(metadata, wrapped)
    if any(function.function == name for function in source.functions):
        raise EngineError("already-tracked", f'function already tracked : "{name.display}"', path="$.args")
    if source.table(name) is not None:
        raise EngineError("not-supported", f'table with name "{name.display}" already exists', path="$.args")
    written = {key: wrapped[key] for key in ("configuration", "comment") if wrapped.get(key)}
    source.functions.append(read(Function, {**written, "function": name}))
    return About(function_label(name, source.name))


def untrack_function(metadata: Metadata, arguments: Arguments) -> Dropped:
    """Stop tracking a function."""
    wrapped = _wrapped(arguments)
    source = source_of(metadata, wrapped)
    source.functions.remove(_existing(source, name_in(wrapped, "function")))
    return dropped(wrapped)


def set_function_customization(metadata: Metadata, arguments: Arguments) -> About:
    """Replace a function's configuration."""
    source = source_of(metadata, arguments)
    function = _existing(source, name_in(arguments, "function"))
    function.configuration = read(FunctionConfig, arguments.get("configuration") or {})
    return About(function_label(function.function, source.name))


def create_function_permission(metadata: Metadata, arguments: Arguments) -> About:
    """Let a role call a function."""
    source, role = source_of(metadata, arguments), text_in(arguments, "role")
    function = _existing(source, name_in(arguments, "function"))
    if any(permission.role == role for permission in function.permissions):
        where = f'for function "{function.function.display}" in source: "{source.name}"'
        raise EngineError("already-exists", f'permission of role "{role}" already exists {where}', path="$.args")
    function.permissions.append(FunctionPermission(role=role))
    return About(function_label(function.function, source.name))


def drop_function_permission(metadata: Metadata, arguments: Arguments) -> About:
    """Let a role no longer call a function."""
    source, role = source_of(metadata, arguments), text_in(arguments, "role")
    function = _existing(source, name_in(arguments, "function"))
    kept = [permission for permission in function.permissions if permission.role != role]
    if len(kept) == len(function.permissions):
        where = f'for function "{function.function.display}" in source: "{source.name}"'
        raise EngineError("not-exists", f'permission of role "{role}" does not exist {where}', path="$.args")
    function.permissions[:] = kept
    return About(function_label(function.function, source.name))


def add_computed_field(metadata: Metadata, arguments: Arguments) -> About:
    """Add a computed field."""
    table = table_of(metadata, arguments, "$.args.table")
    field = read(ComputedField, without_place(arguments))
    taken = (*table.computed_fields, *table.object_relationships, *table.array_relationships)
    if any(other.name == field.name for other in taken):
        message = f'field with name "{field.name}" already exists in table "{table.table.display}"'
        raise EngineError("already-exists", message, path="$.args.name")
    table.computed_fields.append(field)
    return About(part_label("computed_field", field.name, table.table))


def drop_computed_field(metadata: Metadata, arguments: Arguments) -> Dropped:
    """Remove a computed field."""
    table, name = table_of(metadata, arguments, "$.args.table"), text_in(arguments, "name")
    kept = [field for field in table.computed_fields if field.name != name]
    if len(kept) == len(table.computed_fields):
        raise EngineError("not-exists", f'computed field "{name}" does not exist', path="$.args.name")
    table.computed_fields[:] = kept
    return dropped(arguments)


def _wrapped(arguments: Arguments) -> Arguments:
    return arguments if "function" in arguments else {"function": arguments}


def _existing(source: Source, name: QualifiedName) -> Function:
    for function in source.functions:
        if function.function == name:
            return function
    message = f'function "{name.display}" does not exist in source: {source.name}'
    raise EngineError("not-exists", message, path="$.args")


COMMANDS: dict[str, Command] = {
    "track_function": track_function,
    "untrack_function": untrack_function,
    "set_function_customization": set_function_customization,
    "create_function_permission": create_function_permission,
    "drop_function_permission": drop_function_permission,
    "add_computed_field": add_computed_field,
    "drop_computed_field": drop_computed_field,
}
