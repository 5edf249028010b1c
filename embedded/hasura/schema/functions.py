"""Tracked functions: the checks that Hasura makes, and what is left to know of those that pass."""

from collections.abc import Iterator, Mapping, Sequence

from embedded.hasura.catalogue.tree import Catalogue, Function, FunctionArgument
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.metadata.tree import Function as WrittenFunction
from embedded.hasura.metadata.tree import FunctionConfig
from embedded.hasura.schema.names import is_graphql_name, table_name
from embedded.hasura.schema.reasons import joined
from embedded.hasura.schema.tracked import Inconsistency, TrackedArgument, TrackedFunction, TrackedTable


def only_function(catalogue: Catalogue, name: QualifiedName) -> Function:
    """The function of that name.

    Raises:
        Inconsistency: if there is none, or more than one.
    """
    match list(catalogue.functions.get(name, ())):
        case []:
            raise Inconsistency(f'no such function exists: "{name.display}"')
        case [function]:
            return function
        case _:
            raise Inconsistency(f'function "{name.display}" is overloaded. Overloaded functions are not supported')


def track_function(
    written: WrittenFunction,
    catalogue: Catalogue,
    tables: Mapping[QualifiedName, TrackedTable],
    *,
    permissions_inferred: bool,
) -> TrackedFunction:
    """The function with everything resolved.

    Raises:
        Inconsistency: with every reason why it cannot be tracked.
    """
    name = written.function
    where = f'in function "{name.display}": '
    try:
        function = only_function(catalogue, name)
    except Inconsistency as why:
        raise Inconsistency(where + str(why)) from None
    config = written.configuration
    reasons = list(_reasons(function, config))
    if reasons or function.returns_table is None:
        raise Inconsistency(f'{where}the function "{name.display}" cannot be tracked {joined(reasons)}')
    if function.returns_table not in tables:
        raise Inconsistency(f'table "{function.returns_table.display}" is not tracked')
    usual = config.custom_name or table_name(name)
    roots = config.custom_root_fields
    exposed_as = config.exposed_as or ("mutation" if function.volatile else "query")
    return TrackedFunction(
        name=name,
        graphql_name=usual,
        field=str(roots.get("function") or usual),
        aggregate_field=str(roots.get("function_aggregate") or f"{usual}_aggregate"),
        arguments=named_arguments(function.arguments, session=config.session_argument),
        table=function.returns_table,
        returns_set=function.returns_set,
        exposed_as="mutation" if exposed_as == "mutation" else "query",
        roles=frozenset(permission.role for permission in written.permissions),
        permissions_inferred=permissions_inferred and exposed_as != "mutation",
        description=written.comment or function.description,
    )


def named_arguments(
    arguments: Sequence[FunctionArgument], *, session: str | None, row: int | None = None
) -> tuple[TrackedArgument, ...]:
    """The arguments with their GraphQL names; those without a name are `arg_1`, `arg_2` and so on."""
    made: list[TrackedArgument] = []
    unnamed = 0
    for position, argument in enumerate(arguments):
        if argument.name is None and position != row:
            unnamed += 1
        field = argument.name or f"arg_{unnamed}"
        use = "row" if position == row else "session" if session is not None and argument.name == session else "client"
        made.append(TrackedArgument(field, argument.name, argument.type, argument.has_default, use))
    return tuple(made)


def _reasons(function: Function, config: FunctionConfig) -> Iterator[str]:
    if not is_graphql_name(table_name(function.name)):
        yield "function name is not a legal GraphQL identifier"
    if function.variadic:
        yield 'function with "VARIADIC" parameters are not supported'
    if function.returns.category != "C":
        yield 'the function does not return a "COMPOSITE" type'
    if function.returns_table is None:
        yield "the function does not return a table"
    if config.exposed_as == "mutation" and not function.volatile:
        yield (
            "the function was requested to be exposed as a mutation, but is not marked VOLATILE. "
            "Maybe the function was given the wrong volatility when it was defined?"
        )
    names = [argument.name for argument in function.arguments if argument.name is not None]
    wrong = [name for name in names if not is_graphql_name(name)]
    if wrong:
        yield f'the function arguments "{",".join(wrong)}" are not in compliance with GraphQL spec'
    session = config.session_argument
    if session is None:
        return
    given = next((argument for argument in function.arguments if argument.name == session), None)
    if given is None:
        yield f'given session argument "{session}" not the input argument of the function'
    elif given.type.name != "json":
        yield f'given session argument "{session}" is not of type json'
