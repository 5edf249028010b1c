"""Read the catalogue of one database with one statement."""

import json
from pathlib import Path
from typing import Any, Protocol

from embedded.hasura.catalogue.tree import Catalogue, Column, ForeignKey, Relation, SqlType, UniqueKey
from embedded.hasura.metadata.names import QualifiedName

_TABLES = (Path(__file__).parent / "tables.sql").read_text(encoding="utf-8")

Row = dict[str, Any]


class Fetches(Protocol):
    """What can run a statement that answers one value: a connection or a pool."""

    async def fetchval(self, query: str) -> Any:
        """The first column of the first row."""
        ...


async def introspect(database: Fetches) -> Catalogue:
    """The catalogue as it is now."""
    rows: list[Row] = json.loads(await database.fetchval(_TABLES))
    relations = [_relation(row) for row in rows]
    return Catalogue({relation.name: relation for relation in relations})


def _relation(row: Row) -> Relation:
    keys: list[Row] = row["keys"]
    primary = [UniqueKey(key["name"], tuple(key["columns"])) for key in keys if key["kind"] == "p"]
    unique = [UniqueKey(key["name"], tuple(key["columns"])) for key in keys if key["kind"] == "u"]
    return Relation(
        name=QualifiedName(row["schema"], row["name"]),
        is_view=row["kind"] in {"v", "m"},
        description=row["description"],
        columns=tuple(_column(column) for column in row["columns"]),
        primary_key=primary[0] if primary else None,
        unique_keys=tuple(unique),
        foreign_keys=tuple(_foreign_key(key) for key in keys if key["kind"] == "f"),
    )


def _foreign_key(key: Row) -> ForeignKey:
    target = QualifiedName(key["target_schema"], key["target_name"])
    return ForeignKey(key["name"], tuple(key["columns"]), target, tuple(key["target_columns"]))


def _column(row: Row) -> Column:
    element = None
    if row["element"] is not None:
        element = SqlType(row["element"], row["element_sql"], row["element_category"])
    sql_type = SqlType(row["type"], row["type_sql"], row["category"], element)
    return Column(row["name"], sql_type, row["nullable"], row["description"])
