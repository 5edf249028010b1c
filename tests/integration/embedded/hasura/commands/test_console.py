"""What the CLI and the console ask when they start, in the order in which they ask it."""

import httpx
import pytest

ADMIN = {"X-Hasura-Admin-Secret": "let-me-in"}
COLUMNS = (
    "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns"
    " WHERE table_schema = 'public' ORDER BY 2, ordinal_position"
)


async def post(engine, path, body, status=200):
    answer: httpx.Response = await engine.client.post(path, json=body, headers=ADMIN)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_the_cli_applies_a_project(library):
    assert (await library.client.get("/healthz")).text == "OK"
    assert (await library.client.get("/v1/version")).json()["server_type"] == "ce"

    known = await post(library, "/v1/metadata", {"type": "export_metadata", "args": {}})
    assert known["version"] == 3
    state = await post(library, "/v1/metadata", {"type": "get_catalog_state", "args": {}})
    done = {"settings": {"migration_mode": "true"}, "migrations": {"default": {"1700000000000": False}}}
    await post(library, "/v1/metadata", {"type": "set_catalog_state", "args": {"type": "cli", "state": done}})
    migration = {
        "source": "default",
        "sql": "CREATE TABLE tag (id int PRIMARY KEY)",
        "check_metadata_consistency": False,
    }
    applied = await post(library, "/v2/query", {"type": "run_sql", "args": migration})
    known["sources"][0]["tables"].append({"table": {"schema": "public", "name": "tag"}})
    replaced = await post(
        library,
        "/v1/metadata",
        {
            "type": "replace_metadata",
            "version": 2,
            "args": {"allow_inconsistent_metadata": True, "metadata": known},
        },
    )
    listed = await post(library, "/v1/metadata", {"type": "get_inconsistent_metadata", "args": {}})
    reloading = {"reload_remote_schemas": True, "reload_sources": True}
    reloaded = await post(library, "/v1/metadata", {"type": "reload_metadata", "args": reloading})

    assert set(state) == {"id", "cli_state", "console_state"}
    assert applied == {"result_type": "CommandOk", "result": None}
    assert replaced == {"is_consistent": True, "inconsistent_objects": []}
    assert listed == {"is_consistent": True, "inconsistent_objects": []}
    assert reloaded == {"message": "success", "is_consistent": True, "inconsistent_objects": []}
    assert (await library.ask("{ tag { id } }")) == {"data": {"tag": []}}


async def test_the_console_looks_around(library):
    config = (await library.client.get("/v1alpha1/config", headers=ADMIN)).json()
    exported = await post(library, "/v1/metadata", {"type": "export_metadata", "version": 2, "args": {}})
    kinds = await post(library, "/v1/metadata", {"type": "list_source_kinds", "args": {}})
    tables = await post(library, "/v1/metadata", {"type": "pg_get_source_tables", "args": {"source": "default"}})
    article = await post(
        library, "/v1/metadata", {"type": "pg_get_table_info", "args": {"source": "default", "table": "article"}}
    )
    looked = await post(
        library,
        "/v2/query",
        {
            "type": "bulk",
            "source": "default",
            "args": [{"type": "run_sql", "args": {"source": "default", "sql": COLUMNS, "read_only": True}}],
        },
    )
    several = await post(
        library,
        "/v2/query",
        {
            "type": "concurrent_bulk",
            "args": [{"type": "run_sql", "args": {"sql": "SELECT 1 AS a", "read_only": True}}] * 2,
        },
    )

    assert {"version", "is_admin_secret_set", "jwt", "live_queries", "streaming_queries"} <= config.keys()
    assert exported["metadata"]["sources"][0]["kind"] == "postgres"
    assert [kind["kind"] for kind in kinds["sources"]] == ["postgres"]
    assert {table["name"] for table in tables} == {"article", "author", "shown"}
    assert article["primary_key"] == ["id"]
    assert article["foreign_keys"]["article_author_id_fkey"] == {
        "foreign_table": {"schema": "public", "name": "author"},
        "column_mapping": {"author_id": "id"},
    }
    assert looked[0]["result"][1] == ["public", "article", "id", "integer"]
    assert several == [{"result_type": "TuplesOk", "result": [["a"], ["1"]]}] * 2


async def test_the_console_tracks_all_tables_and_suggested_relationships(fresh):
    tracked = await post(
        fresh,
        "/v1/metadata",
        {
            "type": "pg_track_tables",
            "args": {
                "tables": [
                    {"source": "default", "table": {"schema": "public", "name": "author"}},
                    {"source": "default", "table": {"schema": "public", "name": "article"}},
                ]
            },
        },
    )
    first = {"type": "pg_suggest_relationships", "args": {"source": "default", "omit_tracked": True}}
    suggested = (await post(fresh, "/v1/metadata", first))["relationships"]
    public = {"schema": "public"}
    near = {
        "table": {**public, "name": "article"},
        "columns": ["author_id"],
        "constraint_name": "article_author_id_fkey",
    }
    far = {"table": {**public, "name": "author"}, "columns": ["id"]}

    assert tracked == {"message": "success"}
    assert suggested == [
        {"type": "object", "from": near, "to": far},
        {"type": "array", "from": far, "to": near},
    ]
    using = {"foreign_key_constraint_on": "author_id"}
    args = {"table": "article", "name": "author", "using": using}
    await post(fresh, "/v1/metadata", {"type": "pg_create_object_relationship", "args": args})
    left = (await post(fresh, "/v1/metadata", first))["relationships"]
    assert [one["type"] for one in left] == ["array"]


