"""Read the catalogue of one database: one statement for tables, one for functions."""

import json
from pathlib import Path
from typing import Any, Protocol

from embedded.hasura.catalogue.tree import (
    Catalogue,
    Column,
    ForeignKey,
    Function,
    FunctionArgument,
    Relation,
    SqlType,
    UniqueKey,
    Writes,
)
from embedded.hasura.metadata.names import QualifiedName

_TABLES = (Path(__file__).parent / "tables.sql").read_text(encoding="utf-8")
_FUNCTIONS = (Path(__file__).parent / "functions.sql").read_text(encoding="utf-8")

# What the bits of pg_relation_is_updatable say.
_WRITE_BITS = {"update": 1 << 2, "insert": 1 << 3, "delete": 1 << 4}

Row = dict[str, Any]


class Fetches(Protocol):
    """What can run a statement that answers one value: a connection or a pool."""

    async def fetchval(self, query: str) -> Any:
        """The first column of the first row."""
        ...


async def introspect(database: Fetches) -> Catalogue:
    """The catalogue as it is now, without the rows of enum tables."""
    rows: list[Row] = json.loads(await database.fetchval(_TABLES))
    relations = [_relation(row) for row in rows]
    functions: dict[QualifiedName, tuple[Function, ...]] = {}
    for row in json.loads(await database.fetchval(_FUNCTIONS)):
        function = _function(row)
        functions[function.name] = (*functions.get(function.name, ()), function)
    return Catalogue({relation.name: relation for relation in relations}, functions)


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
        writes=Writes(**{name: bool(row["writes"] & bit) for name, bit in _WRITE_BITS.items()}),
    )


def _foreign_key(key: Row) -> ForeignKey:
    target = QualifiedName(key["target_schema"], key["target_name"])
    return ForeignKey(key["name"], tuple(key["columns"]), target, tuple(key["target_columns"]))


def _column(row: Row) -> Column:
    return Column(row["name"], _type(row), row["nullable"], row["description"], row["writable"])


def _type(row: Row) -> SqlType:
    element = None
    if row["element"] is not None:
        element = SqlType(row["element"], row["element_sql"], row["element_category"])
    return SqlType(row["type"], row["type_sql"], row["category"], element)


def _function(row: Row) -> Function:
    table = None if row["table_name"] is None else QualifiedName(row["table_schema"], row["table_name"])
    return Function(
        name=QualifiedName(row["schema"], row["name"]),
        arguments=tuple(_argument(argument) for argument in row["arguments"]),
        variadic=row["variadic"],
        volatile=row["volatile"],
        returns=_type(row["returns"]),
        returns_set=row["returns_set"],
        returns_table=table,
        description=row["description"],
    )


def _argument(row: Row) -> FunctionArgument:
    type_name = QualifiedName(row["schema"], row["type_name"])
    return FunctionArgument(row["name"], _type(row["type"]), type_name, row["has_default"])
