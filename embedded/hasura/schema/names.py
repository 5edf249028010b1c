"""How tables, columns and types are called in GraphQL."""

import re

from embedded.hasura.catalogue.tree import SqlType
from embedded.hasura.metadata.names import QualifiedName

_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]*")

_BUILT_IN = {"int4": "Int", "float4": "Float", "bool": "Boolean", "text": "String", "varchar": "String"}

# Types of these names are known without being declared in custom types.
POSTGRES_SCALARS = frozenset(
    {
        "smallint", "bigint", "float8", "numeric", "money", "bpchar", "citext", "name", "uuid", "date", "time",
        "timetz",
        "timestamp", "timestamptz", "interval", "json", "jsonb", "bytea", "inet", "cidr", "macaddr", "ltree", "lquery",
        "ltxtquery", "oid", "xml", "bit", "varbit", "tsvector", "tsquery", "point", "polygon", "line", "circle", "box",
        "path", "lseg", "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange",
        "geometry", "geography",
    }
)  # fmt: skip

_RENAMED = {"int8": "bigint", "int2": "smallint"}


def is_graphql_name(name: str) -> bool:
    """Whether GraphQL accepts it as a name and does not keep it for itself."""
    return _NAME.fullmatch(name) is not None and not name.startswith("__")


def table_name(name: QualifiedName) -> str:
    """A table's usual GraphQL name: without the schema if that is `public`."""
    return name.name if name.schema == "public" else f"{name.schema}_{name.name}"


def scalar_name(sql_type: SqlType) -> str:
    """The GraphQL scalar of a type that is no array; a row type is told from the object type of its table."""
    if sql_type.category == "C":
        return f"{sql_type.name}_scalar"
    return _BUILT_IN.get(sql_type.name) or _RENAMED.get(sql_type.name, sql_type.name)
