"""The `args` of functions and computed fields."""

from graphql import GraphQLArgument, GraphQLInputObjectType

from embedded.hasura.schema.meanings import Arguments, BoundInput, PassArgument
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.tracked import TrackedArgument, TrackedComputed, TrackedFunction, TrackedTable
from embedded.hasura.schema.wrapping import required


def arguments_of(
    registry: TypeRegistry, called: TrackedFunction | TrackedComputed, table: TrackedTable | None = None
) -> Arguments:
    """`args` if the client has anything to pass; it may be left out if all of it has defaults.

    `table` is the one a computed field belongs to.
    """
    passed = [argument for argument in called.arguments if argument.use == "client"]
    if not passed:
        return {}
    if isinstance(called, TrackedComputed):
        name = f"{called.name}_{table.graphql_name if table is not None else called.table.name}_args"
        shown = called.function.display
    else:
        name, shown = f"{called.graphql_name}_args", called.name.display
    made = registry.once(name, lambda: _input(registry, name, passed))
    optional = all(argument.has_default for argument in passed)
    description = f'input parameters for function "{shown}"'
    return {"args": GraphQLArgument(made if optional else required(made), description=description)}


def _input(registry: TypeRegistry, name: str, passed: list[TrackedArgument]) -> GraphQLInputObjectType:
    members = {
        argument.field: BoundInput(registry.column_input(argument.type), PassArgument(argument)) for argument in passed
    }
    return GraphQLInputObjectType(name, dict(sorted(members.items())))
