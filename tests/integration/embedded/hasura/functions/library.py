"""The metadata of the library in `schema.sql`."""

from typing import Any


def _permission(role: str, columns: Any, filter_: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"role": role, "permission": {"columns": columns, "filter": filter_, **more}}


def _computed(name: str, function: str, **definition: Any) -> dict[str, Any]:
    return {"name": name, "definition": {"function": function, **definition}}


def _array(name: str, table: str, column: str | list[str]) -> dict[str, Any]:
    key = "columns" if isinstance(column, list) else "column"
    return {"name": name, "using": {"foreign_key_constraint_on": {"table": table, key: column}}}


def _object(name: str, column: str | list[str]) -> dict[str, Any]:
    return {"name": name, "using": {"foreign_key_constraint_on": column}}


MINE = {"author": {"owner": "X-Hasura-User-Id"}}

TABLES: list[dict[str, Any]] = [
    {
        "table": "author",
        "array_relationships": [_array("books", "book", "author_id")],
        "computed_fields": [_computed("written", "author_books"), _computed("all", "author_all")],
        "select_permissions": [
            _permission("owner", "*", {"owner": "X-Hasura-User-Id"}, allow_aggregations=True),
            _permission("reader", ["id", "name"], {}, allow_aggregations=True),
            _permission("suspicious", ["id"], {}),
        ],
    },
    {
        "table": "book",
        "object_relationships": [_object("author", "author_id")],
        "array_relationships": [_array("loans", "loan", "book_id")],
        "computed_fields": [
            _computed("label", "book_label"),
            _computed("more_sold", "book_sold"),
            _computed("details", "book_data"),
            _computed("mine", "book_mine", session_argument="session"),
        ],
        "select_permissions": [
            _permission("owner", "*", MINE, computed_fields=["label"], allow_aggregations=True),
            _permission("reader", ["id", "title", "genre"], {"lent": False}, limit=1, allow_aggregations=True),
            _permission("borrower", ["id"], {"mine": {"_eq": True}}, computed_fields=["mine"]),
            _permission("chooser", ["id"], {"genre": {"_in": ["X-Hasura-Genre", "poem"]}}),
            _permission("suspicious", ["id"], {"author": {"name": {"_clt": ["$", "title"]}, "id": {"_gt": 2}}}),
        ],
    },
    {
        "table": "loan",
        "object_relationships": [_object("book", "book_id")],
        "array_relationships": [_array("fines", "fine", ["book_id", "number"])],
        "select_permissions": [
            _permission("owner", "*", {"reader": "X-Hasura-User-Id"}, allow_aggregations=True),
            _permission("reader", ["number", "book_id", "late"], {"late": {"_eq": True}}, allow_aggregations=True),
        ],
    },
    {"table": "fine", "object_relationships": [_object("loan", ["book_id", "number"])]},
    {"table": "genre", "is_enum": True},
    {"table": "odd table", "configuration": {"custom_name": "odd"}},
    {"table": "priced", "select_permissions": [_permission("reader", "*", {}, allow_aggregations=True)]},
    {"table": "per_genre"},
]

FUNCTIONS: list[dict[str, Any]] = [
    {"function": "search_books"},
    {"function": "my_book", "configuration": {"session_argument": "hasura_session"}},
    {"function": "like_book"},
    {"function": "raise_prices", "permissions": [{"role": "owner"}]},
    {"function": "failing"},
    {"function": "cheap", "configuration": {"custom_root_fields": {"function": "bargains"}}},
]

METADATA: dict[str, Any] = {
    "version": 3,
    "sources": [
        {
            "name": "default",
            "kind": "postgres",
            "configuration": {
                "connection_info": {"database_url": {"from_env": "HASURA_GRAPHQL_DATABASE_URL"}},
            },
            "tables": TABLES,
            "functions": FUNCTIONS,
        }
    ],
    "inherited_roles": [{"role_name": "both", "role_set": ["owner", "reader"]}],
}
