"""What happens to sockets and channels: tokens, faults, restarts and slow readers."""
# ruff: noqa: S608  - the tables' names are made by the fixtures

import asyncio
import json
import signal
import socket
import time
import uuid
from typing import Any

import asyncpg
import psutil
import pytest
import websockets
from realtime import RealtimeSubscribeStates

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.supabase.gateway import ANON_KEY, Gateway, Listener, member, running_gateway, token
from tests.support.postgres import scratch_database
from tests.support.waiting import until

TABLE = """
CREATE TABLE note (id int PRIMARY KEY, org_id text NOT NULL, body text, size numeric);
ALTER TABLE note ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON note FOR SELECT USING (org_id = current_setting('request.jwt.claims', true)::jsonb ->> 'org_id');
GRANT SELECT ON note TO authenticated;
ALTER PUBLICATION supabase_realtime ADD TABLE note;
"""


def socket_url(gateway: Gateway, key: str = ANON_KEY, vsn: str = "1.0.0") -> str:
    return f"ws://127.0.0.1:{gateway.port}/realtime/v1/websocket?apikey={key}&vsn={vsn}"


async def join(peer: Any, topic: str, bearer: str, table: str) -> list[Any]:
    """The reply and the subscription's confirmation, in the second version's frames."""
    config = {"postgres_changes": [{"event": "*", "schema": "public", "table": table}]}
    await peer.send(json.dumps(["1", "1", topic, "phx_join", {"access_token": bearer, "config": config}]))
    return [json.loads(await peer.recv()), json.loads(await peer.recv())]


async def test_a_channel_closes_when_its_token_runs_out(gateway, note):
    listener = await Listener.joining(gateway, note, member("a", ttl_s=3))
    await listener.subscribed()

    await until(lambda: RealtimeSubscribeStates.CLOSED in listener.states, within_s=6)

    assert RealtimeSubscribeStates.CHANNEL_ERROR in listener.states
    await listener.close()


async def test_a_fresh_token_keeps_the_channel_open_and_its_claims_count_at_once(listen, note, sql):
    listener = await listen(note, member("a", ttl_s=3))

    await listener.client.realtime.set_auth(member("b"))
    await listener.subscribed(times=2)
    await sql.execute(f"INSERT INTO {note} VALUES (1, 'a'), (2, 'b')")
    assert [data["record"]["id"] for data in await listener.heard(1)] == [2]

    first_token_ends_at = time.monotonic() + 3.2
    await until(lambda: time.monotonic() > first_token_ends_at, within_s=5)
    await sql.execute(f"INSERT INTO {note} VALUES (3, 'b')")
    assert [data["record"]["id"] for data in await listener.heard(2)] == [2, 3]
    assert RealtimeSubscribeStates.CLOSED not in listener.states


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("", "API key is missing"),
        ("nonsense", "The token provided is not a valid JWT"),
        (token("anon", ttl_s=-5), "Token has expired"),
        (token("anon")[:-4] + "AAAA", "Failed to validate JWT signature"),
    ],
)
async def test_a_socket_without_a_good_key_is_refused_in_words(gateway, key, message):
    with pytest.raises(websockets.exceptions.InvalidStatus) as refused:
        await websockets.connect(socket_url(gateway, key))

    response = refused.value.response
    assert (response.status_code, json.loads(response.body or b"")) == (401, {"error": message})


@pytest.mark.parametrize(
    ("bearer", "config", "reason"),
    [
        (token("anon", ttl_s=-5), {}, "InvalidJWTToken: Token has expired "),
        ("a.b.c", {}, "MalformedJWT: The token provided is not a valid JWT"),
        (
            token("anon"),
            {"private": True},
            "Unauthorized: You do not have permissions to read from this Channel topic: x",
        ),
    ],
)
async def test_a_join_that_is_refused_says_why(gateway, bearer, config, reason):
    async with websockets.connect(socket_url(gateway, vsn="2.0.0")) as peer:
        await peer.send(json.dumps(["1", "2", "realtime:x", "phx_join", {"access_token": bearer, "config": config}]))
        join_ref, ref, topic, event, payload = json.loads(await peer.recv())

    assert (join_ref, ref, topic, event, payload["status"]) == ("1", "2", "realtime:x", "phx_reply", "error")
    assert payload["response"]["reason"].startswith(reason)


