"""Root fields keep their meaning when metadata changes."""

import asyncpg
import pytest_asyncio

from tests.integration.embedded.hasura.engine import running_engine
from tests.support.postgres import scratch_database

MESSAGE = "found duplicate fields in selection set for mutation root: insert_one, insert_one_one"


@pytest_asyncio.fixture
async def fresh(postgres):
    url = await scratch_database(postgres, "hasura_root_names")
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE one (x int); CREATE TABLE two (x int)")
    await connection.close()
    async with running_engine(url) as engine:
        yield engine


async def test_a_name_that_is_taken_is_refused_and_nothing_changes(fresh):
    assert (await fresh.command("pg_track_table", {"table": "one"})).status_code == 200

    taken = {"table": "two", "configuration": {"custom_name": "one"}}
    answer = await fresh.command("pg_track_table", taken)

    assert answer.status_code == 500
    assert answer.json()["code"] == "unexpected"
    assert answer.json()["error"].startswith(MESSAGE)
    assert (await fresh.ask("{ one { x } }"))["data"] == {"one": []}
    tables = (await fresh.command("export_metadata", {})).json()["sources"][0]["tables"]
    assert [table["table"]["name"] for table in tables] == ["one"]
