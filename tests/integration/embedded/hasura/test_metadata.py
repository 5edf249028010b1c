"""Metadata commands, SQL, and the small endpoints."""

import signal

import asyncpg
import pytest
import pytest_asyncio

from tests.integration.embedded.hasura.engine import running_engine
from tests.support.postgres import scratch_database


@pytest_asyncio.fixture(loop_scope="session")
async def bare(postgres, request):
    name = "hasura_" + str(abs(hash(request.node.name)))
    async with running_engine(await scratch_database(postgres, name)) as running:
        yield running


async def test_what_is_inconsistent_is_reported_and_takes_nothing_else_down(engine):
    answer = await engine.command("get_inconsistent_metadata", {})
    health = await engine.client.get("/healthz")
    strict = await engine.client.get("/healthz?strict=true")

    found = answer.json()
    assert found["is_consistent"] is False
    assert [item["name"] for item in found["inconsistent_objects"]] == ["table ghost in source default"]
    assert (health.status_code, health.text) == (200, "WARN: inconsistent objects in schema")
    assert (strict.status_code, strict.text) == (500, "ERROR: inconsistent objects in schema")


async def test_exported_metadata_can_be_replaced_by_itself(engine):
    first = (await engine.command("export_metadata", {}, version=2)).json()

    replaced = await engine.command(
        "replace_metadata", {"metadata": first["metadata"], "allow_inconsistent_metadata": True}
    )
    second = (await engine.command("export_metadata", {}, version=2)).json()

    assert replaced.status_code == 200
    assert second["metadata"] == first["metadata"]
    assert second["resource_version"] == first["resource_version"] + 1
    assert [table["table"]["name"] for table in first["metadata"]["sources"][0]["tables"]] == [
        "ghost", "organization", "person", "task"
    ]  # fmt: skip


async def test_an_outdated_resource_version_is_a_conflict(engine):
    answer = await engine.command("reload_metadata", {}, resource_version=0)

    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


async def test_a_bulk_stops_at_the_first_error_with_its_place_and_keeps_only_what_its_sql_did(bare):
    answer = await bare.command(
        "bulk",
        [
            {
                "type": "run_sql",
                "args": {"sql": "CREATE TABLE note (id int PRIMARY KEY, body text); INSERT INTO note VALUES (1, 'hi')"},
            },
            {"type": "track_table", "args": {"schema": "public", "name": "note"}},
            {"type": "track_table", "args": {"schema": "public", "name": "nowhere"}},
        ],
        path="/v1/query",
    )

    assert answer.status_code == 400
    assert answer.json()["path"] == "$.args[2].args"
    assert "errors" in await bare.ask("{ note { body } }")
    await bare.command("track_table", {"schema": "public", "name": "note"}, path="/v1/query")
    assert await bare.ask("{ note { body } }") == {"data": {"note": [{"body": "hi"}]}}


async def test_a_plan_is_forgotten_when_permissions_change(bare):
    await bare.command("run_sql", {"sql": "CREATE TABLE note AS SELECT 1 AS id UNION SELECT 2"}, path="/v2/query")
    await bare.command("track_table", {"name": "note", "schema": "public"}, path="/v1/query")
    grant = {"table": "note", "role": "reader", "permission": {"columns": ["id"], "filter": {"id": 1}}}
    await bare.command("create_select_permission", grant, path="/v1/query")
    before = await bare.ask("{ note { id } }", role="reader")

    await bare.command("drop_select_permission", {"table": "note", "role": "reader"}, path="/v1/query")
    after = await bare.ask("{ note { id } }", role="reader")

    assert before == {"data": {"note": [{"id": 1}]}}
    assert after["errors"][0]["message"] == "field 'note' not found in type: 'query_root'"


@pytest.mark.parametrize(
    ("kind", "args"),
    [
        ("create_event_trigger", {}),
        ("add_remote_schema", {}),
    ],
)
async def test_what_the_engine_lacks_it_says_so(engine, kind, args):
    answer = await engine.command(kind, args, path="/v1/query")

    assert answer.status_code == 400
    assert answer.json()["code"] == "not-supported"
    assert "not supported by the embedded engine" in answer.json()["error"]


