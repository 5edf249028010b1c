"""A small tracked database without a database: enough for the compiler to be asked anything."""

from typing import Any

from embedded.hasura.catalogue.tree import Catalogue, Column, ForeignKey, Relation, SqlType, UniqueKey
from embedded.hasura.execute.compile import Compiled, Manner, Request, compile_request
from embedded.hasura.metadata.files import parse_metadata
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.schema.role import RoleSchema
from embedded.hasura.schema.track import track
from embedded.hasura.schema.tracked import Tracked
from embedded.hasura.settings import Limits

INT = SqlType("int4", "integer", "N")
TEXT = SqlType("text", "text", "S")
JSONB = SqlType("jsonb", "jsonb", "U")
BIGINT = SqlType("int8", "bigint", "N")
TEXTS = SqlType("_text", "text[]", "A", TEXT)

AUTHOR = QualifiedName("public", "author")
BOOK = QualifiedName("public", "book")


def column(name: str, sql_type: SqlType, *, nullable: bool = True) -> Column:
    return Column(name, sql_type, nullable, None)


CATALOGUE = Catalogue(
    {
        AUTHOR: Relation(
            name=AUTHOR,
            is_view=False,
            description=None,
            columns=(column("id", INT, nullable=False), column("name", TEXT), column("owner", TEXT)),
            primary_key=UniqueKey("author_pkey", ("id",)),
            unique_keys=(),
            foreign_keys=(),
        ),
        BOOK: Relation(
            name=BOOK,
            is_view=False,
            description=None,
            columns=(
                column("id", INT, nullable=False),
                column("author_id", INT, nullable=False),
                column("title", TEXT),
                column("meta", JSONB),
                column("tags", TEXTS),
                column("sold", BIGINT),
            ),
            primary_key=UniqueKey("book_pkey", ("id",)),
            unique_keys=(),
            foreign_keys=(ForeignKey("book_author_fk", ("author_id",), AUTHOR, ("id",)),),
        ),
    }
)

METADATA: dict[str, Any] = {
    "version": 3,
    "sources": [
        {
            "name": "default",
            "kind": "postgres",
            "configuration": {},
            "tables": [
                {
                    "table": "author",
                    "array_relationships": [
                        {
                            "name": "books",
                            "using": {"foreign_key_constraint_on": {"table": "book", "column": "author_id"}},
                        }
                    ],
                    "select_permissions": [
                        {
                            "role": "reader",
                            "permission": {
                                "columns": ["id", "name"],
                                "filter": {"owner": "X-Hasura-User-Id"},
                                "limit": 5,
                            },
                        }
                    ],
                },
                {
                    "table": {"schema": "public", "name": "book"},
                    "object_relationships": [{"name": "author", "using": {"foreign_key_constraint_on": "author_id"}}],
                    "select_permissions": [
                        {
                            "role": "reader",
                            "permission": {
                                "columns": "*",
                                "filter": {"author": {"owner": {"_eq": "X-Hasura-User-Id"}}},
                                "allow_aggregations": True,
                            },
                        }
                    ],
                },
            ],
        }
    ],
}

MANNER = Manner(introspection_disabled=False, numbers_as_text=False, limits=Limits(depth_max=20))


def tracked(metadata: dict[str, Any] | None = None) -> Tracked:
    return track(parse_metadata(metadata or METADATA), CATALOGUE, {})


def compiled(query: str, role: str = "admin", variables: dict[str, Any] | None = None) -> Compiled:
    return compile_request(Request(query, variables or {}), RoleSchema(role, tracked()), MANNER)


def sql(query: str, role: str = "admin", variables: dict[str, Any] | None = None) -> str:
    statement = compiled(query, role, variables).statement
    assert statement is not None
    return statement.sql
