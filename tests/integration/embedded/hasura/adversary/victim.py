"""Tables, functions and metadata of what is attacked.

A `note` belongs to a `person`. `user` sees few columns of its own notes, `owner` all of them, `clerk` few columns of
everybody's; `heir` inherits from `clerk` and `owner`.
"""
# ruff: noqa: S608  - the names in these statements are the attack

from typing import Any

# A name that ends strings, identifiers, comments, statements and format patterns.
EVIL = """x'"; DROP TABLE note; --%s%%{0}$1\\"""

_QUOTED = '"' + EVIL.replace('"', '""') + '"'
_LITERAL = "'" + EVIL.replace("'", "''") + "'"

TABLES = f"""
CREATE TABLE person (id text PRIMARY KEY, team text NOT NULL);
INSERT INTO person VALUES ('ann', 'red'), ('bob', 'red'), ('eve', 'blue');
CREATE TABLE note (
  id int PRIMARY KEY, owner_id text NOT NULL, title text NOT NULL, secret text, price int, tags text[], details jsonb
);
INSERT INTO note VALUES
  (1, 'ann', 'a1', 's1', 10, '{{x}}', '{{"k": "v"}}'), (2, 'ann', 'a2', 's2', 20, NULL, NULL),
  (3, 'bob', 'b3', 's3', 90, NULL, NULL), (4, 'eve', 'e4', 's4', 95, NULL, NULL);
CREATE FUNCTION notes_of(person_row person) RETURNS SETOF note LANGUAGE sql STABLE
  AS 'SELECT * FROM note WHERE owner_id = person_row.id';
CREATE FUNCTION secret_of(note_row note) RETURNS text LANGUAGE sql STABLE AS 'SELECT note_row.secret';
CREATE FUNCTION all_notes(lowest int) RETURNS SETOF note LANGUAGE sql STABLE AS 'SELECT * FROM note WHERE id >= lowest';
CREATE FUNCTION who_am_i(session json) RETURNS SETOF person LANGUAGE sql STABLE
  AS $$ SELECT * FROM person WHERE id = session ->> 'x-hasura-user-id' $$;
CREATE TABLE {_QUOTED} (
  {_QUOTED} text, id int CONSTRAINT evil_pkey PRIMARY KEY, CONSTRAINT {_QUOTED[:-1]} key" UNIQUE ({_QUOTED}));
INSERT INTO {_QUOTED} VALUES ({_LITERAL}, 1), ('plain', 2);
CREATE FUNCTION {_QUOTED}({_QUOTED} {_QUOTED}) RETURNS text LANGUAGE sql STABLE AS $f$ SELECT ($1).{_QUOTED} $f$;
"""


def _select(role: str, columns: Any, filter_: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"role": role, "permission": {"columns": columns, "filter": filter_, **more}}


_OWN = {"owner": {"id": {"_eq": "X-Hasura-User-Id"}}}
_PLAIN = ["id", "owner_id", "title"]


def _relationship(name: str, table: str, mapping: dict[str, str]) -> dict[str, Any]:
    return {"name": name, "using": {"manual_configuration": {"remote_table": table, "column_mapping": mapping}}}


_NOTE: dict[str, Any] = {
    "table": "note",
    "object_relationships": [_relationship("owner", "person", {"owner_id": "id"})],
    "computed_fields": [{"name": "whispered", "definition": {"function": "secret_of"}}],
    "select_permissions": [
        _select("user", _PLAIN, {"owner_id": "X-Hasura-User-Id"}, allow_aggregations=True),
        _select("clerk", _PLAIN, {}, allow_aggregations=True),
        _select("owner", "*", _OWN, allow_aggregations=True, computed_fields=["whispered"]),
        _select("tagged", _PLAIN, {"title": {"_in": "X-Hasura-Titles"}}),
    ],
    "insert_permissions": [
        {
            "role": "user",
            "permission": {"check": {"owner_id": "X-Hasura-User-Id"}, "columns": "*", "set": {"price": "1"}},
        }
    ],
    "update_permissions": [
        {"role": "user", "permission": {"columns": ["title", "owner_id"], "filter": _OWN, "check": _OWN}}
    ],
    "delete_permissions": [{"role": "user", "permission": {"filter": _OWN}}],
}
_PERSON: dict[str, Any] = {
    "table": "person",
    "array_relationships": [_relationship("notes", "note", {"id": "owner_id"})],
    "computed_fields": [{"name": "written", "definition": {"function": "notes_of"}}],
    "select_permissions": [
        _select("user", "*", {}, allow_aggregations=True),
        _select("owner", "*", {}, allow_aggregations=True),
        _select("clerk", ["id"], {}),
    ],
}
_EVIL: dict[str, Any] = {
    "table": EVIL,
    "configuration": {"custom_name": "evil", "column_config": {EVIL: {"custom_name": "evil_column"}}},
    "object_relationships": [_relationship("itself", EVIL, {EVIL: EVIL})],
    "computed_fields": [{"name": "computed", "definition": {"function": EVIL, "table_argument": EVIL}}],
    "select_permissions": [_select("user", "*", {EVIL: {"_eq": "X-Hasura-User-Id"}})],
}
METADATA: dict[str, Any] = {
    "version": 3,
    "sources": [
        {
            "name": "default",
            "kind": "postgres",
            "configuration": {"connection_info": {"database_url": {"from_env": "HASURA_GRAPHQL_DATABASE_URL"}}},
            "tables": [_NOTE, _PERSON, _EVIL],
            "functions": [
                {"function": "all_notes"},
                {"function": "who_am_i", "configuration": {"session_argument": "session"}},
            ],
        }
    ],
    "inherited_roles": [{"role_name": "heir", "role_set": ["clerk", "owner"]}],
}
