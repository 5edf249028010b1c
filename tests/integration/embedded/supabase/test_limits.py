"""Limits, with the words of the real server."""

import json
import uuid
from typing import Any

import httpx
import pytest
import pytest_asyncio
import websockets

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.supabase.gateway import ANON_KEY, running_gateway
from tests.integration.embedded.supabase.test_between_clients import socket_url
from tests.support.postgres import scratch_database

LIMITS = {
    "MAX_CONCURRENT_USERS": "3",
    "MAX_CHANNELS_PER_CLIENT": "2",
    "MAX_EVENTS_PER_SECOND": "1",
    "MAX_PAYLOAD_SIZE_IN_KB": "10",
}


@pytest_asyncio.fixture(scope="module")
async def tight(postgres: PostgresServer):
    database_url = await scratch_database(postgres, f"tight_{uuid.uuid4().hex[:8]}")
    async with running_gateway(database_url, **LIMITS) as gateway:
        yield gateway


async def ask(peer: Any, topic: str, event: str, payload: Any) -> Any:
    await peer.send(json.dumps({"topic": topic, "event": event, "ref": "1", "payload": payload}))
    return json.loads(await peer.recv())["payload"]


async def test_a_socket_too_many_and_a_channel_too_many_are_refused(tight):
    url = socket_url(tight, "1.0.0")
    async with websockets.connect(url) as peer, websockets.connect(url), websockets.connect(url):
        with pytest.raises(websockets.InvalidStatus) as refused:
            await websockets.connect(url)
        replies = [await ask(peer, f"realtime:{n}", "phx_join", {}) for n in range(3)]

    assert refused.value.response.status_code == 429
    assert json.loads(refused.value.response.body or b"") == {"error": "Too many connected users"}
    assert [reply["status"] for reply in replies] == ["ok", "ok", "error"]
    assert replies[2]["response"]["reason"] == "ChannelRateLimitReached: Too many channels"


async def test_messages_too_many_close_the_channel(tight):
    async with websockets.connect(socket_url(tight, "1.0.0")) as peer:
        await ask(peer, "realtime:x", "phx_join", {"config": {"broadcast": {"ack": True}}})
        message = {"type": "broadcast", "event": "e", "payload": {}}
        answers = [await ask(peer, "realtime:x", "broadcast", message) for _ in range(61)]
        closed = json.loads(await peer.recv())

    assert {answer["status"] for answer in answers} == {"ok", "error"}
    assert answers[60]["message"] == "Too many messages per second"
    assert closed["event"] == "phx_close"


async def test_a_payload_too_large_is_answered_where_an_answer_was_asked_for(tight):
    large = {"type": "broadcast", "event": "e", "payload": {"text": "x" * 10_001}}
    body = {"messages": [{"topic": "x", "event": "e", "payload": large}]}
    async with websockets.connect(socket_url(tight, "1.0.0")) as peer:
        await ask(peer, "realtime:x", "phx_join", {"config": {"broadcast": {"ack": True}}})
        answer = await ask(peer, "realtime:x", "broadcast", large)
    async with httpx.AsyncClient(base_url=tight.url) as http:
        over = await http.post("/realtime/v1/api/broadcast", json=body, headers={"apikey": ANON_KEY})

    assert answer == {"status": "error", "response": {"reason": "payload_size_exceeded"}}
    assert (over.status_code, list(over.json())) == (422, ["errors"])


async def test_presence_calls_too_many_close_the_channel(tight):
    async with websockets.connect(socket_url(tight, "1.0.0")) as peer:
        await ask(peer, "realtime:x", "phx_join", {})
        for n in range(6):
            track = {"type": "presence", "event": "track", "payload": {"n": n}}
            await peer.send(json.dumps({"topic": "realtime:x", "event": "presence", "ref": "2", "payload": track}))
        heard = []
        while not heard or heard[-1]["event"] != "phx_close":
            heard.append(json.loads(await peer.recv()))

    (system,) = [message["payload"] for message in heard if message["event"] == "system"]
    assert (system["extension"], system["status"]) == ("system", "error")
    assert system["message"] == "Client presence rate limit exceeded"


async def test_joins_too_many_end_the_connection(postgres: PostgresServer):
    database_url = await scratch_database(postgres, f"tight_{uuid.uuid4().hex[:8]}")
    async with (
        running_gateway(database_url, MAX_JOINS_PER_SECOND="1") as gateway,
        websockets.connect(socket_url(gateway, "1.0.0")) as peer,
    ):
        replies = [await ask(peer, "realtime:x", "phx_join", {}) for _ in range(61)]
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await peer.recv()

    assert [reply["status"] for reply in replies[:60]] == ["ok"] * 60
    assert replies[60]["response"]["reason"] == "ClientJoinRateLimitReached: Too many joins per second"
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1001
