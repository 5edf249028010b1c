"""Join metadata with the catalogue, leaving out (and reporting) what does not fit."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from pydantic import BaseModel

from embedded.hasura.catalogue.tree import Catalogue, Column, ForeignKey, Relation
from embedded.hasura.metadata.labels import inherited_role_label, part_label, source_label
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.metadata.tables import ManualMapping, Relationship, RemoteKey, Table
from embedded.hasura.metadata.tables import SelectGrant as WrittenGrant
from embedded.hasura.metadata.tree import Metadata, Source
from embedded.hasura.schema.actions import track_actions
from embedded.hasura.schema.computed import track_computed
from embedded.hasura.schema.definitions import permission_definition, permission_reason, relationship_definition
from embedded.hasura.schema.enums import enum_type
from embedded.hasura.schema.filters import FilterReader
from embedded.hasura.schema.functions import track_function
from embedded.hasura.schema.inherited import ancestors, inherit, parents_of
from embedded.hasura.schema.names import is_graphql_name, table_name
from embedded.hasura.schema.tracked import (
    ADMIN,
    Inconsistency,
    InconsistentObject,
    SelectGrant,
    Tracked,
    TrackedColumn,
    TrackedFunction,
    TrackedRelationship,
    TrackedTable,
)
from embedded.hasura.schema.write_permissions import track_write_permissions

Kind = Literal["object", "array"]
Tables = dict[QualifiedName, TrackedTable]


def track(
    metadata: Metadata, catalogue: Catalogue, environment: Mapping[str, str], *, permissions_inferred: bool = True
) -> Tracked:
    """Everything that is consistent, and a list of what is not.

    With `permissions_inferred`, who may read a table may call the query functions that return its rows.
    """
    tracker = _Tracker(catalogue, permissions_inferred=permissions_inferred)
    for source in metadata.sources:
        if source.name == "default":
            tracker.track_source(source)
        else:
            reason = "other sources than default are not supported by the embedded engine"
            tracker.refuse("source", source_label(source.name), reason, source)
    parents = tracker.inherit(metadata)
    actions, refused = track_actions(metadata, environment, tracker.tables)
    inconsistent = (*tracker.inconsistent, *refused)
    return Tracked(tracker.tables, actions, metadata.custom_types, inconsistent, tracker.functions, parents)


class _Tracker:
    def __init__(self, catalogue: Catalogue, *, permissions_inferred: bool) -> None:
        self._catalogue = catalogue
        self._permissions_inferred = permissions_inferred
        self.tables: Tables = {}
        self.functions: dict[QualifiedName, TrackedFunction] = {}
        self.inconsistent: list[InconsistentObject] = []

    def refuse(self, kind: str, name: str, reason: str, definition: BaseModel | dict[str, Any]) -> None:
        """Report one object that is left out."""
        written = definition.model_dump(exclude_defaults=True) if isinstance(definition, BaseModel) else definition
        self.inconsistent.append(InconsistentObject(kind, name, reason, written))

    def track_source(self, source: Source) -> None:
        """Tables first, then relationships and computed fields between them, then permissions that may use all."""
        for table in source.tables:
            self._table(table)
        for table in self.tables.values():
            self._enum_columns(table)
        known = [table for table in source.tables if table.table in self.tables]
        for table in known:
            self._relationships(table)
        for table in known:
            self._computed(table)
        for table in known:
            self._permissions(table)
            self.inconsistent.extend(track_write_permissions(self.tables, table))
        for function in source.functions:
            try:
                self.functions[function.function] = track_function(
                    function, self._catalogue, self.tables, permissions_inferred=self._permissions_inferred
                )
            except Inconsistency as why:
                name = f"function {function.function.display} in source default"
                self.refuse("function", name, str(why), function.function._asdict())

    def inherit(self, metadata: Metadata) -> dict[str, frozenset[str]]:
        """Give inherited roles what their parents have; answers all ancestors of each."""
        parents = parents_of(metadata.inherited_roles)
        found: dict[str, frozenset[str]] = {}
        for role in parents:
            try:
                found[role] = ancestors(role, parents)
            except Inconsistency as why:
                written = {"role_name": role, "role_set": list(parents[role])}
                self.refuse("inherited_role", inherited_role_label(role), str(why), written)
        consistent = {role: parents[role] for role in found}
        for table in self.tables.values():
            # All are read before any is written: a grant of its own, not an inherited one, is what counts.
            grants = {role: inherit(table, role, consistent) for role in consistent}
            table.grants.update({role: grant for role, grant in grants.items() if grant is not None})
        return found

    def _table(self, table: Table) -> None:
        relation = self._catalogue.get(table.table)
        name = f"table {table.table.display} in source default"
        if relation is None:
            reason = f'no such table/view exists in source: "{table.table.display}"'
            self.refuse("table", name, reason, table.table._asdict())
            return
        graphql_name = table.configuration.custom_name or table_name(table.table)
        try:
            values = self._catalogue.enums.get(table.table)
            enum = enum_type(relation, graphql_name, values) if table.is_enum else None
        except Inconsistency as why:
            self.refuse("table", name, str(why), table.table._asdict())
            return
        self.tables[table.table] = TrackedTable(
            name=table.table,
            graphql_name=graphql_name,
            description=table.configuration.comment or relation.description,
            relation=relation,
            columns={column.name: _column(column, table) for column in relation.columns},
            primary_key=relation.primary_key,
            root_fields=table.configuration.custom_root_fields,
            enum=enum,
        )

    def _enum_columns(self, table: TrackedTable) -> None:
        """Give columns that refer to an enum table its type."""
        for key in table.relation.foreign_keys:
            target = self.tables.get(key.target)
            if target is not None and target.enum is not None and len(key.columns) == 1:
                column = table.columns[key.columns[0]]
                table.columns[column.name] = replace(column, type=replace(column.type, enum=target.enum))

    def _computed(self, table: Table) -> None:
        tracked = self.tables[table.table]
        for computed in table.computed_fields:
            try:
                refuse_column_names(tracked, computed.name)
                tracked.computed[computed.name] = track_computed(tracked, computed, self._catalogue, self.tables)
            except Inconsistency as why:
                name = f"computed_field {computed.name} in table {table.table.display} in source default"
                definition = {
                    "table": table.table._asdict(),
                    "source": "default",
                    "comment": computed.comment,
                    **computed.model_dump(exclude_none=True),
                }
                self.refuse("computed_field", name, str(why), definition)

    def _relationships(self, table: Table) -> None:
        groups: list[tuple[Kind, list[Relationship]]] = [
            ("object", table.object_relationships),
            ("array", table.array_relationships),
        ]
        for kind, relationships in groups:
            for relationship in relationships:
                try:
                    self._relationship(self.tables[table.table], relationship, kind)
                except Inconsistency as why:
                    name = part_label(f"{kind}_relation", relationship.name, table.table)
                    self.refuse(f"{kind}_relation", name, str(why), relationship_definition(table.table, relationship))

    def _relationship(self, table: TrackedTable, written: Relationship, kind: Kind) -> None:
        refuse_column_names(table, written.name)
        if written.name in table.relationships:
            raise Inconsistency(f'Multiple definitions for "{written.name}" in table "{table.name.display}"')
        where = f'in table "{table.name.display}": in relationship "{written.name}": '
        try:
            resolved = self._resolve(table.relation, written, kind)
        except Inconsistency as why:
            raise Inconsistency(where + str(why)) from None
        if resolved.target not in self.tables:
            raise Inconsistency(f'{where}table "{resolved.target.display}" is not tracked')
        table.relationships[written.name] = resolved

    def _resolve(self, relation: Relation, written: Relationship, kind: Kind) -> TrackedRelationship:
        match written.using.foreign_key_constraint_on, written.using.manual_configuration:
            case None, ManualMapping() as manual:
                return self._manual(relation, written, kind, manual)
            case str() | list() as columns, None if kind == "object":
                key = _only(relation.foreign_keys_on([columns] if isinstance(columns, str) else columns), columns)
                mapping = tuple(zip(key.columns, key.target_columns, strict=True))
                nullable = any(relation.columns_by_name[column].nullable for column in key.columns)
                return TrackedRelationship(written.name, kind, key.target, mapping, nullable, True, written.comment)
            case RemoteKey() as remote, None:
                mapping = self._reverse(relation, remote)
                return TrackedRelationship(
                    written.name, kind, remote.table, mapping, True, False, written.comment, True
                )
            case _:
                raise Inconsistency("a relationship needs a foreign key or a manual configuration")

    def _manual(
        self, relation: Relation, written: Relationship, kind: Kind, manual: ManualMapping
    ) -> TrackedRelationship:
        target = self._catalogue.get(manual.remote_table)
        if target is None:
            raise Inconsistency(f'table "{manual.remote_table.display}" does not exist')
        for mine, theirs in manual.column_mapping.items():
            if mine not in relation.columns_by_name:
                raise Inconsistency(f'column "{mine}" does not exist')
            if theirs not in target.columns_by_name:
                raise Inconsistency(f'column "{theirs}" does not exist')
        mapping = tuple(manual.column_mapping.items())
        after = kind == "array" or manual.insertion_order == "after_parent"
        return TrackedRelationship(
            written.name, kind, manual.remote_table, mapping, True, False, written.comment, after
        )

    def _reverse(self, relation: Relation, remote: RemoteKey) -> tuple[tuple[str, str], ...]:
        other = self._catalogue.get(remote.table)
        if other is None:
            raise Inconsistency(f'table "{remote.table.display}" does not exist')
        keys = [key for key in other.foreign_keys_on(remote.all_columns) if key.target == relation.name]
        key = _only(keys, remote.all_columns)
        return tuple(zip(key.target_columns, key.columns, strict=True))

    def _permissions(self, table: Table) -> None:
        for grant in table.select_permissions:
            try:
                self.tables[table.table].grants[grant.role] = self._grant(self.tables[table.table], grant)
            except Inconsistency as why:
                name = part_label("select_permission", grant.role, table.table)
                reason = permission_reason(table.table, grant.role, why)
                self.refuse("select_permission", name, reason, permission_definition(table.table, grant))

    def _grant(self, table: TrackedTable, grant: WrittenGrant) -> SelectGrant:
        if grant.role == ADMIN:
            raise Inconsistency("cannot define permission for admin role")
        permission = grant.permission
        columns = None if permission.columns == "*" else frozenset(permission.columns)
        for column in columns or ():
            if column not in table.columns:
                raise Inconsistency(f'column "{column}" does not exist')
        for name in permission.computed_fields:
            _check_granted(table, name)
        return SelectGrant(
            columns=columns,
            condition=FilterReader(self.tables, table).read(permission.filter),
            limit=permission.limit,
            allow_aggregations=permission.allow_aggregations,
            query_root_fields=_field_set(permission.query_root_fields),
            subscription_root_fields=_field_set(permission.subscription_root_fields),
            computed=frozenset(permission.computed_fields),
        )


def _column(column: Column, table: Table) -> TrackedColumn:
    config = table.configuration.column_config.get(column.name)
    comment = config.comment if config is not None else None
    field = table.configuration.column_name(column.name)
    description = comment or column.description
    return TrackedColumn(column.name, field, column.type, column.nullable, description, table.table)


def _check_granted(table: TrackedTable, name: str) -> None:
    computed = table.computed.get(name)
    if computed is None:
        raise Inconsistency(f'computed field "{name}" does not exist')
    if computed.returns is not None:
        returned = computed.returns.display
        what = f'permissions on computed field "{name}" are auto-derived from the permissions on its returning table'
        raise Inconsistency(f'select {what} "{returned}" and cannot be specified manually')


def refuse_column_names(table: TrackedTable, name: str) -> None:
    """Refuse a name for a relationship or computed field that a column of the table has in SQL or in GraphQL.

    Raises:
        Inconsistency: in the words for either.
    """
    if name in table.columns:
        raise Inconsistency("field definition conflicts with postgres column")
    for column in table.columns.values():
        if column.field == name:
            message = f'field definition conflicts with custom field name for postgres column "{column.name}"'
            raise Inconsistency(message)


def _field_set(fields: list[str] | None) -> frozenset[str] | None:
    return None if fields is None else frozenset(fields)


def _only(keys: list[ForeignKey], columns: str | list[str]) -> ForeignKey:
    many = "" if isinstance(columns, str) or len(columns) == 1 else "(s)"
    if not keys:
        raise Inconsistency(f"no foreign constraint exists on the given column{many}")
    if len(keys) > 1:
        raise Inconsistency(f"more than one foreign key constraint exists on the given column{many}")
    return keys[0]


def columns_usable(table: TrackedTable) -> list[TrackedColumn]:
    """The columns that have GraphQL names."""
    return [column for column in table.columns.values() if is_graphql_name(column.field)]
