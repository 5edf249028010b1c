"""A small tracked database that can be written to, and a stand-in for its transactions that keeps what it was told."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from embedded.hasura.catalogue.tree import (
    Catalogue,
    Column,
    ForeignKey,
    Relation,
    SqlType,
    UniqueKey,
    Writes,
)
from embedded.hasura.execute.compile import Compiled, Request, compile_request
from embedded.hasura.execute.mutations import Values, perform
from embedded.hasura.metadata.files import parse_metadata
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.schema.role import RoleSchema
from embedded.hasura.schema.track import track
from embedded.hasura.schema.tracked import Tracked
from embedded.hasura.sql.select import Statement
from tests.unit.embedded.hasura.world import MANNER

INT = SqlType("int4", "integer", "N")
TEXT = SqlType("text", "text", "S")
JSONB = SqlType("jsonb", "jsonb", "U")
TEXTS = SqlType("_text", "text[]", "A", TEXT)

AUTHOR = QualifiedName("public", "author")
BOOK = QualifiedName("public", "book")
COVER = QualifiedName("public", "cover")
SHELF = QualifiedName("public", "shelf")


def column(name: str, sql_type: SqlType, *, nullable: bool = True, writable: bool = True) -> Column:
    return Column(name, sql_type, nullable, None, writable)


def relation(name: QualifiedName, *columns: Column, unique: tuple[UniqueKey, ...] = (), **more: Any) -> Relation:
    return Relation(
        name=name,
        is_view=False,
        description=None,
        columns=columns,
        primary_key=UniqueKey(f"{name.name}_pkey", ("id",)),
        unique_keys=unique,
        foreign_keys=more.get("foreign_keys", ()),
        writes=more.get("writes", Writes()),
    )


CATALOGUE = Catalogue(
    {
        AUTHOR: relation(
            AUTHOR,
            column("id", INT, nullable=False),
            column("name", TEXT, nullable=False),
            column("owner", TEXT),
            column("info", JSONB),
            column("score", INT),
            unique=(UniqueKey("author_name_key", ("name",)),),
        ),
        BOOK: relation(
            BOOK,
            column("id", INT, nullable=False),
            column("author_id", INT, nullable=False),
            column("title", TEXT),
            column("tags", TEXTS),
            column("slug", TEXT, writable=False),
            foreign_keys=(ForeignKey("book_author_fk", ("author_id",), AUTHOR, ("id",)),),
        ),
        COVER: relation(
            COVER,
            column("id", INT, nullable=False),
            column("book_id", INT),
            column("colour", TEXT),
            foreign_keys=(ForeignKey("cover_book_fk", ("book_id",), BOOK, ("id",)),),
        ),
        SHELF: relation(SHELF, column("id", INT, nullable=False), writes=Writes(False, True, False)),
    }
)

WRITER = {
    "author": {
        "select": {"columns": ["id", "name"], "filter": {"owner": "X-Hasura-User-Id"}},
        "insert": {
            "columns": ["id", "name", "owner", "info"],
            "check": {"name": {"_neq": ""}},
            "set": {"owner": "x-hasura-user-id", "score": 3},
        },
        "update": {
            "columns": ["name", "info"],
            "filter": {"owner": "X-Hasura-User-Id"},
            "check": {"name": {"_nin": ["", "nobody"]}},
            "set": {"score": 4},
        },
        "delete": {"filter": {"owner": {"_eq": "X-Hasura-User-Id"}}},
    },
    "book": {
        "insert": {"columns": "*", "check": {"author": {"owner": {"_eq": "X-Hasura-User-Id"}}}},
        "update": {"columns": [], "filter": {}},
    },
}
SERVER = {
    "author": {
        "select": {"columns": "*", "filter": {}},
        "insert": {"check": {}, "backend_only": True},
        "delete": {"filter": {}, "backend_only": True},
    },
    "book": {"delete": {"filter": {}}},
}


def _permissions(table: str) -> dict[str, Any]:
    return {
        f"{kind}_permissions": [
            {"role": role, "permission": granted[table][kind]}
            for role, granted in (("writer", WRITER), ("server", SERVER))
            if kind in granted.get(table, {})
        ]
        for kind in ("select", "insert", "update", "delete")
    }


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
                    **_permissions("author"),
                },
                {
                    "table": "book",
                    "object_relationships": [
                        {"name": "author", "using": {"foreign_key_constraint_on": "author_id"}},
                        {
                            "name": "cover",
                            "using": {"foreign_key_constraint_on": {"table": "cover", "column": "book_id"}},
                        },
                    ],
                    **_permissions("book"),
                },
                {
                    "table": "cover",
                    "configuration": {
                        "custom_name": "Wrap",
                        "custom_column_names": {"colour": "color"},
                        "custom_root_fields": {"insert": "wrap", "update_many": "rewrap", "delete_by_pk": "unwrap"},
                    },
                },
                {"table": "shelf"},
            ],
        }
    ],
}


def tracked(metadata: dict[str, Any] | None = None) -> Tracked:
    return track(parse_metadata(metadata or METADATA), CATALOGUE, {})


def schema(role: str = "admin", *, backend: bool = False) -> RoleSchema:
    return RoleSchema(role, tracked(), backend=backend)


def compiled(query: str, role: str = "admin", variables: dict[str, Any] | None = None) -> Compiled:
    return compile_request(Request(query, variables or {}), schema(role), MANNER)


def _width(selected: str) -> int:
    """How many expressions stand in a list of them."""
    depth, width = 0, 1
    for part in re.split(r"('[^']*')", selected)[::2]:
        for sign in part:
            depth += {"(": 1, ")": -1}.get(sign, 0)
            width += sign == "," and depth == 0
    return width


@dataclass
class Recorder:
    """A transaction that answers one permitted row of ones to whatever it is asked, or what `answers` says."""

    asked: list[tuple[Statement, Sequence[Any]]] = field(default_factory=list)
    answers: list[list[tuple[Any, ...]]] = field(default_factory=list)

    async def rows(self, statement: Statement, arguments: Sequence[Any]) -> list[tuple[Any, ...]]:
        self.asked.append((statement, arguments))
        if self.answers:
            return self.answers.pop(0)
        head, returning, answers = statement.sql.partition(" RETURNING ")
        if not returning:
            return [("1",) * _width(head.partition(" FROM unnest(")[0])]
        return [(True, *["1"] * (_width(answers) - 1))]

    @property
    def text(self) -> str:
        """Every statement, each with the arguments it was given."""
        return "\n\n".join(f"{one.sql}\n-- {json.dumps(list(arguments))}" for one, arguments in self.asked)


async def performed(
    query: str, role: str = "admin", variables: dict[str, Any] | None = None, recorder: Recorder | None = None
) -> Recorder:
    """What a mutation tells the database, if every row is one of ones and permitted."""
    recorder = recorder or Recorder()
    made = compiled(query, role, variables)
    values = Values({**made.defaults, **(variables or {})}, {"x-hasura-user-id": "ann"})
    for step in made.plan.writes:
        await perform(step, recorder, values)
    return recorder
