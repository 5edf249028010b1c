"""Read the rows of enum tables, which are part of the schema and therefore read only when the schema is."""

# ruff: noqa: S608  - table and column names come from the catalogue and are quoted

import json
from collections.abc import Iterable
from dataclasses import replace

from embedded.hasura.catalogue.introspect import Fetches
from embedded.hasura.catalogue.tree import Catalogue, Column, EnumValue, Relation
from embedded.hasura.metadata.names import QualifiedName, quoted

_VALUES_MAX = 10_000


async def with_enums(database: Fetches, catalogue: Catalogue, wanted: Iterable[QualifiedName]) -> Catalogue:
    """The catalogue with the rows of exactly the `wanted` tables: those it has are kept, the others are read.

    Tables that cannot be enum tables are left out; `schema.enums` says why.
    """
    names = list(wanted)
    missing = [name for name in names if name not in catalogue.enums]
    if not missing and len(names) == len(catalogue.enums):
        return catalogue
    enums = {name: values for name, values in catalogue.enums.items() if name in names}
    for name in missing:
        relation = catalogue.get(name)
        columns = enum_columns(relation) if relation is not None else None
        if relation is not None and columns is not None:
            enums[name] = await _values(database, relation, *columns)
    return replace(catalogue, enums=enums)


def enum_columns(relation: Relation) -> tuple[Column, Column | None] | None:
    """The columns of value and comment, None if the table has not the form of an enum table."""
    key = relation.primary_key
    if key is None or len(key.columns) != 1:
        return None
    value = relation.columns_by_name[key.columns[0]]
    others = [column for column in relation.columns if column.name != value.name]
    if len(others) > 1 or any(column.type.name != "text" for column in (value, *others)):
        return None
    return value, others[0] if others else None


async def _values(
    database: Fetches, relation: Relation, value: Column, comment: Column | None
) -> tuple[EnumValue, ...]:
    shown = quoted(comment.name) if comment is not None else "NULL"
    rows = f"SELECT {quoted(value.name)} AS v, {shown} AS c FROM {relation.name.sql} ORDER BY 1 LIMIT {_VALUES_MAX}"
    text = await database.fetchval(f"SELECT coalesce(json_agg(json_build_array(v, c)), '[]') FROM ({rows}) AS r")
    return tuple(EnumValue(name, note) for name, note in json.loads(text))