@pytest.mark.parametrize(
    ("binding", "message"),
    [
        ({"schema": "public", "table": "nowhere"}, "Please check Realtime is enabled for the given connect parameters"),
        ({"schema": "public", "table": "NOTE", "filter": "nosuch=eq.1"}, "invalid column for filter nosuch"),
        ({"schema": "public", "table": "NOTE", "filter": "id=eq.x"}, "invalid input syntax for type integer"),
        (
            {"schema": "public", "table": "NOTE", "filter": "id=like.x"},
            "operator like requires a text-compatible column type",
        ),
        (
            {"schema": "public", "table": "NOTE", "filter": "body=match.("},
            "invalid regular expression for match filter",
        ),
        ({"schema": "public", "table": "NOTE", "filter": "body=is.1"}, "must be null, true, false, or unknown"),
        ({"schema": "public", "table": "NOTE", "filter": "id=is.true"}, "is true filter requires a boolean column"),
        ({"schema": "public", "table": "NOTE", "filter": "id=has.x"}, "operator has is not supported"),
        ({"event": "*"}, "No subscription params provided"),
    ],
)
async def test_a_subscription_that_cannot_be_served_says_why(gateway, note, binding, message):
    named = {name: value.replace("NOTE", note) for name, value in binding.items()}
    async with websockets.connect(socket_url(gateway)) as peer:
        config = {"config": {"postgres_changes": [named]}}
        await peer.send(json.dumps({"topic": "realtime:x", "event": "phx_join", "ref": "1", "payload": config}))
        reply, system = json.loads(await peer.recv()), json.loads(await peer.recv())

    assert reply["payload"]["status"] == "ok"
    assert (system["event"], system["payload"]["status"], system["ref"]) == ("system", "error", None)
    assert message in system["payload"]["message"]


async def test_malformed_frames_are_ignored_and_the_socket_lives_on(gateway):
    async with websockets.connect(socket_url(gateway)) as peer:
        deep = "[" * 100_000
        for frame in (
            "",
            "{",
            "[]",
            "null",
            '{"topic":1,"event":"x","payload":{},"ref":"1"}',
            '{"ref":NaN}',
            deep,
            b"\x03",
        ):
            await peer.send(frame)
        await peer.send(json.dumps({"topic": "phoenix", "event": "heartbeat", "payload": {}, "ref": None}))

        answer = json.loads(await asyncio.wait_for(peer.recv(), 5))

    assert answer == {
        "topic": "phoenix",
        "event": "phx_reply",
        "payload": {"status": "ok", "response": {}},
        "ref": None,
    }


async def test_odd_payloads_do_no_harm_to_the_socket(gateway):
    async with websockets.connect(socket_url(gateway, vsn="2.0.0")) as peer:
        odd: list[Any] = [None, 7, "text", [], {"config": 3}, {"config": {"postgres_changes": [None, 5, {"event": 1}]}}]
        odd += [{"access_token": "\ud800.x.y"}, {"access_token": 5}]
        odd += [{"config": {"postgres_changes": [{"table": "a\0b", "filter": "x=eq.\ud800"}]}}]
        for number, payload in enumerate(odd):
            for event in ("phx_join", "access_token", "broadcast", "presence", "unknown", "phx_leave"):
                await peer.send(json.dumps([None, f"{event}{number}", "realtime:odd", event, payload]))
        await peer.send(json.dumps([None, "last", "phoenix", "heartbeat", {}]))

        async with asyncio.timeout(5):
            while json.loads(await peer.recv())[1] != "last":
                pass


async def test_both_serializers_hear_the_same_change_in_their_own_frames(gateway, note, sql):
    async with (
        websockets.connect(socket_url(gateway, vsn="1.0.0")) as old,
        websockets.connect(socket_url(gateway, vsn="2.0.0")) as new,
    ):
        bearer = member("a")
        reply, system = await join(new, "realtime:same", bearer, note)
        config = {"postgres_changes": [{"event": "*", "schema": "public", "table": note}]}
        payload = {"access_token": bearer, "config": config}
        await old.send(json.dumps({"topic": "realtime:same", "event": "phx_join", "ref": "9", "payload": payload}))
        await old.recv(), await old.recv()

        await sql.execute(f"INSERT INTO {note} VALUES (1, 'a')")

        first, second = json.loads(await old.recv()), json.loads(await new.recv())
    assert reply[:4] == ["1", "1", "realtime:same", "phx_reply"]
    assert system[:4] == ["1", None, "realtime:same", "system"]
    assert set(first) == {"topic", "event", "payload", "ref"}
    assert second[:4] == [None, None, "realtime:same", "postgres_changes"]
    assert first["payload"] == second[4]


async def test_a_channel_that_left_hears_nothing_more(gateway, note, sql):
    async with websockets.connect(socket_url(gateway, vsn="2.0.0")) as peer:
        await join(peer, "realtime:left", member("a"), note)
        await peer.send(json.dumps(["1", "5", "realtime:left", "phx_leave", {}]))
        left, closed = json.loads(await peer.recv()), json.loads(await peer.recv())

        await sql.execute(f"INSERT INTO {note} VALUES (1, 'a')")
        await peer.send(json.dumps([None, "6", "phoenix", "heartbeat", {}]))
        last = json.loads(await peer.recv())

    assert left == ["1", "5", "realtime:left", "phx_reply", {"status": "ok", "response": {}}]
    assert closed[3] == "phx_close"
    assert last[1] == "6"


