"""A tracked shop without a database: functions, computed fields, an enum table, roles that inherit."""

from typing import Any

from embedded.hasura.catalogue.tree import (
    Catalogue,
    Column,
    EnumValue,
    ForeignKey,
    Function,
    FunctionArgument,
    Relation,
    SqlType,
    UniqueKey,
)
from embedded.hasura.execute.compile import Compiled, Manner, Request, compile_request
from embedded.hasura.metadata.files import parse_metadata
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.schema.role import RoleSchema
from embedded.hasura.schema.track import track
from embedded.hasura.schema.tracked import Tracked
from embedded.hasura.settings import Limits

INT = SqlType("int4", "integer", "N")
BOOL = SqlType("bool", "boolean", "B")
TEXT = SqlType("text", "text", "S")
JSON = SqlType("json", "json", "U")
JSONB = SqlType("jsonb", "jsonb", "U")
INTS = SqlType("_int4", "integer[]", "A", INT)
ITEM_ROW = SqlType("item", "item", "C")
VOID = SqlType("void", "void", "P")

ITEM = QualifiedName("public", "item")
REVIEW = QualifiedName("public", "review")
COLOUR = QualifiedName("public", "colour")
AUDIT = QualifiedName("public", "audit")

CATALOG = "pg_catalog"


def column(name: str, sql_type: SqlType, *, nullable: bool = True) -> Column:
    return Column(name, sql_type, nullable, None)


def argument(name: str | None, sql_type: SqlType, *, default: bool = False) -> FunctionArgument:
    schema = "public" if sql_type.category == "C" else CATALOG
    return FunctionArgument(name, sql_type, QualifiedName(schema, sql_type.name), default)


def function(
    name: str,
    *arguments: FunctionArgument,
    returns: SqlType = ITEM_ROW,
    table: QualifiedName | None = None,
    single: bool = False,
    volatile: bool = False,
    variadic: bool = False,
) -> Function:
    return Function(
        name=QualifiedName("public", name),
        arguments=arguments,
        variadic=variadic,
        volatile=volatile,
        returns=returns,
        returns_set=table is not None and not single,
        returns_table=table,
        description=None,
    )


FUNCTIONS = (
    function("search", argument("term", TEXT), argument("most", INT, default=True), table=ITEM),
    function("odd", argument("a", TEXT), argument(None, INT, default=True), argument("c", BOOL), table=ITEM),
    function(
        "trailing",
        argument("a", TEXT),
        argument(None, INT, default=True),
        argument(None, BOOL, default=True),
        table=ITEM,
    ),
    function("any_item", table=ITEM),
    function("newest", argument("hasura_session", JSON), table=ITEM, single=True),
    function("touch", argument("by", INT, default=True), table=ITEM, volatile=True),
    function("by_row", argument("like", ITEM_ROW), table=ITEM),
    function("many", argument("of", INTS), table=ITEM, variadic=True),
    function("odd_name", argument("1st", INT), table=ITEM),
    function("nothing", returns=VOID),
    function("twice", table=ITEM),
    function("twice", argument("a", INT), table=ITEM),
    function("untracked", table=AUDIT),
    function("label", argument("i", ITEM_ROW), returns=TEXT),
    function("shout", argument("i", ITEM_ROW), argument("mark", TEXT, default=True), returns=TEXT),
    function("whose", argument("i", ITEM_ROW), argument("session", JSON), returns=BOOL),
    function("details", argument("i", ITEM_ROW), returns=JSONB),
    function("alike", argument("i", ITEM_ROW), table=ITEM),
    function("rated", argument("stars", INT), argument("i", ITEM_ROW), table=REVIEW),
    function("changing", argument("i", ITEM_ROW), returns=TEXT, volatile=True),
)


def _functions() -> dict[QualifiedName, tuple[Function, ...]]:
    found: dict[QualifiedName, tuple[Function, ...]] = {}
    for one in FUNCTIONS:
        found[one.name] = (*found.get(one.name, ()), one)
    return found


def relation(name: QualifiedName, columns: tuple[Column, ...], *keys: ForeignKey, key: str = "id") -> Relation:
    return Relation(name, False, None, columns, UniqueKey(f"{name.name}_pkey", (key,)), (), keys)


