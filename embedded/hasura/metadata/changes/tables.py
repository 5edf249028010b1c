"""Track and untrack tables, and say how they are called."""

from typing import Any, cast

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
    truth_in,
)
from embedded.hasura.metadata.labels import table_label
from embedded.hasura.metadata.tables import ColumnConfig, CustomRootFields, Table, TableConfig
from embedded.hasura.metadata.tree import Metadata


def track_table(metadata: Metadata, arguments: Arguments) -> About:
    """Track a table; the arguments are its name, or an object with `table`."""
    wrapped = arguments if "table" in arguments else {"table": arguments}
    written = wrapped["table"]
    if isinstance(written, dict) and "table" in written:
        # The second version wraps what the first one took, where that took an object.
        inner = cast("dict[str, Any]", written)
        wrapped = {**wrapped, **inner}
    name, source = name_in(wrapped), source_of(metadata, wrapped)
    if source.table(name) is not None:
        raise EngineError("already-tracked", f'view/table already tracked : "{name.display}"', path="$.args")
    if any(function.function == name for function in source.functions):
        raise EngineError("not-supported", f'function with name "{name.display}" already exists', path="$.args")
    configuration = read(TableConfig, wrapped.get("configuration") or {})
    is_enum = truth_in(wrapped, "is_enum")
    source.tables.append(
        Table(
            table=name,
            configuration=configuration,
            is_enum=is_enum,
            apollo_federation_config=wrapped.get("apollo_federation_config"),
            logical_model=wrapped.get("logical_model"),
        )
    )
    return About(table_label(name, source.name))


def untrack_table(metadata: Metadata, arguments: Arguments) -> Dropped:
    """Stop tracking a table."""
    name, source = name_in(arguments), source_of(metadata, arguments)
    table = source.table(name)
    if table is None:
        raise EngineError("already-untracked", f'view/table already untracked : "{name.display}"', path="$.args")
    source.tables.remove(table)
    return dropped(arguments)


def set_table_customization(metadata: Metadata, arguments: Arguments) -> About:
    """Replace a table's configuration."""
    table = table_of(metadata, arguments)
    table.configuration = read(TableConfig, arguments.get("configuration") or {})
    return About(table_label(table.table))


def set_table_custom_fields(metadata: Metadata, arguments: Arguments) -> About:
    """Replace a table's names, in the older form."""
    table = table_of(metadata, arguments)
    given = cast("dict[str, Any]", arguments.get("custom_column_names") or {})
    names = {str(key): str(value) for key, value in given.items()}
    table.configuration = TableConfig(
        custom_root_fields=read(CustomRootFields, arguments.get("custom_root_fields") or {}),
        custom_column_names=names,
        column_config={column: ColumnConfig(custom_name=name) for column, name in names.items()},
    )
    return About(table_label(table.table))


def set_table_is_enum(metadata: Metadata, arguments: Arguments) -> About:
    """Make a table's rows the values of an enum, or ordinary rows again."""
    table = table_of(metadata, arguments)
    if "is_enum" not in arguments:
        raise EngineError("parse-failed", "the key 'is_enum' was not present")
    table.is_enum = truth_in(arguments, "is_enum")
    return About(table_label(table.table))


def set_apollo_federation_config(metadata: Metadata, arguments: Arguments) -> About:
    """Keep what Apollo's federation is told of a table; it has no effect here."""
    table = table_of(metadata, arguments)
    table.apollo_federation_config = arguments.get("apollo_federation_config")
    return About(table_label(table.table))


COMMANDS: dict[str, Command] = {
    "track_table": track_table,
    "add_existing_table_or_view": track_table,
    "untrack_table": untrack_table,
    "set_table_customization": set_table_customization,
    "set_table_custom_fields": set_table_custom_fields,
    "set_table_is_enum": set_table_is_enum,
    "set_apollo_federation_config": set_apollo_federation_config,
}
