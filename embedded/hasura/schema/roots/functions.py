"""Root fields that call functions: for queries and subscriptions those that read, for mutations those that write."""

from embedded.hasura.schema.function_types import arguments_of
from embedded.hasura.schema.meanings import BoundField, CallFunction, CallFunctionAggregate
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.roots.operation import OperationKind
from embedded.hasura.schema.table_types import aggregate_object, list_arguments, table_object
from embedded.hasura.schema.tracked import TrackedFunction, TrackedTable
from embedded.hasura.schema.wrapping import all_of, required


def fields(registry: TypeRegistry, operation: OperationKind) -> dict[str, BoundField]:
    """The functions the role may call with such an operation."""
    made: dict[str, BoundField] = {}
    for function, table in registry.view.functions():
        if (function.exposed_as == "mutation") == (operation == "mutation"):
            made.update(_fields(registry, function, table))
    return made


def _fields(registry: TypeRegistry, function: TrackedFunction, table: TrackedTable) -> dict[str, BoundField]:
    row = table_object(registry, table)
    writes = function.exposed_as == "mutation"
    verb = "execute VOLATILE function" if writes else "execute function"
    description = function.description or f'{verb} "{function.name.display}" which returns "{table.name.display}"'
    meaning = CallFunction(function, table)
    own = arguments_of(registry, function)
    if not function.returns_set:
        return {function.field: BoundField(row, meaning, own, description)}
    arguments = {**own, **list_arguments(registry, table)}
    made = {function.field: BoundField(all_of(row), meaning, arguments, description)}
    if registry.view.grant(table).allow_aggregations and not writes:
        counted = required(aggregate_object(registry, table))
        arguments = {**own, **list_arguments(registry, table)}
        shown = f'{verb} "{function.name.display}" and query aggregates on result of table type "{table.name.display}"'
        aggregate = CallFunctionAggregate(function, table)
        made[function.aggregate_field] = BoundField(counted, aggregate, arguments, shown)
    return made
