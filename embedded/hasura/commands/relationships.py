"""Commands about relationships that need to know where each of them leads."""

from collections.abc import Iterator
from typing import Any, cast

from embedded.hasura.catalogue.tree import ForeignKey, Relation
from embedded.hasura.commands.change import change
from embedded.hasura.commands.dependents import newly_inconsistent_error
from embedded.hasura.commands.follow import targets
from embedded.hasura.commands.work import SUCCESS, Answer, Body, Handler, Work
from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.changes.change import name_in, source_of, table_of, text_in, truth_in
from embedded.hasura.metadata.changes.relationships import find_relationship
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.metadata.parsing import wrong_type
from embedded.hasura.metadata.renaming import Renaming, renamed
from embedded.hasura.schema.tracked import Tracked

Written = dict[str, Any]


async def _create(work: Work, body: Body) -> Answer:
    """Add a relationship, unless a column of the table has its name."""
    table, name = name_in(body.arguments), text_in(body.arguments, "name")
    known = work.state.tracked.tables.get(table)
    if known is not None and name in known.columns:
        message = f'field with name "{name}" already exists in table "{table.display}"'
        raise EngineError("already-exists", message, path="$.args")
    return await change(work, body)


async def _rename(work: Work, body: Body) -> Answer:
    """Give a relationship another name, in the permissions that use it as well."""
    arguments, metadata = body.arguments, work.state.metadata
    old, new = text_in(arguments, "name"), text_in(arguments, "new_name")
    table = table_of(metadata, arguments)
    find_relationship(table, old)
    fields = (*table.object_relationships, *table.array_relationships, *table.computed_fields)
    known = work.state.tracked.tables.get(table.table)
    columns = known.columns if known is not None else {}
    if new in columns or any(field.name == new for field in fields):
        message = (
            f'cannot rename relationship "{old}" to "{new}" in table "{table.table.display}"'
            " as a column/relationship with the name already exists"
        )
        raise EngineError("already-exists", message, path="$.args")
    names = Renaming(relationships={table.table: {old: new}})
    state = await work.considered(renamed(metadata, names, targets(work.state.tracked)))
    found = work.newly_inconsistent(state)
    if found:
        raise newly_inconsistent_error(found)
    work.take(state)
    return SUCCESS


async def _suggest(work: Work, body: Body) -> Answer:
    """Relationships both ways along every foreign key between tracked tables."""
    arguments = body.arguments
    source_of(work.state.metadata, arguments)
    wanted = arguments.get("tables")
    if wanted is not None and not isinstance(wanted, list):
        raise wrong_type("[]", "Array", wanted, "$.tables")
    chosen = None if wanted is None else {name_in({"table": item}) for item in cast("list[Any]", wanted)}
    tracked, untracked_only = work.state.tracked, truth_in(arguments, "omit_tracked")
    suggestions = [
        suggestion
        for table in tracked.tables.values()
        for key in table.relation.foreign_keys
        if key.target in tracked.tables and (chosen is None or chosen & {table.name, key.target})
        for suggestion in _both_ways(tracked, table.relation, key, untracked_only=untracked_only)
    ]
    return {"relationships": suggestions}


def _both_ways(tracked: Tracked, relation: Relation, key: ForeignKey, *, untracked_only: bool) -> Iterator[Written]:
    pairs = frozenset(zip(key.columns, key.target_columns, strict=True))
    near: Written = {"table": relation.name._asdict(), "columns": list(key.columns), "constraint_name": key.name}
    far: Written = {"table": key.target._asdict(), "columns": list(key.target_columns)}
    keys = (*relation.unique_keys, *((relation.primary_key,) if relation.primary_key is not None else ()))
    single = any(set(unique.columns) == set(key.columns) for unique in keys)
    if not (untracked_only and _is_tracked(tracked, relation.name, key.target, pairs)):
        yield {"type": "object", "from": near, "to": far}
    back = frozenset((theirs, mine) for mine, theirs in pairs)
    if not (untracked_only and _is_tracked(tracked, key.target, relation.name, back)):
        yield {"type": "object" if single else "array", "from": far, "to": near}


def _is_tracked(
    tracked: Tracked, owner: QualifiedName, target: QualifiedName, mapping: frozenset[tuple[str, str]]
) -> bool:
    relationships = tracked.tables[owner].relationships.values()
    return any(one.target == target and frozenset(one.mapping) == mapping for one in relationships)


COMMANDS: dict[str, Handler] = {
    "create_object_relationship": _create,
    "create_array_relationship": _create,
    "rename_relationship": _rename,
    "suggest_relationships": _suggest,
}
