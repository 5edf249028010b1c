"""How sockets and subscriptions end that the client did not end."""

import asyncio
import signal
import time
from pathlib import Path

import pytest

from tests.integration.embedded.hasura.engine import running_engine
from tests.integration.embedded.hasura.subscriptions.sockets import LEGACY, TRANSPORT, opened

METADATA = str(Path(__file__).parent / "metadata")
OWNER = {"x-hasura-role": "owner", "x-hasura-user-id": "ann"}
TEXTS = "subscription { note(order_by: {id: asc}) { text } }"


EVERYTHING = {"table": "note", "role": "owner", "permission": {"columns": ["id", "text"], "filter": {}}}


@pytest.mark.parametrize("protocol", [LEGACY, TRANSPORT])
async def test_a_change_of_the_metadata_ends_sockets_so_that_clients_come_back(live_database, database, protocol):
    del database
    async with (
        running_engine(live_database, HASURA_GRAPHQL_METADATA_DIR=METADATA) as engine,
        opened(engine, protocol, init=OWNER) as socket,
    ):
        await socket.start("1", TEXTS)
        await socket.data()

        answer = await engine.command("pg_drop_select_permission", {"table": "note", "role": "owner"})

        assert answer.status_code == 200
        assert (await socket.closed())[0] == 1012


async def test_what_changes_nothing_ends_no_socket(live_engine, socket):
    async with socket(init={}) as open_socket:
        await open_socket.start("1", TEXTS)
        await open_socket.data()

        sql = {"source": "default", "sql": "INSERT INTO note (owner, text) VALUES ('ann', 'a')"}
        for kind, args, path in [
            ("run_sql", sql, "/v2/query"),
            ("export_metadata", {}, "/v1/metadata"),
            ("pg_track_table", {"table": "note"}, "/v1/metadata"),
        ]:
            await live_engine.command(kind, args, path)

        assert await open_socket.data() == {"note": [{"text": "a"}]}
        await open_socket.silent(0.3)


async def test_sockets_that_outlive_a_change_go_by_it(live_database, database):
    await database.execute("INSERT INTO note (owner, text) VALUES ('ann', 'a'), ('bob', 'b')")
    await database.execute("INSERT INTO event (owner) SELECT 'ann' FROM generate_series(1, 3)")
    settings = {
        "HASURA_GRAPHQL_METADATA_DIR": METADATA,
        "HASURA_GRAPHQL_CLOSE_WEBSOCKETS_ON_METADATA_CHANGE": "false",
        "HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL": "100",
        "HASURA_GRAPHQL_STREAMING_QUERIES_MULTIPLEXED_REFETCH_INTERVAL": "100",
    }
    stream = "subscription { event_stream(batch_size: 9, cursor: {initial_value: {id: 0}}) { id } }"
    async with (
        running_engine(live_database, **settings) as engine,
        opened(engine, init=OWNER) as reader,
        opened(engine, init=OWNER) as streaming,
    ):
        await reader.start("1", TEXTS)
        assert await reader.data() == {"note": [{"text": "a"}]}
        await streaming.start("1", stream)
        assert [len((await streaming.data())["event_stream"]) for _ in range(2)] == [2, 1]

        await engine.command("pg_drop_select_permission", {"table": "note", "role": "owner"})
        refused = await reader.receive()
        assert refused["type"] == "error"
        assert "'note' not found" in refused["payload"]["errors"][0]["message"]

        await engine.command("pg_create_select_permission", EVERYTHING)
        assert (await reader.receive())["type"] == "complete"
        await reader.start("1", TEXTS)
        assert await reader.data() == {"note": [{"text": "a"}, {"text": "b"}]}
        await database.execute("INSERT INTO event (owner) VALUES ('ann')")
        assert await streaming.data() == {"event_stream": [{"id": 4}]}


@pytest.mark.parametrize("protocol", [LEGACY, TRANSPORT])
async def test_an_engine_that_is_told_to_stop_says_so_and_stops(live_database, database, protocol):
    await database.execute("INSERT INTO note (owner, text) VALUES ('ann', repeat('x', 1000000))")
    async with (
        running_engine(live_database, HASURA_GRAPHQL_METADATA_DIR=METADATA) as engine,
        opened(engine, protocol, init={}) as socket,
        opened(engine, init={}, max_queue=1, max_size=None) as slow,
    ):
        await socket.start("1", "subscription { note { id } }")
        await socket.data()
        for n in range(20):
            await slow.start(str(n), "{ note { text } }")

        started = time.monotonic()
        engine.process.send_signal(signal.SIGTERM)

        assert (await socket.closed())[0] == 1001
        assert await asyncio.wait_for(engine.process.wait(), 10) == 0
        assert time.monotonic() - started < 8


async def test_an_engine_that_is_killed_closes_nothing_politely_and_its_clients_notice(live_database, database):
    del database
    async with (
        running_engine(live_database, HASURA_GRAPHQL_METADATA_DIR=METADATA) as engine,
        opened(engine, init={}) as socket,
    ):
        await socket.start("1", TEXTS)
        await socket.data()

        engine.process.kill()

        assert (await socket.closed())[0] == 1006


async def test_a_database_that_drops_its_connections_is_told_and_polling_goes_on(socket, database):
    async with socket(init={}) as open_socket:
        await open_socket.start("1", TEXTS)
        await open_socket.data()

        await database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hasura-subscriptions'"
        )
        await database.execute("INSERT INTO note (owner, text) VALUES ('ann', 'after')")

        while "errors" in (message := await open_socket.receive())["payload"]:
            assert message["payload"]["data"] is None
        assert message["payload"]["data"] in ({"note": []}, {"note": [{"text": "after"}]})
