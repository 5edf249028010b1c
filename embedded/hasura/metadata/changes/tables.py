"""Track and untrack tables, and say how they are called."""

from typing import Any, cast

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.changes.change import Arguments, Command, name_in, read, source_of, table_of
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.metadata.tables import ColumnConfig, CustomRootFields, Table, TableConfig
from embedded.hasura.metadata.tree import Metadata, Source


def track_table(metadata: Metadata, arguments: Arguments) -> None:
    """Track a table; the arguments are its name, or an object with `table`."""
    wrapped = arguments if "table" in arguments else {"table": arguments}
    name = name_in(wrapped)
    source = source_of(metadata, wrapped)
    if source.table(name) is not None:
        raise EngineError("already-tracked", f'view/table already tracked : "{name.display}"', path="$.args")
    configuration = read(TableConfig, wrapped.get("configuration") or {})
    is_enum = bool(wrapped.get("is_enum", False))
    source.tables.append(Table(table=name, configuration=configuration, is_enum=is_enum))


def untrack_table(metadata: Metadata, arguments: Arguments) -> None:
    """Stop tracking a table; with `cascade`, relationships to it go as well."""
    table = table_of(metadata, arguments)
    source = source_of(metadata, arguments)
    source.tables.remove(table)
    if arguments.get("cascade"):
        forget_relationships_to(source, table.table)


def forget_relationships_to(source: Source, gone: QualifiedName) -> None:
    """Drop the relationships that name a table by hand or by its own foreign key."""
    for table in source.tables:
        for group in (table.object_relationships, table.array_relationships):
            kept = [relationship for relationship in group if _target(relationship.using) != gone]
            group[:] = kept


def _target(using: object) -> QualifiedName | None:
    key = getattr(using, "foreign_key_constraint_on", None)
    manual = getattr(using, "manual_configuration", None)
    return getattr(key, "table", None) or getattr(manual, "remote_table", None)


def set_table_customization(metadata: Metadata, arguments: Arguments) -> None:
    """Replace a table's configuration."""
    table_of(metadata, arguments).configuration = read(TableConfig, arguments.get("configuration") or {})


def set_table_custom_fields(metadata: Metadata, arguments: Arguments) -> None:
    """Replace a table's names, in the older form."""
    given = cast("dict[str, Any]", arguments.get("custom_column_names") or {})
    names = {str(key): str(value) for key, value in given.items()}
    table_of(metadata, arguments).configuration = TableConfig(
        custom_root_fields=read(CustomRootFields, arguments.get("custom_root_fields") or {}),
        custom_column_names=names,
        column_config={column: ColumnConfig(custom_name=name) for column, name in names.items()},
    )


def set_table_is_enum(metadata: Metadata, arguments: Arguments) -> None:
    """Make a table's rows the values of an enum, or ordinary rows again."""
    table_of(metadata, arguments).is_enum = bool(arguments.get("is_enum", False))


COMMANDS: dict[str, Command] = {
    "track_table": track_table,
    "add_existing_table_or_view": track_table,
    "untrack_table": untrack_table,
    "set_table_customization": set_table_customization,
    "set_table_custom_fields": set_table_custom_fields,
    "set_table_is_enum": set_table_is_enum,
}