async def test_a_second_join_takes_the_place_of_the_first(gateway, note, sql):
    async with websockets.connect(socket_url(gateway)) as peer:
        config = {"postgres_changes": [{"event": "*", "schema": "public", "table": note}]}
        payload = {"access_token": member("a"), "config": config}
        for ref in ("1", "2"):
            await peer.send(json.dumps({"topic": "realtime:t", "event": "phx_join", "ref": ref, "payload": payload}))
            frames = [json.loads(await peer.recv()) for _ in range(2)]
            assert [frame["event"] for frame in frames] == ["phx_reply", "system"]

        await sql.execute(f"INSERT INTO {note} VALUES (1, 'a'), (2, 'a')")
        heard = [json.loads(await peer.recv()) for _ in range(2)]

    assert [frame["payload"]["data"]["record"]["id"] for frame in heard] == [1, 2]


async def test_a_frozen_reader_delays_nobody_and_is_cut_off(gateway, listen, note, sql):
    other = await listen(note, member("a"))
    frozen = socket.create_connection(("127.0.0.1", gateway.port))
    frozen.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    key = "dGhlIHNhbXBsZSBub25jZQ=="
    path = socket_url(gateway).split(str(gateway.port), 1)[1]
    frozen.sendall(
        f"GET {path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    config = {"postgres_changes": [{"event": "*", "schema": "public", "table": note}]}
    payload = {"access_token": member("a"), "config": config}
    body = json.dumps({"topic": "realtime:f", "event": "phx_join", "ref": "1", "payload": payload}).encode()
    assert b"101" in await asyncio.to_thread(frozen.recv, 4096)
    # A masked text frame whose mask is zero.
    frozen.sendall(b"\x81\xfe" + len(body).to_bytes(2) + b"\0\0\0\0" + body)
    peek = b""
    async with asyncio.timeout(5):
        while b"Subscribed" not in peek:
            peek += await asyncio.to_thread(frozen.recv, 4096)

    for number in range(60):
        await sql.execute(f"INSERT INTO {note} VALUES ($1, 'a', repeat('x', 400000))", number)

    await other.heard(60, within_s=30)
    assert [data["record"]["id"] for data in other.data] == list(range(60))
    await until(lambda: not _serves(gateway, frozen.getsockname()[1]), within_s=5, what="the cut")
    frozen.close()


def _serves(gateway: Gateway, port: int) -> bool:
    assert gateway.process is not None
    connections = psutil.Process(gateway.process.pid).net_connections()
    return any(connection.raddr and connection.raddr.port == port for connection in connections)


async def test_clients_come_back_after_the_gateway_was_killed(postgres: PostgresServer):
    database_url = await scratch_database(postgres, f"killed_{uuid.uuid4().hex[:8]}")
    async with running_gateway(database_url) as gateway:
        sql = await asyncpg.connect(database_url)
        await sql.execute(TABLE)
        listener = await Listener.joining(gateway, "note", member("a"))
        await listener.subscribed()

        gateway.stop(signal.SIGKILL)
        await sql.execute("INSERT INTO note VALUES (1, 'a')")
        await gateway.start()
        await listener.subscribed(times=2, within_s=20)
        await sql.execute("INSERT INTO note VALUES (2, 'a')")

        assert [data["record"]["id"] for data in await listener.heard(1)] == [2]
        await listener.close()
        await sql.close()


async def test_subscribers_join_again_after_the_database_dropped_the_stream(listen, note, sql):
    listener = await listen(note, member("a"))

    await sql.execute(
        "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE database = current_database()"
    )
    await listener.subscribed(times=2, within_s=20)
    await sql.execute(f"INSERT INTO {note} VALUES (1, 'a')")

    assert [data["record"]["id"] for data in await listener.heard(1)] == [1]
    assert RealtimeSubscribeStates.CHANNEL_ERROR in listener.states


async def test_the_gateway_ends_cleanly_on_sigterm_and_leaves_no_slot_behind(postgres: PostgresServer):
    database_url = await scratch_database(postgres, f"ended_{uuid.uuid4().hex[:8]}")
    async with running_gateway(database_url) as gateway:
        sql = await asyncpg.connect(database_url)
        await sql.execute(TABLE)
        listener = await Listener.joining(gateway, "note", member("a"))
        await listener.subscribed()

        assert gateway.stop() == 0

        statement = "SELECT count(*) FROM pg_replication_slots WHERE database = current_database()"
        await until(lambda: _is_zero(sql, statement), within_s=5)
        await listener.close()
        await sql.close()


async def _is_zero(connection: Any, statement: str) -> bool:
    return await connection.fetchval(statement) == 0


async def test_starting_again_on_a_prepared_database_changes_nothing(gateway):
    async with running_gateway(gateway.database_url) as second:
        listener = await second.client()
        assert (await listener.auth._request("GET", "health")).json()["name"] == "GoTrue"
