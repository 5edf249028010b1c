"""Computed fields: the checks that Hasura makes, and what is left to know of those that pass."""

from collections.abc import Iterator, Mapping

from embedded.hasura.catalogue.tree import Catalogue, Function, FunctionArgument
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.metadata.tables import ComputedField, ComputedFieldDefinition
from embedded.hasura.schema.functions import named_arguments, only_function
from embedded.hasura.schema.names import is_graphql_name
from embedded.hasura.schema.reasons import joined
from embedded.hasura.schema.tracked import Inconsistency, TrackedComputed, TrackedTable


def track_computed(
    table: TrackedTable, written: ComputedField, catalogue: Catalogue, tables: Mapping[QualifiedName, TrackedTable]
) -> TrackedComputed:
    """The computed field with everything resolved.

    Raises:
        Inconsistency: with every reason why the table cannot have it.
    """
    if written.name in table.relationships or written.name in table.computed:
        raise Inconsistency(f'Multiple definitions for "{written.name}" in table "{table.name.display}"')
    where = f'in table "{table.name.display}": in computed field "{written.name}": '
    definition = written.definition
    try:
        function = only_function(catalogue, definition.function)
    except Inconsistency as why:
        raise Inconsistency(where + str(why)) from None
    reasons = list(_reasons(table, written, function, tables))
    if reasons:
        what = f'the computed field "{written.name}" cannot be added to table "{table.name.display}"'
        raise Inconsistency(f"{where}{what} {joined(reasons)}")
    row = _row_position(function, definition)
    return TrackedComputed(
        name=written.name,
        table=table.name,
        columns=tuple(column.name for column in table.relation.columns),
        function=function.name,
        arguments=named_arguments(function.arguments, session=definition.session_argument, row=row),
        type=function.returns,
        returns=function.returns_table,
        description=written.comment
        or function.description
        or f'A computed field, executes function "{function.name.display}"',
    )


def _reasons(
    table: TrackedTable, written: ComputedField, function: Function, tables: Mapping[QualifiedName, TrackedTable]
) -> Iterator[str]:
    shown = f'the function "{function.name.display}"'
    if not is_graphql_name(written.name):
        yield f"{written.name} is not valid GraphQL name"
    if function.volatile:
        yield f"{shown} is of type VOLATILE; cannot be added as a computed field"
    if function.returns_table is not None:
        if function.returns_table not in tables:
            returned = function.returns_table.display
            yield f'{shown} returning set of table "{returned}" is not tracked or not found in database'
    elif function.returns_set or function.returns.category in {"C", "P"}:
        yield f"{shown} returning type {function.returns.sql} is not a BASE type"
    yield from _row_reasons(table, written.definition, function)


def _row_reasons(table: TrackedTable, definition: ComputedFieldDefinition, function: Function) -> Iterator[str]:
    name = function.name.display
    wanted = definition.table_argument
    if wanted is None:
        if not function.arguments:
            yield f'the function "{name}" has no input arguments'
        else:
            yield from _not_the_row(table, function.arguments[0], f'first argument of the function "{name}"')
    else:
        row = _argument(function, wanted)
        if row is None:
            yield f'"{wanted}" is not an input argument of the function "{name}"'
            return
        yield from _not_the_row(table, row, f'"{wanted}" argument of the function "{name}"')
    session = definition.session_argument
    if session is None:
        return
    argument = _argument(function, session)
    if argument is None:
        yield f'"{session}" is not an input argument of the function "{name}"'
    elif not argument.type.is_json:
        yield f'"{session}" argument of the function "{name}" is not of type JSON'


def _not_the_row(table: TrackedTable, argument: FunctionArgument, shown: str) -> Iterator[str]:
    if not argument.composite:
        yield f"{shown} is not COMPOSITE type"
    if argument.type_name != table.name:
        given = f'{shown} of type "{argument.type_name.display}"'
        yield f"{given} is not the table to which the computed field is being added"


def _argument(function: Function, name: str) -> FunctionArgument | None:
    return next((argument for argument in function.arguments if argument.name == name), None)


def _row_position(function: Function, definition: ComputedFieldDefinition) -> int:
    names = [argument.name for argument in function.arguments]
    return 0 if definition.table_argument is None else names.index(definition.table_argument)