async def test_of_many_tables_those_that_can_be_are_tracked(fresh):
    answer = await fresh.command("pg_track_tables", {"tables": [{"table": "author"}, {"table": "nowhere"}]})
    none = await fresh.command("pg_track_tables", {"tables": [{"table": "author"}]})
    strict = await fresh.command(
        "pg_track_tables", {"allow_warnings": False, "tables": [{"table": "article"}, {"table": "author"}]}
    )
    untracked = await fresh.command("pg_untrack_tables", {"tables": [{"table": "author"}]})

    assert answer.json()["message"] == "success"
    assert [(one["code"], one["name"]) for one in answer.json()["warnings"]] == [
        ("track-table-failed", "table nowhere in source default")
    ]
    assert (none.status_code, none.json()["error"]) == (400, "all tables failed to be tracked")
    assert (strict.status_code, strict.json()["code"]) == (400, "metadata-warnings")
    assert untracked.json() == {"message": "success"}
    assert "errors" in await fresh.ask("{ article { id } }")


@pytest.mark.parametrize(
    ("body", "error", "path"),
    [
        ({"args": {}}, "the key 'type' was not present", "$"),
        ({"type": "export_metadata"}, "the key 'args' was not present", "$"),
        ([], "parsing Object failed, expected Object, but encountered Array", "$"),
        ({"type": "bulk", "args": {}}, "parsing [] failed, expected Array, but encountered Object", "$"),
        (
            {"type": "fly_away", "args": {}},
            'unknown metadata command "fly_away"; "fly" was not recognized as a valid backend name',
            "$",
        ),
        ({"type": "bulk", "args": [{"type": "fly_away", "args": {}}]}, None, "$.args[0]"),
        ({"type": "bulk", "args": [3]}, "parsing Object failed, expected Object, but encountered Number", "$.args[0]"),
        ({"type": "set_catalog_state", "args": {"type": "cli", "state": 1}}, None, "$.state"),
        ({"type": "set_catalog_state", "args": {"type": "me", "state": {}}}, None, "$.type"),
        ({"type": "export_metadata", "version": 7, "args": {}}, "expected 1 or 2, encountered 7", "$.version"),
    ],
)
async def test_what_is_no_command_is_a_parse_error_with_its_place(fresh, body, error, path):
    answer = await post(fresh, "/v1/metadata", body, status=400)

    assert (answer["code"], answer["path"]) == ("parse-failed", path)
    assert error is None or answer["error"] == error


async def test_commands_are_for_administrators(fresh):
    body = {"type": "export_metadata", "args": {}}
    nobody = await fresh.client.post("/v1/metadata", json=body)
    role = await fresh.client.post("/v1/metadata", json=body, headers={**ADMIN, "X-Hasura-Role": "reader"})

    assert (nobody.status_code, nobody.json()["code"]) == (401, "access-denied")
    assert role.json() == {"path": "$.args", "error": "restricted access : admin only", "code": "access-denied"}


async def test_a_bulk_that_keeps_going_says_of_each_step_what_became_of_it(fresh):
    answer = await post(
        fresh,
        "/v1/metadata",
        {
            "type": "bulk_keep_going",
            "args": [
                {"type": "pg_track_table", "args": {"table": "nowhere"}},
                {"type": "pg_track_table", "args": {"table": "author"}},
            ],
        },
    )

    assert answer[0]["path"] == "$.args[0].args"
    assert answer[1] == {"message": "success"}
    assert (await fresh.ask("{ author { name } }"))["data"]["author"]


async def test_a_bulk_is_one_change(fresh):
    before = (await fresh.command("export_metadata", {}, version=2)).json()["resource_version"]
    steps = [{"type": "pg_track_table", "args": {"table": name}} for name in ("author", "article")]
    await post(fresh, "/v1/metadata", {"type": "bulk", "args": steps})

    assert (await fresh.command("export_metadata", {}, version=2)).json()["resource_version"] == before + 1


async def test_bulks_are_not_nested_without_end(fresh):
    body = {"type": "export_metadata", "args": {}}
    for _ in range(8):
        body = {"type": "bulk", "args": [body]}

    answer = await post(fresh, "/v1/metadata", body, status=400)

    assert answer["error"] == "bulks may be nested at most 5 deep"
