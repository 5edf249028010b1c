"""What the console asks about kinds of databases and about the tables in one."""

from typing import Any

from embedded.hasura.catalogue.introspect import introspect
from embedded.hasura.commands.work import Answer, Body, Handler, Work
from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.changes.change import name_in, source_of


async def _kinds(work: Work, body: Body) -> Answer:
    del work, body
    return {"sources": [{"available": True, "builtin": True, "display_name": "Postgres", "kind": "postgres"}]}


async def _tables(work: Work, body: Body) -> Answer:
    """Every table of the source, tracked or not."""
    source_of(work.state.metadata, body.arguments)
    catalogue = await introspect(work.engine.database.pool)
    return [name._asdict() for name in sorted(catalogue.relations)]


async def _table(work: Work, body: Body) -> Answer:
    """The columns and keys of one table, tracked or not."""
    arguments = body.arguments
    source_of(work.state.metadata, arguments)
    name = name_in(arguments)
    relation = (await introspect(work.engine.database.pool)).get(name)
    if relation is None:
        raise EngineError("not-exists", f'no such table/view exists in source: "{name.display}"', path="$.args")
    columns = [
        {"name": column.name, "type": column.type.name, "nullable": column.nullable} for column in relation.columns
    ]
    keys: dict[str, Any] = {
        key.name: {
            "foreign_table": key.target._asdict(),
            "column_mapping": dict(zip(key.columns, key.target_columns, strict=True)),
        }
        for key in relation.foreign_keys
    }
    primary = list(relation.primary_key.columns) if relation.primary_key is not None else None
    described = {"name": name._asdict(), "type": "view" if relation.is_view else "table", "columns": columns}
    return {**described, "primary_key": primary, "foreign_keys": keys, "description": relation.description}


COMMANDS: dict[str, Handler] = {
    "list_source_kinds": _kinds,
    "get_source_tables": _tables,
    "get_table_info": _table,
}
