"""Random metadata commands: true to their form, or with a piece replaced by something else."""

from typing import Any

from tests.integration.embedded.hasura.rows.choice import Choice

_TABLES: list[Any] = ["author", "book", "loan", {"schema": "public", "name": "everything"}, "nowhere", "odd table"]
_ROLES = ["owner", "reader", "admin", "new", ""]
_FILTERS: list[Any] = [
    {}, {"id": {"_eq": "X-Hasura-User-Id"}}, {"nothing": {"_eq": 1}}, {"_and": [{"id": 1}]},
    {"_exists": {"_table": "author"}},
    {"_or": {}}, {"id": {"_foo": 1}}, {"author": {"name": None}}, [], "x", {"$not": {"id": {"_ceq": ["$", "nothing"]}}},
    {"_exists": {"_table": {"schema": "public", "name": "loan"}, "_where": {"late": {"_is_null": True}}}},
]  # fmt: skip
_USING: list[Any] = [
    {"foreign_key_constraint_on": "author_id"},
    {"foreign_key_constraint_on": {"table": "book", "column": "author_id"}},
    {"foreign_key_constraint_on": ["book_id", "number"]},
    {"manual_configuration": {"remote_table": "author", "column_mapping": {"id": "id"}}},
    {"manual_configuration": {"remote_table": "author", "column_mapping": {"id": "nothing"}}},
    {},
    "author_id",
]
_CUSTOM: list[Any] = [
    {"custom_name": "Something"},
    {"custom_name": "1 bad name"},
    {"column_config": {"id": {"custom_name": "key"}}},
    {"custom_root_fields": {"select": "author", "insert": {"name": "x"}}},
    {"column_config": {"id": 1}},
]
_TYPES: list[Any] = [
    {"objects": [{"name": "Answer", "fields": [{"name": "id", "type": "Int!"}]}]},
    {"objects": [{"name": "Answer", "fields": [{"name": "id", "type": "[[Nothing!"}]}]},
    {"scalars": [{"name": "Int"}], "enums": [{"name": "E", "values": []}]},
    {},
]
_EXPOSED = {"exposed_as": "mutation"}
_QUERY = {"name": "q", "query": "{ author { id } }"}
_WRONG: list[Any] = [None, True, 0, -1, 1.5, "", "x", "\u0000", [], [None], {}, {"a": 1}, "x" * 200]


class Commands:
    """Commands for /v1/metadata, none of which may be an accident."""

    def __init__(self, choice: Choice) -> None:
        self._choice = choice

    def command(self, depth: int = 0) -> Any:
        """One command, or a list of them in one."""
        if depth < 2 and not self._choice.often(10):
            name = self._choice.one(["bulk", "bulk_keep_going", "bulk_atomic", "concurrent_bulk"])
            return {"type": name, "args": self._choice.times(lambda: self.command(depth + 1), high=3)}
        name, arguments = self._choice.one(sorted(self._forms().items()))
        prefix = self._choice.one(["", "pg_", "postgres_"])
        written: dict[str, Any] = {"type": prefix + name, "args": arguments}
        if not self._choice.often(12):
            written |= {
                self._choice.one(["version", "resource_version", "source"]): self._choice.one([1, 2, 99, "x", None])
            }
        return written if self._choice.often(3) else self._spoilt(written)

    def _forms(self) -> dict[str, Any]:
        choice = self._choice
        table, role = choice.one(_TABLES), choice.one(_ROLES)
        where = choice.one(_FILTERS)
        name = choice.one(["books", "author", "id", "fresh", "1st"])
        grant = {
            "columns": choice.one(["*", ["id"], ["nothing"], []]),
            "filter": where,
            "check": where,
            "set": {"id": "x-hasura-a"},
        }
        function = choice.one(
            ["search_books", "failing", "book_label", "nothing", {"schema": "public", "name": "cheap"}]
        )
        forms: dict[str, Any] = {
            "track_table": choice.one([table, {"table": table, "configuration": choice.one(_CUSTOM)}]),
            "untrack_table": {"table": table, "cascade": choice.coin()},
            "set_table_customization": {"table": table, "configuration": choice.one(_CUSTOM)},
            "set_table_is_enum": {"table": table, "is_enum": choice.coin()},
            "create_object_relationship": {"table": table, "name": name, "using": choice.one(_USING)},
            "create_array_relationship": {"table": table, "name": name, "using": choice.one(_USING)},
            "drop_relationship": {"table": table, "relationship": name, "cascade": choice.coin()},
            "rename_relationship": {"table": table, "name": name, "new_name": "renamed"},
            "track_function": choice.one([function, {"function": function, "configuration": _EXPOSED}]),
            "untrack_function": {"function": function},
            "create_function_permission": {"function": function, "role": role},
            "add_computed_field": {"table": table, "name": name, "definition": {"function": function}},
            "drop_computed_field": {"table": table, "name": name, "cascade": choice.coin()},
            "set_custom_types": choice.one(_TYPES),
            "create_action": {"name": name, "definition": {"handler": "http://127.0.0.1:1", "output_type": "Answer"}},
            "drop_action": {"name": name, "clear_data": choice.coin()},
            "create_action_permission": {"action": name, "role": role},
            "create_query_collection": {"name": name, "definition": {"queries": [_QUERY]}},
            "add_query_to_collection": {"collection_name": name, "query_name": "r", "query": "{ {"},
            "add_collection_to_allowlist": {"collection": name},
            "add_inherited_role": {"role_name": name, "role_set": choice.one([["owner", "reader"], [name], ["x"]])},
            "drop_inherited_role": {"role_name": name},
            "set_graphql_schema_introspection_options": {"disabled_for_roles": [role]},
            "export_metadata": {},
            "reload_metadata": {"reload_sources": choice.coin()},
            "get_inconsistent_metadata": {},
            "suggest_relationships": {},
            "get_catalog_state": {},
            "set_catalog_state": {"type": choice.one(["cli", "console", "x"]), "state": {"a": 1}},
            "no_such_command": {},
        }  # fmt: skip
        for kind in ("select", "insert", "update", "delete"):
            forms[f"create_{kind}_permission"] = {"table": table, "role": role, "permission": grant}
            forms[f"drop_{kind}_permission"] = {"table": table, "role": role}
        return forms

    def _spoilt(self, value: Any) -> Any:
        """The value with one piece somewhere inside replaced, taken away or added."""
        choice = self._choice
        if isinstance(value, dict) and value and choice.often(4):
            key = choice.one(sorted(value))
            if choice.often(4):
                return value | {key: self._spoilt(value[key])}
            return {name: item for name, item in value.items() if name != key}
        if isinstance(value, list) and value and choice.coin():
            return [self._spoilt(value[0]), *value[1:]]
        return choice.one(_WRONG)