async def test_run_sql_answers_rows_as_text_and_errors_with_postgres_account(engine):
    rows = await engine.command(
        "run_sql",
        {"sql": "SELECT id, NULL AS nothing, details FROM task WHERE id = 2", "read_only": True},
        path="/v2/query",
    )
    failed = await engine.command("run_sql", {"sql": "SELECT 1 / 0"}, path="/v2/query")
    written = await engine.command("run_sql", {"sql": "DELETE FROM task", "read_only": True}, path="/v2/query")

    assert rows.json() == {
        "result_type": "TuplesOk",
        "result": [["id", "nothing", "details"], ["2", "NULL", '{"tool": {"name": "saw"}}']],
    }
    assert failed.json()["internal"]["error"]["status_code"] == "22012"
    assert written.status_code == 400


async def test_small_endpoints_answer_and_carry_an_id(engine):
    version = await engine.client.get("/v1/version", headers={"X-Request-Id": "mine"})
    missing = await engine.client.get("/nowhere")
    config = await engine.client.get("/v1alpha1/config", headers={"X-Hasura-Admin-Secret": "let-me-in"})
    preflight = await engine.client.options(
        "/v1/graphql", headers={"Origin": "http://portal", "Access-Control-Request-Headers": "x-hasura-role"}
    )

    assert version.json()["version"].startswith("v2.")
    assert version.headers["x-request-id"] == "mine"
    assert missing.json() == {"path": "$", "error": "resource does not exist", "code": "not-found"}
    assert missing.headers["x-request-id"]
    assert config.json()["is_admin_secret_set"] is True
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (204, "http://portal")
    assert preflight.headers["access-control-allow-headers"] == "x-hasura-role"


async def test_bodies_that_are_no_request_are_refused(engine):
    secret = {"X-Hasura-Admin-Secret": "let-me-in"}

    broken = await engine.client.post("/v1/graphql", content=b"{", headers=secret)
    empty = await engine.client.post("/v1/graphql", json={}, headers=secret)
    large = await engine.client.post("/v1/graphql", content=b" " * 5_000_000, headers=secret)

    assert broken.json()["errors"][0]["extensions"]["code"] == "invalid-json"
    assert empty.json()["errors"][0]["message"] == "the key 'query' was not present"
    assert "larger than" in large.json()["errors"][0]["message"]


async def test_queries_cannot_write_even_as_admin(bare):
    await bare.command(
        "run_sql",
        {
            "sql": "CREATE TABLE seen (id int); "
            "CREATE FUNCTION note_it() RETURNS int LANGUAGE sql AS 'INSERT INTO seen VALUES (1) RETURNING 1'; "
            "CREATE VIEW sly AS SELECT note_it() AS id"
        },
        path="/v2/query",
    )
    await bare.command("track_table", {"name": "sly", "schema": "public"}, path="/v1/query")

    answer = await bare.ask("{ sly { id } }")

    assert answer["errors"][0]["extensions"]["internal"]["error"]["status_code"] == "25006"


async def test_sigterm_ends_the_process_cleanly(postgres):
    async with running_engine(await scratch_database(postgres, "hasura_sigterm")) as running:
        running.process.send_signal(signal.SIGTERM)

        assert await running.process.wait() == 0


async def test_a_wrong_setting_is_a_sentence_and_exit_code_one(postgres):
    with pytest.raises(AssertionError):
        async with running_engine(postgres.url, HASURA_GRAPHQL_JWT_SECRET="no json"):
            pass


async def test_connections_of_queries_are_few_and_read_only(engine, hasura_database):
    await engine.ask("{ __typename jobs { id } }")
    connection = await asyncpg.connect(hasura_database)
    try:
        count = await connection.fetchval("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'hasura'")
    finally:
        await connection.close()

    assert 1 <= count <= 60
