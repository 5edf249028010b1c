"""Follow new names of tables, columns and relationships through the metadata, down into permission filters."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from embedded.hasura.metadata.names import QualifiedName, qualified
from embedded.hasura.metadata.tables import Relationship, RemoteKey, Table
from embedded.hasura.metadata.tree import Metadata

Names = Mapping[str, str]
NamesByTable = Mapping[QualifiedName, Names]

# The table that a relationship leads to; None if there is no such relationship.
Target = Callable[[QualifiedName, str], QualifiedName | None]

_LISTS = {"_and", "_or"}
_COLUMN_COMPARISONS = {"_ceq", "_cne", "_cneq", "_cgt", "_cgte", "_clt", "_clte"}


@dataclass(frozen=True)
class Renaming:
    """New names by old ones; tables are called by their old names throughout."""

    tables: Mapping[QualifiedName, QualifiedName] = field(default_factory=dict[QualifiedName, QualifiedName])
    columns: NamesByTable = field(default_factory=dict[QualifiedName, Names])
    relationships: NamesByTable = field(default_factory=dict[QualifiedName, Names])

    def table(self, name: QualifiedName) -> QualifiedName:
        """What a table is called now."""
        return self.tables.get(name, name)

    def column(self, table: QualifiedName, name: str) -> str:
        """What a column is called now."""
        return self.columns.get(table, {}).get(name, name)

    def field(self, table: QualifiedName, name: str) -> str:
        """What a column or relationship is called now."""
        return self.relationships.get(table, {}).get(name, self.column(table, name))


def renamed(metadata: Metadata, renaming: Renaming, target: Target) -> Metadata:
    """A copy of the metadata in which everything goes by its new name."""
    copy = metadata.model_copy(deep=True)
    for source in copy.sources:
        for table in source.tables:
            _rename_table(table, _Filters(renaming, target))
    for owner in copy.custom_types.objects:
        for relationship in owner.relationships or ():
            there = relationship.remote_table
            mapping = relationship.field_mapping.items()
            relationship.field_mapping = {mine: renaming.column(there, theirs) for mine, theirs in mapping}
            relationship.remote_table = renaming.table(there)
    return copy


def compared_with_constants(table: Table, target: Target) -> Iterator[tuple[str, str, QualifiedName, str]]:
    """Where a permission of `table` writes a constant for a column: kind and role of it, then table and column."""
    for kind, grant in _grants(table):
        filters = _Filters(Renaming(), target)
        for key in ("filter", "check"):
            written = getattr(grant.permission, key, None)
            if written is not None:
                filters.rewritten(written, table.table, table.table)
        presets: dict[str, Any] = getattr(grant.permission, "set", {})
        found = [*filters.constants, *((table.table, name) for name, value in presets.items() if _constant(value))]
        for owner, column in found:
            yield kind, grant.role, owner, column


def _grants(table: Table) -> Iterator[tuple[str, Any]]:
    for kind in ("select", "insert", "update", "delete"):
        for grant in getattr(table, f"{kind}_permissions"):
            yield kind, grant


def _rename_table(table: Table, filters: "_Filters") -> None:
    names, old = filters.renaming, table.table
    config = table.configuration
    config.column_config = {names.column(old, column): value for column, value in config.column_config.items()}
    config.custom_column_names = {names.column(old, key): name for key, name in config.custom_column_names.items()}
    for relationship in (*table.object_relationships, *table.array_relationships):
        relationship.name = names.field(old, relationship.name)
        _rename_target(relationship, old, names)
    for _, grant in _grants(table):
        permission = grant.permission
        if isinstance(getattr(permission, "columns", None), list):
            permission.columns = [names.column(old, column) for column in permission.columns]
        if getattr(permission, "set", None):
            permission.set = {names.column(old, column): value for column, value in permission.set.items()}
        for key in ("filter", "check"):
            written = getattr(permission, key, None)
            if written is not None:
                setattr(permission, key, filters.rewritten(written, old, old))
    table.table = names.table(old)


def _rename_target(relationship: Relationship, table: QualifiedName, names: Renaming) -> None:
    using = relationship.using
    match using.foreign_key_constraint_on:
        case str(column):
            using.foreign_key_constraint_on = names.column(table, column)
        case list(columns):
            using.foreign_key_constraint_on = [names.column(table, column) for column in columns]
        case RemoteKey() as key:
            if key.column is not None:
                key.column = names.column(key.table, key.column)
            if key.columns is not None:
                key.columns = [names.column(key.table, column) for column in key.columns]
            key.table = names.table(key.table)
        case None:
            pass
    manual = using.manual_configuration
    if manual is not None:
        there, mapping = manual.remote_table, manual.column_mapping.items()
        manual.column_mapping = {names.column(table, mine): names.column(there, theirs) for mine, theirs in mapping}
        manual.remote_table = names.table(there)


class _Filters:
    """Walks permission filters; notes every column that is compared with a constant."""

    def __init__(self, renaming: Renaming, target: Target) -> None:
        self.renaming = renaming
        self.constants: list[tuple[QualifiedName, str]] = []
        self._target = target

    def rewritten(self, written: Any, table: QualifiedName, root: QualifiedName) -> Any:
        """A filter about `table` with the new names; `root` is the table the whole filter belongs to."""
        if not isinstance(written, dict):
            return written
        made: dict[str, Any] = {}
        for key, value in cast("dict[str, Any]", written).items():
            name = _spelled(key)
            if name in _LISTS and isinstance(value, list):
                made[key] = [self.rewritten(item, table, root) for item in cast("list[Any]", value)]
            elif name == "_not":
                made[key] = self.rewritten(value, table, root)
            elif name == "_exists":
                made[key] = self._exists(value, root)
            else:
                target = self._target(table, key)
                inner = self._column(key, value, table, root) if target is None else self.rewritten(value, target, root)
                made[self.renaming.field(table, key)] = inner
        return made

    def _exists(self, written: Any, root: QualifiedName) -> Any:
        if not isinstance(written, dict) or "_table" not in written:
            return cast("Any", written)
        given = cast("dict[str, Any]", written)
        try:
            there = qualified(given["_table"])
        except ValueError:
            return given
        now = self.renaming.table(there)
        name = given["_table"] if now == there else now._asdict()
        return {**given, "_table": name, "_where": self.rewritten(given.get("_where", {}), there, root)}

    def _column(self, column: str, value: Any, table: QualifiedName, root: QualifiedName) -> Any:
        if not isinstance(value, dict):
            self._note(column, value, table)
            return value
        made: dict[str, Any] = {}
        for operator, operand in cast("dict[str, Any]", value).items():
            name = _spelled(operator)
            if name in _COLUMN_COMPARISONS:
                made[operator] = self._other_column(operand, table, root)
                continue
            if name != "_is_null":
                self._note(column, operand, table)
            made[operator] = operand
        return made

    def _other_column(self, operand: Any, table: QualifiedName, root: QualifiedName) -> Any:
        match operand:
            case str():
                return self.renaming.column(table, operand)
            case ["$", str(name)]:
                return ["$", self.renaming.column(root, name)]
            case [str(name)]:
                return [self.renaming.column(table, name)]
            case _:
                return operand

    def _note(self, column: str, value: Any, table: QualifiedName) -> None:
        if _constant(value):
            self.constants.append((table, column))


def _constant(value: Any) -> bool:
    return not (isinstance(value, str) and value.lower().startswith("x-hasura-"))


def _spelled(key: str) -> str:
    return "_" + key[1:] if key.startswith("$") else key
