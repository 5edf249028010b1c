"""Metadata as a whole: replaced, exported, cleared, cleaned; and the parts that no table owns."""

import pytest

QUERY = {"queries": [{"name": "q", "query": "{ author { id } }"}]}


async def refused(engine, kind, args, **more):
    answer = await engine.command(kind, args, **more)
    assert answer.status_code != 200, answer.text
    found = answer.json()
    return found["code"], found["path"], found["error"]


async def done(engine, kind, args, **more):
    answer = await engine.command(kind, args, **more)
    assert answer.json() == {"message": "success"}, answer.text


async def exported(engine):
    return (await engine.command("export_metadata", {})).json()


async def test_lists_are_exported_by_name_and_empty_parts_not_at_all(library):
    for name in ("b", "a"):
        await done(library, "create_query_collection", {"name": name, "definition": QUERY})
        await done(library, "add_collection_to_allowlist", {"collection": name})
        await done(library, "add_inherited_role", {"role_name": name, "role_set": ["reader"]})
        args = {"table": "author", "role": name, "permission": {"columns": "*", "filter": {}}}
        await done(library, "pg_create_select_permission", args)

    found = await exported(library)

    assert list(found) == ["version", "sources", "query_collections", "allowlist", "inherited_roles"]
    assert [table["table"]["name"] for table in found["sources"][0]["tables"]] == ["article", "author"]
    assert [grant["role"] for grant in found["sources"][0]["tables"][1]["select_permissions"]] == ["a", "b"]
    assert found["allowlist"] == [{"collection": "a"}, {"collection": "b"}]
    assert [role["role_name"] for role in found["inherited_roles"]] == ["a", "b"]
    await done(library, "replace_metadata", found)
    assert await exported(library) == found


async def test_inconsistent_metadata_replaces_only_if_allowed(library):
    metadata = await exported(library)
    metadata["sources"][0]["tables"].append({"table": {"schema": "public", "name": "ghost"}})

    strict = await library.command("replace_metadata", metadata)
    lax = await library.command("replace_metadata", {"allow_inconsistent_metadata": True, "metadata": metadata})

    assert (strict.status_code, strict.json()["code"]) == (400, "unexpected")
    assert strict.json()["error"] == "cannot continue due to inconsistent metadata"
    assert [item["name"] for item in strict.json()["internal"]] == ["table ghost in source default"]
    assert lax.json()["is_consistent"] is False


async def test_what_is_inconsistent_can_be_dropped_with_all_that_then_lacks_it(library):
    metadata = await exported(library)
    tables = metadata["sources"][0]["tables"]
    tables.append({"table": {"schema": "public", "name": "ghost"}})
    lost = {"manual_configuration": {"remote_table": "ghost", "column_mapping": {"id": "id"}}}
    tables[0].setdefault("array_relationships", []).append({"name": "ghosts", "using": lost})
    haunted = {"columns": "*", "filter": {"ghosts": {"id": {"_gt": 1}}}}
    tables[0]["select_permissions"].append({"role": "medium", "permission": haunted})
    await library.command("replace_metadata", {"allow_inconsistent_metadata": True, "metadata": metadata})

    await done(library, "drop_inconsistent_metadata", {})

    found = await library.command("get_inconsistent_metadata", {})
    assert found.json() == {"is_consistent": True, "inconsistent_objects": []}
    article = (await exported(library))["sources"][0]["tables"][0]
    assert "array_relationships" not in article
    assert [grant["role"] for grant in article["select_permissions"]] == ["reader"]


