"""What SQL did to tables, columns and functions: `structure` before and after it, and the `Difference` of both."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from embedded.hasura.catalogue.introspect import Fetches
from embedded.hasura.metadata.names import QualifiedName

_STRUCTURE = (Path(__file__).parent / "structure.sql").read_text(encoding="utf-8")

ByTable = dict[QualifiedName, dict[str, str]]


@dataclass(frozen=True)
class ColumnShape:
    """A column's name and type; its number stays when either changes."""

    name: str
    type: str


@dataclass(frozen=True)
class RelationShape:
    """A table or view with its columns by their numbers."""

    name: QualifiedName
    columns: dict[int, ColumnShape]


@dataclass(frozen=True)
class FunctionShape:
    """A function, and whether Postgres is told that it may change data."""

    name: QualifiedName
    volatile: bool


@dataclass(frozen=True)
class Structure:
    """Tables and functions by their oid, which stays when their name changes."""

    relations: dict[int, RelationShape]
    functions: dict[int, FunctionShape]


@dataclass
class Difference:
    """What was done between two structures; everything under its old name."""

    dropped_tables: set[QualifiedName] = field(default_factory=set[QualifiedName])
    renamed_tables: dict[QualifiedName, QualifiedName] = field(default_factory=dict[QualifiedName, QualifiedName])
    dropped_columns: dict[QualifiedName, set[str]] = field(default_factory=dict[QualifiedName, set[str]])
    renamed_columns: ByTable = field(default_factory=ByTable)
    retyped_columns: dict[QualifiedName, set[str]] = field(default_factory=dict[QualifiedName, set[str]])
    dropped_functions: set[QualifiedName] = field(default_factory=set[QualifiedName])
    overloaded_functions: set[QualifiedName] = field(default_factory=set[QualifiedName])
    functions_now_volatile: set[QualifiedName] = field(default_factory=set[QualifiedName])


async def structure(database: Fetches) -> Structure:
    """The structure as it is now."""
    read: dict[str, list[dict[str, Any]]] = json.loads(await database.fetchval(_STRUCTURE))
    return Structure(
        {row["oid"]: _relation(row) for row in read["relations"]},
        {
            row["oid"]: FunctionShape(QualifiedName(row["schema"], row["name"]), row["volatile"])
            for row in read["functions"]
        },
    )


def _relation(row: dict[str, Any]) -> RelationShape:
    columns = {int(number): ColumnShape(name, kind) for number, name, kind in row["columns"]}
    return RelationShape(QualifiedName(row["schema"], row["name"]), columns)


def difference(before: Structure, after: Structure) -> Difference:
    """What was done from `before` to `after`."""
    found = Difference()
    for oid, relation in before.relations.items():
        _compare(relation, after.relations.get(oid), found)
    # A table that was dropped and made anew under its name is the same one to whoever tracks it.
    found.dropped_tables -= {relation.name for relation in after.relations.values()}
    for oid, function in before.functions.items():
        kept = after.functions.get(oid)
        if kept is None:
            found.dropped_functions.add(function.name)
        elif kept.volatile and not function.volatile:
            found.functions_now_volatile.add(function.name)
    counted = Counter(function.name for function in after.functions.values())
    found.dropped_functions -= counted.keys()
    found.overloaded_functions |= {name for name, count in counted.items() if count > 1}
    return found


def _compare(old: RelationShape, new: RelationShape | None, found: Difference) -> None:
    if new is None:
        found.dropped_tables.add(old.name)
        return
    if new.name != old.name:
        found.renamed_tables[old.name] = new.name
    for number, column in old.columns.items():
        kept = new.columns.get(number)
        if kept is None:
            found.dropped_columns.setdefault(old.name, set()).add(column.name)
            continue
        if kept.name != column.name:
            found.renamed_columns.setdefault(old.name, {})[column.name] = kept.name
        if kept.type != column.type:
            found.retyped_columns.setdefault(old.name, set()).add(column.name)
