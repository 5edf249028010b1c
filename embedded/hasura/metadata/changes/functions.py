"""Track functions and computed fields: kept in the metadata, and reported as inconsistent by this engine."""

from embedded.hasura.metadata.changes.change import Arguments, Command, name_in, read, source_of, table_of
from embedded.hasura.metadata.tables import ComputedField
from embedded.hasura.metadata.tree import Function, Metadata


def track_function(metadata: Metadata, arguments: Arguments) -> None:
    """Track a function; the arguments are its name, or an object with `function`."""
    wrapped = arguments if "function" in arguments else {"function": arguments}
    written = {key: wrapped[key] for key in ("configuration", "comment") if wrapped.get(key)}
    function = read(Function, {**written, "function": name_in(wrapped, "function")})
    source_of(metadata, wrapped).functions.append(function)


def untrack_function(metadata: Metadata, arguments: Arguments) -> None:
    """Stop tracking a function."""
    wrapped = arguments if "function" in arguments else {"function": arguments}
    name, source = name_in(wrapped, "function"), source_of(metadata, wrapped)
    source.functions[:] = [function for function in source.functions if function.function != name]


def add_computed_field(metadata: Metadata, arguments: Arguments) -> None:
    """Add a computed field."""
    written = {key: value for key, value in arguments.items() if key not in {"table", "source"}}
    table_of(metadata, arguments).computed_fields.append(read(ComputedField, written))


def drop_computed_field(metadata: Metadata, arguments: Arguments) -> None:
    """Remove a computed field."""
    table = table_of(metadata, arguments)
    table.computed_fields[:] = [field for field in table.computed_fields if field.name != arguments.get("name")]


COMMANDS: dict[str, Command] = {
    "track_function": track_function,
    "untrack_function": untrack_function,
    "add_computed_field": add_computed_field,
    "drop_computed_field": drop_computed_field,
}
