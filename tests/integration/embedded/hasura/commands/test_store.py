"""Metadata outlives a process and is the same in all of them."""

import asyncio
import shutil
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio

from tests.integration.embedded.hasura.engine import metadata_database, running_engine
from tests.support.postgres import scratch_database
from tests.support.waiting import until

FOLDER = Path(__file__).parent.parent / "metadata"


@pytest_asyncio.fixture(scope="module")
async def notes(postgres):
    url = await scratch_database(postgres, "hasura_store")
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE note (id int PRIMARY KEY, body text); INSERT INTO note VALUES (1, 'hi')")
    await connection.close()
    return url


@pytest_asyncio.fixture
async def kept(notes):
    """Settings under which engines keep their metadata in one place."""
    async with metadata_database(notes) as url:
        yield {"HASURA_GRAPHQL_METADATA_DATABASE_URL": url, "HASURA_GRAPHQL_SCHEMA_SYNC_POLL_INTERVAL": "60000"}


async def version(engine):
    return (await engine.command("export_metadata", {}, version=2)).json()["resource_version"]


async def query(url, statement):
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


async def test_metadata_outlives_the_process(notes, kept):
    async with running_engine(notes, **kept) as engine:
        await engine.command("pg_track_table", {"table": "note"})
        before = (await engine.command("export_metadata", {}, version=2)).json()
    async with running_engine(notes, **kept) as engine:
        after = (await engine.command("export_metadata", {}, version=2)).json()
        answer = await engine.ask("{ note { body } }")

    assert after == before
    assert answer == {"data": {"note": [{"body": "hi"}]}}


async def test_a_fresh_database_holds_one_empty_source_at_version_one(notes, kept):
    async with running_engine(notes, **kept) as engine:
        found = (await engine.command("export_metadata", {}, version=2)).json()

    assert found["resource_version"] == 1
    assert found["metadata"] == {
        "version": 3,
        "sources": [
            {
                "name": "default",
                "kind": "postgres",
                "tables": [],
                "configuration": {"connection_info": {"database_url": {"from_env": "HASURA_GRAPHQL_DATABASE_URL"}}},
            }
        ],
    }


async def test_once_a_command_is_answered_every_process_serves_what_it_did(notes, kept):
    async with running_engine(notes, **kept) as one, running_engine(notes, **kept) as other:
        for i in range(10):
            writer, reader = (one, other) if i % 2 else (other, one)
            tracked = await writer.command("pg_track_table", {"table": "note"})
            seen = await reader.ask("{ note { id } }")
            dropped = await reader.command("pg_untrack_table", {"table": "note"})
            gone = await writer.ask("{ note { id } }")

            assert (tracked.status_code, dropped.status_code) == (200, 200)
            assert seen == {"data": {"note": [{"id": 1}]}}
            assert "errors" in gone


async def test_columns_that_one_process_added_are_known_to_the_other(notes, kept):
    async with running_engine(notes, **kept) as one, running_engine(notes, **kept) as other:
        await one.command("pg_track_table", {"table": "note"})
        await one.command("run_sql", {"sql": "ALTER TABLE note ADD COLUMN IF NOT EXISTS stars int"}, path="/v2/query")

        assert (await other.ask("{ note { stars } }"))["data"] == {"note": [{"stars": None}]}


async def test_changes_by_several_processes_at_once_are_all_kept(notes, kept):
    names = [f"list_{i}" for i in range(12)]
    async with running_engine(notes, **kept) as one, running_engine(notes, **kept) as other:
        definition = {"queries": [{"name": "q", "query": "{ note { id } }"}]}
        answers = await asyncio.gather(
            *(
                (one, other)[i % 2].command("create_query_collection", {"name": name, "definition": definition})
                for i, name in enumerate(names)
            )
        )
        found = (await one.command("export_metadata", {}, version=2)).json()

    assert {answer.status_code for answer in answers} == {200}
    assert sorted(one["name"] for one in found["metadata"]["query_collections"]) == sorted(names)
    assert found["resource_version"] == 1 + len(names)


async def test_a_change_that_refers_to_an_old_version_is_a_conflict_in_any_process(notes, kept):
    async with running_engine(notes, **kept) as one, running_engine(notes, **kept) as other:
        old = await version(one)
        first = await one.command("pg_track_table", {"table": "note"}, resource_version=old)
        second = await other.command("pg_untrack_table", {"table": "note"}, resource_version=old)

        assert first.status_code == 200
        assert (second.status_code, second.json()["code"]) == (409, "conflict")
        assert second.json()["error"] == (f"metadata resource version referenced ({old}) did not match current version")
        assert await version(other) == old + 1