@pytest.mark.parametrize(
    ("change", "path", "error"),
    [
        (
            lambda m: m["sources"][0]["tables"].append({"table": "author"}),
            "$.sources[0].tables",
            "multiple declarations exist for the following tables: author",
        ),
        (
            lambda m: m["sources"][0]["tables"][0]["select_permissions"].append(
                {"role": "reader", "permission": {"columns": [], "filter": {}}}
            ),
            "$.sources[0].tables[0].select_permissions",
            "multiple declarations exist for the following select permissions: reader",
        ),
        (
            lambda m: m["sources"][0]["tables"][0].update(colour="red"),
            "$.sources[0].tables[0]",
            'unexpected keys when parsing TableMetadata: ["colour"]',
        ),
        (
            lambda m: m["sources"][0]["tables"][0]["table"].update(name=5),
            "$.sources[0].tables[0].table",
            "expected a name, or an object with schema and name",
        ),
        (lambda m: m.update(sources={}), "$.sources", "parsing [] failed, expected Array, but encountered Object"),
        (
            lambda m: m["sources"][0]["tables"][0].update(is_enum=[]),
            "$.sources[0].tables[0].is_enum",
            "parsing Bool failed, expected Boolean, but encountered Array",
        ),
    ],
)
async def test_metadata_that_cannot_be_read_is_refused_with_its_place(library, change, path, error):
    metadata = await exported(library)
    change(metadata)

    assert await refused(library, "replace_metadata", metadata) == ("parse-failed", path, error)


async def test_metadata_of_the_older_form_lands_in_the_default_source(fresh):
    await done(
        fresh,
        "replace_metadata",
        {
            "version": 2,
            "tables": [{"table": "author"}, {"table": "article"}],
            "functions": [],
            "query_collections": [{"name": "c", "definition": QUERY}],
        },
    )

    found = await exported(fresh)
    assert [table["table"]["name"] for table in found["sources"][0]["tables"]] == ["article", "author"]
    assert found["sources"][0]["configuration"]
    assert found["query_collections"][0]["name"] == "c"


async def test_clearing_leaves_the_source_with_its_connection(library):
    before = await exported(library)

    await done(library, "clear_metadata", {})

    source = before["sources"][0]
    assert await exported(library) == {"version": 3, "sources": [{**source, "tables": []}]}


async def test_a_collection_is_kept_as_long_as_it_is_allowed(fresh):
    await done(fresh, "create_query_collection", {"name": "c", "definition": QUERY, "comment": "mine"})
    await done(fresh, "add_collection_to_allowlist", {"collection": "c"})
    await done(fresh, "add_query_to_collection", {"collection_name": "c", "query_name": "r", "query": "{ x }"})

    assert await refused(fresh, "drop_query_collection", {"collection": "c", "cascade": False}) == (
        "dependency-error", "$.args.collection",
        'query collection with name "c" is present in allowlist; cannot proceed to drop',
    )  # fmt: skip
    await done(fresh, "rename_query_collection", {"name": "c", "new_name": "d"})
    scope = {"global": False, "roles": ["reader"]}
    await done(fresh, "update_scope_of_collection_in_allowlist", {"collection": "d", "scope": scope})
    found = await exported(fresh)
    assert found["allowlist"] == [{"collection": "d", "scope": scope}]
    assert [query["name"] for query in found["query_collections"][0]["definition"]["queries"]] == ["q", "r"]
    await done(fresh, "drop_query_from_collection", {"collection_name": "d", "query_name": "r"})
    await done(fresh, "drop_query_collection", {"collection": "d", "cascade": True})
    assert not {"allowlist", "query_collections"} & (await exported(fresh)).keys()