CATALOGUE = Catalogue(
    {
        ITEM: relation(
            ITEM,
            (
                column("id", INT, nullable=False),
                column("name", TEXT, nullable=False),
                column("price", INT),
                column("colour", TEXT),
                column("data", JSONB),
                column("sizes", INTS),
                column("owner", TEXT),
            ),
            ForeignKey("item_colour", ("colour",), COLOUR, ("name",)),
        ),
        REVIEW: relation(
            REVIEW,
            (
                column("id", INT, nullable=False),
                column("item_id", INT, nullable=False),
                column("stars", INT),
                column("checked", BOOL),
                column("author", TEXT),
            ),
            ForeignKey("review_item", ("item_id",), ITEM, ("id",)),
        ),
        COLOUR: relation(COLOUR, (column("name", TEXT, nullable=False), column("hex", TEXT)), key="name"),
        AUDIT: relation(AUDIT, (column("id", INT, nullable=False),)),
    },
    _functions(),
    {COLOUR: (EnumValue("blue", "#00f"), EnumValue("green", None), EnumValue("red", "#f00"))},
)


def select(role: str, columns: Any, filter_: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"role": role, "permission": {"columns": columns, "filter": filter_, **more}}


def computed(name: str, of: str, **definition: Any) -> dict[str, Any]:
    return {"name": name, "definition": {"function": of, **definition}}


ITEM_TABLE: dict[str, Any] = {
    "table": "item",
    "array_relationships": [
        {"name": "reviews", "using": {"foreign_key_constraint_on": {"table": "review", "column": "item_id"}}}
    ],
    "computed_fields": [
        computed("label", "label"),
        computed("shout", "shout"),
        computed("mine", "whose", session_argument="session"),
        computed("details", "details"),
        computed("alike", "alike"),
        computed("rated", "rated", table_argument="i"),
    ],
    "select_permissions": [
        select("owner", "*", {"owner": "X-Hasura-User-Id"}, computed_fields=["label"], allow_aggregations=True),
        select("buyer", ["id", "name", "price"], {"price": {"_gt": 0}}, limit=10),
        select("watcher", ["id"], {"label": {"_like": "x%"}, "mine": True}, computed_fields=["label"]),
        select("listed", ["id"], {"owner": {"_in": ["X-Hasura-User-Id", "shop"]}}),
        select("careful", ["id"], {"reviews": {"author": {"_ceq": ["$", "owner"]}}}),
    ],
}

REVIEW_TABLE: dict[str, Any] = {
    "table": "review",
    "object_relationships": [{"name": "item", "using": {"foreign_key_constraint_on": "item_id"}}],
    "select_permissions": [
        select("owner", "*", {"author": "X-Hasura-User-Id"}, allow_aggregations=True),
        select("buyer", ["id", "stars"], {"checked": True}),
        select("careful", ["id"], {"item": {"owner": {"_ceq": ["$", "author"]}}}),
    ],
}

METADATA: dict[str, Any] = {
    "version": 3,
    "inherited_roles": [
        {"role_name": "trader", "role_set": ["owner", "buyer"]},
        {"role_name": "everything", "role_set": ["trader", "watcher"]},
    ],
    "sources": [
        {
            "name": "default",
            "kind": "postgres",
            "configuration": {},
            "tables": [ITEM_TABLE, REVIEW_TABLE, {"table": "colour", "is_enum": True}],
            "functions": [
                {"function": "search"},
                {"function": "odd"},
                {"function": "trailing"},
                {"function": "any_item"},
                {"function": "newest", "configuration": {"session_argument": "hasura_session"}},
                {"function": "touch", "permissions": [{"role": "owner"}]},
                {
                    "function": "by_row",
                    "configuration": {
                        "custom_name": "similar",
                        "custom_root_fields": {"function_aggregate": "similar_count"},
                    },
                },
            ],
        }
    ],
}

MANNER = Manner(introspection_disabled=False, numbers_as_text=False, limits=Limits(depth_max=20))


def tracked(metadata: dict[str, Any] | None = None, *, permissions_inferred: bool = True) -> Tracked:
    written = parse_metadata(metadata or METADATA)
    return track(written, CATALOGUE, {}, permissions_inferred=permissions_inferred)


def schema(role: str = "admin", *, permissions_inferred: bool = True) -> RoleSchema:
    return RoleSchema(role, tracked(permissions_inferred=permissions_inferred))


def compiled(query: str, role: str = "admin", variables: dict[str, Any] | None = None) -> Compiled:
    return compile_request(Request(query, variables or {}), schema(role), MANNER)


def sql(query: str, role: str = "admin", variables: dict[str, Any] | None = None) -> str:
    statement = compiled(query, role, variables).statement
    assert statement is not None
    return statement.sql
