"""Names that two things claim as a root field: GraphQL has room for one."""

from collections import Counter
from collections.abc import Iterable, Iterator

from embedded.hasura.schema.names import is_graphql_name
from embedded.hasura.schema.tracked import Inconsistency, Tracked, TrackedTable


def refuse_duplicate_roots(tracked: Tracked) -> None:
    """Refuse metadata in which a root field would have two meanings.

    Raises:
        Inconsistency: naming the fields, of mutations first.
    """
    for operation, names in (("mutation", _mutations(tracked)), ("query", _queries(tracked))):
        twice = [name for name, times in Counter(names).items() if times > 1]
        if twice:
            raise Inconsistency(f"found duplicate fields in selection set for {operation} root: {', '.join(twice)}")


def _mutations(tracked: Tracked) -> Iterator[str]:
    for table in _named(tracked):
        yield from _writes(table)
    yield from _others(tracked, "mutation")


def _writes(table: TrackedTable) -> Iterator[str]:
    """The fields that change a table; `update_…_many` can only clash where a name of one's own makes it."""
    names, usual, possible = table.root_fields, table.graphql_name, table.relation.writes
    keyed = table.primary_key is not None
    yield from _if(possible.insert, names.insert or f"insert_{usual}", names.insert_one or f"insert_{usual}_one")
    yield from _if(possible.update, names.update or f"update_{usual}")
    yield from _if(possible.delete, names.delete or f"delete_{usual}")
    yield from _if(keyed and possible.update, names.update_by_pk or f"update_{usual}_by_pk")
    yield from _if(keyed and possible.delete, names.delete_by_pk or f"delete_{usual}_by_pk")
    yield from _if(possible.update and names.update_many is not None, names.update_many or "")


def _queries(tracked: Tracked) -> Iterator[str]:
    for table in _named(tracked):
        names, usual = table.root_fields, table.graphql_name
        yield names.select or usual
        yield names.select_aggregate or f"{usual}_aggregate"
        yield from _if(table.primary_key is not None, names.select_by_pk or f"{usual}_by_pk")
    yield from _others(tracked, "query")


def _others(tracked: Tracked, operation: str) -> Iterator[str]:
    for function in tracked.functions.values():
        if function.exposed_as == operation:
            yield function.field
            yield from _if(operation == "query" and function.returns_set, function.aggregate_field)
    for name, action in tracked.actions.items():
        # What became of an asynchronous call is asked for by a query of the action's name.
        if action.action.definition.type == operation or action.action.definition.asynchronous:
            yield name


def _named(tracked: Tracked) -> Iterable[TrackedTable]:
    return (table for table in tracked.tables.values() if is_graphql_name(table.graphql_name))


def _if(condition: bool, *names: str) -> tuple[str, ...]:  # noqa: FBT001  - reads as a sentence
    return names if condition else ()