async def test_what_somebody_wrote_without_telling_is_found_by_asking(notes, kept):
    kept["HASURA_GRAPHQL_SCHEMA_SYNC_POLL_INTERVAL"] = "50"
    async with running_engine(notes, **kept) as engine:
        await engine.command("pg_track_table", {"table": "note"})
        await query(
            kept["HASURA_GRAPHQL_METADATA_DATABASE_URL"],
            "UPDATE hdb_catalog.hdb_metadata SET resource_version = resource_version + 1,"
            """ metadata = '{"version": 3, "sources": []}'""",
        )

        async def forgotten():
            return "errors" in await engine.ask("{ note { id } }")

        await until(forgotten, within_s=10, what="the new metadata")


async def test_the_folder_replaces_what_is_stored_and_is_no_change_when_it_is_the_same(notes, kept, tmp_path):
    shutil.copytree(FOLDER, tmp_path / "metadata")
    with_folder = {
        **kept,
        "HASURA_GRAPHQL_METADATA_DIR": str(tmp_path / "metadata"),
        "HANDLER_URL": "http://127.0.0.1:9",
        "ACTION_SECRET": "x",
    }
    async with running_engine(notes, **kept) as engine:
        await engine.command("pg_track_table", {"table": "note"})
        first = await version(engine)
    async with running_engine(notes, **with_folder) as engine:
        loaded = await version(engine)
        tables = (await engine.command("export_metadata", {})).json()["sources"][0]["tables"]
    async with running_engine(notes, **with_folder) as engine, running_engine(notes, **with_folder) as other:
        again = (await version(engine), await version(other))

    assert loaded == first + 1
    assert "note" not in [table["table"]["name"] for table in tables]
    assert again == (loaded, loaded)


async def test_several_processes_may_start_on_nothing_at_the_same_time(notes, kept):
    async def start():
        async with running_engine(notes, **kept) as engine:
            return await version(engine)

    assert await asyncio.gather(*(start() for _ in range(3))) == [1, 1, 1]


async def test_without_the_right_to_create_a_schema_the_start_fails_with_one_sentence(notes, capfd):
    await query(notes, "CREATE ROLE only_reads LOGIN PASSWORD 'x'")
    host = notes.rsplit("@", 1)[1]

    with pytest.raises(AssertionError):
        async with running_engine(notes, HASURA_GRAPHQL_METADATA_DATABASE_URL=f"postgresql://only_reads:x@{host}"):
            pass

    said = [line for line in capfd.readouterr().err.splitlines() if line]
    assert len(said) == 1
    assert "Metadata cannot be kept in the schema hdb_catalog" in said[0]
    assert "as role only_reads" in said[0]
    assert "HASURA_GRAPHQL_METADATA_DATABASE_URL" in said[0]


async def test_a_role_that_may_create_nothing_is_fine_where_all_is_there(notes, kept):
    url = kept["HASURA_GRAPHQL_METADATA_DATABASE_URL"]
    async with running_engine(notes, **kept):
        pass
    await query(notes, "CREATE ROLE may_write LOGIN PASSWORD 'x'")
    await query(url, "GRANT USAGE ON SCHEMA hdb_catalog TO may_write")
    await query(url, "GRANT ALL ON ALL TABLES IN SCHEMA hdb_catalog TO may_write")
    host = url.rsplit("@", 1)[1]

    as_role = {**kept, "HASURA_GRAPHQL_METADATA_DATABASE_URL": f"postgresql://may_write:x@{host}"}
    async with running_engine(notes, **as_role) as engine:
        assert (await engine.command("pg_track_table", {"table": "note"})).status_code == 200


async def test_what_cli_and_console_want_remembered_outlives_the_process(notes, kept):
    async with running_engine(notes, **kept) as engine:
        first = (await engine.command("get_catalog_state", {})).json()
        await engine.command("set_catalog_state", {"type": "cli", "state": {"migrations": {"default": {"1": False}}}})
        await engine.command("set_catalog_state", {"type": "console", "state": {"onboardingShown": True}})
    async with running_engine(notes, **kept) as engine:
        after = (await engine.command("get_catalog_state", {})).json()

    assert UUID(first["id"])
    assert (first["cli_state"], first["console_state"]) == ({}, {})
    assert after == {
        "id": first["id"],
        "cli_state": {"migrations": {"default": {"1": False}}},
        "console_state": {"onboardingShown": True},
    }


async def test_without_its_metadata_an_engine_says_so_and_goes_on_serving(notes, kept):
    url = kept["HASURA_GRAPHQL_METADATA_DATABASE_URL"]
    async with running_engine(notes, **kept) as engine:
        await engine.command("pg_track_table", {"table": "note"})
        await query(url, "ALTER SCHEMA hdb_catalog RENAME TO away")
        ill = await engine.client.get("/healthz")
        command = await engine.command("export_metadata", {})
        served = await engine.ask("{ note { id } }")
        await query(url, "ALTER SCHEMA away RENAME TO hdb_catalog")
        well = await engine.client.get("/healthz")

    assert (ill.status_code, ill.text) == (500, "ERROR")
    assert (command.status_code, command.json()["code"]) == (500, "postgres-error")
    assert served == {"data": {"note": [{"id": 1}]}}
    assert (well.status_code, well.text) == (200, "OK")
