"""Have the metadata follow what SQL did to the database, or refuse the SQL."""

from collections.abc import Callable

from embedded.hasura.catalogue.structure import Difference
from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.metadata.renaming import Renaming, compared_with_constants, renamed
from embedded.hasura.metadata.tree import Metadata, Source
from embedded.hasura.schema.tracked import Tracked

Target = Callable[[QualifiedName, str], QualifiedName | None]


def followed(metadata: Metadata, tracked: Tracked, done: Difference) -> Metadata:
    """The metadata under the new names, without what is gone.

    Raises:
        EngineError: dependency-error or not-supported, for what metadata cannot follow.
    """
    target = targets(tracked)
    for source in metadata.sources:
        _refuse_functions(source, done)
        _refuse_types(source, done, target)
    kept = metadata.model_copy(deep=True)
    for source in kept.sources:
        source.tables[:] = [table for table in source.tables if table.table not in done.dropped_tables]
        source.functions[:] = [item for item in source.functions if item.function not in done.dropped_functions]
        for table in source.tables:
            for column in done.dropped_columns.get(table.table, ()):
                table.configuration.column_config.pop(column, None)
                table.configuration.custom_column_names.pop(column, None)
            fields = table.computed_fields
            fields[:] = [one for one in fields if one.definition.function not in done.dropped_functions]
    return renamed(kept, Renaming(done.renamed_tables, done.renamed_columns), target)


def targets(tracked: Tracked) -> Target:
    """Where a relationship of a tracked table leads."""

    def target(table: QualifiedName, name: str) -> QualifiedName | None:
        owner = tracked.tables.get(table)
        relationship = None if owner is None else owner.relationships.get(name)
        return None if relationship is None else relationship.target

    return target


def _refuse_functions(source: Source, done: Difference) -> None:
    """Refuse what makes a tracked function or one behind a computed field unusable."""
    tracked = {item.function for item in source.functions}
    overloaded = sorted(name.display for name in tracked & done.overloaded_functions)
    if overloaded:
        message = "the following tracked function(s) cannot be overloaded: " + ", ".join(overloaded)
        raise EngineError("not-supported", message, path="$.args")
    for name in sorted(tracked & done.functions_now_volatile):
        message = f'type of function "{name.display}" is altered to "VOLATILE" which is not supported now'
        raise EngineError("not-supported", message, path="$.args")
    for table in source.tables:
        for computed in table.computed_fields:
            function = computed.definition.function
            where = f'associated with computed field "{computed.name}" of table "{table.table.display}"'
            if function in done.overloaded_functions:
                message = f'The function "{function.display}" {where} is being overloaded'
                raise EngineError("not-supported", message, path="$.args")
            if function in done.functions_now_volatile:
                message = f'The type of function "{function.display}" {where} is being altered to "VOLATILE"'
                raise EngineError("not-supported", message, path="$.args")


def _refuse_types(source: Source, done: Difference, target: Target) -> None:
    """Refuse another type for a column that permissions compare with, or set to, a constant of the old one."""
    users: dict[tuple[QualifiedName, str], set[str]] = {}
    if not done.retyped_columns:
        return
    for table in source.tables:
        for kind, role, owner, column in compared_with_constants(table, target):
            name = f'permission {table.table.display}.{role}.{kind} in source "{source.name}"'
            users.setdefault((owner, column), set()).add(name)
    for owner, columns in done.retyped_columns.items():
        for column in sorted(columns):
            if (owner, column) in users:
                message = (
                    f'cannot change type of column "{column}" in table "{owner.display}" because of the following '
                    f"dependencies : {', '.join(sorted(users[owner, column]))}"
                )
                raise EngineError("dependency-error", message, path="$.args")