@pytest.mark.parametrize(
    ("kind", "args", "expected"),
    [
        (
            "create_query_collection",
            {"name": "kept", "definition": QUERY},
            ("already-exists", "$.args.name", 'query collection with name "kept" already exists'),
        ),
        (
            "create_query_collection",
            {"name": "n", "definition": {"queries": [*QUERY["queries"]] * 2}},
            ("not-supported", "$.args.definition.queries", 'found duplicate query names "q"'),
        ),
        (
            "add_query_to_collection",
            {"collection_name": "kept", "query_name": "q", "query": "{ a }"},
            ("already-exists", "$.args", 'query with name "q" already exists in collection "kept"'),
        ),
        (
            "drop_query_from_collection",
            {"collection_name": "kept", "query_name": "z"},
            ("not-found", "$.args", 'query with name "z" not found in collection "kept"'),
        ),
        (
            "add_collection_to_allowlist",
            {"collection": "none"},
            ("not-exists", "$.args.collection", 'query collection with name "none" does not exist'),
        ),
        (
            "drop_collection_from_allowlist",
            {"collection": "kept"},
            ("not-found", "$.args.collection", 'collection "kept" doesn\'t exist in the allowlist'),
        ),
        (
            "add_inherited_role",
            {"role_name": "a", "role_set": ["a", "b"]},
            ("invalid-params", "$.args", "an inherited role name cannot be in the role combination"),
        ),
        ("drop_inherited_role", {"role_name": "a"}, ("not-exists", "$.args", '"a" inherited role doesn\'t exist')),
        (
            "set_graphql_schema_introspection_options",
            {},
            ("parse-failed", "$", "the key 'disabled_for_roles' was not present"),
        ),
        (
            "pg_add_source",
            {"name": "default", "configuration": {}},
            ("already-exists", "$.args", 'source with name "default" already exists'),
        ),
        ("pg_drop_source", {"name": "pg1"}, ("not-exists", "$.args", 'source with name "pg1" does not exist')),
        (
            "rename_source",
            {"name": "pg1", "new_name": "x"},
            ("not-exists", "$.args", 'source with name "pg1" does not exist'),
        ),
        ("create_action", {"name": "a"}, ("parse-failed", "$", "the key 'definition' was not present")),
        (
            "update_action",
            {"name": "nope", "definition": {"handler": "http://x", "output_type": "String"}},
            ("not-exists", "$.args", 'action with name "nope" does not exist'),
        ),
        (
            "create_action_permission",
            {"action": "nope", "role": "x"},
            ("not-exists", "$.args", 'action with name "nope" does not exist'),
        ),
        (
            "pg_track_function",
            {"function": "nope"},
            (
                "invalid-configuration",
                "$.args",
                'Inconsistent object: in function "nope": no such function exists: "nope"',
            ),
        ),
        (
            "pg_untrack_function",
            {"function": "nope"},
            ("not-exists", "$.args", 'function "nope" does not exist in source: default'),
        ),
    ],
)
async def test_what_makes_no_sense_is_refused_in_hasura_s_words(fresh, kind, args, expected):
    await done(fresh, "create_query_collection", {"name": "kept", "definition": QUERY})

    assert await refused(fresh, kind, args) == expected


async def test_another_source_is_refused_as_what_this_engine_lacks(fresh):
    configuration = {"connection_info": {"database_url": {"from_env": "ELSEWHERE"}}}
    answer = await fresh.command("pg_add_source", {"name": "pg1", "configuration": configuration})

    assert (answer.status_code, answer.json()["code"]) == (400, "not-supported")


async def test_the_default_source_can_be_dropped_and_added_again(library):
    configuration = (await exported(library))["sources"][0]["configuration"]

    await done(library, "pg_drop_source", {"name": "default"})
    gone = await library.ask("{ author { id } }")
    await done(library, "pg_add_source", {"name": "default", "configuration": configuration})
    await done(library, "pg_track_table", {"table": "author"})

    assert "errors" in gone
    assert (await library.ask("{ author { name } }"))["data"]["author"][0] == {"name": "Ann"}


async def test_custom_types_that_actions_use_are_not_taken_from_them(fresh):
    types = {"objects": [{"name": "Out", "fields": [{"name": "id", "type": "Int!"}]}]}
    await done(fresh, "set_custom_types", types)
    definition = {"handler": "http://127.0.0.1:9", "output_type": "Out", "kind": "synchronous"}
    await done(fresh, "create_action", {"name": "act", "definition": definition})

    code, path, error = await refused(fresh, "set_custom_types", {})

    assert (code, path, error) == ("unexpected", "$.args", "cannot continue due to new inconsistent metadata")
    assert (await exported(fresh))["custom_types"]["objects"][0]["name"] == "Out"


async def test_a_table_that_custom_types_lead_to_is_not_dropped_even_with_cascade(library):
    rows = {"name": "writer", "type": "object", "remote_table": "author", "field_mapping": {"id": "id"}}
    types = {"objects": [{"name": "Out", "fields": [{"name": "id", "type": "Int!"}], "relationships": [rows]}]}
    await done(library, "set_custom_types", types)

    sql = {"sql": "DROP TABLE author CASCADE", "cascade": True}
    answer = await library.command("run_sql", sql, path="/v2/query")

    assert (answer.status_code, answer.json()["code"]) == (500, "unexpected")
    assert answer.json()["internal"][0]["type"] == "custom_types"
    assert len((await library.ask("{ author { id } }"))["data"]["author"]) == 2
