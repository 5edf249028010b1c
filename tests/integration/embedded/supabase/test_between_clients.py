"""Broadcast and presence: what clients tell one another."""

import json
import uuid
from typing import Any

import httpx
import websockets

from tests.integration.embedded.supabase.gateway import ANON_KEY, Gateway
from tests.support.waiting import until


def socket_url(gateway: Gateway, vsn: str) -> str:
    return f"ws://127.0.0.1:{gateway.port}/realtime/v1/websocket?apikey={ANON_KEY}&vsn={vsn}"


async def joined(gateway: Gateway, topic: str, **config: Any) -> Any:
    client = await gateway.client()
    channel = client.channel(topic, {"config": config})
    heard: list[Any] = []
    channel.on_broadcast("*", heard.append)
    await channel.subscribe()
    await until(lambda: channel.is_joined, within_s=5)
    return client, channel, heard


async def test_a_broadcast_reaches_the_others_of_its_topic(gateway):
    topic = uuid.uuid4().hex
    first, sender, echoed = await joined(gateway, topic, broadcast={"self": False, "ack": False})
    second, _, heard = await joined(gateway, topic)
    third, _, elsewhere = await joined(gateway, topic + "x")

    await sender.send_broadcast("hello", {"n": 1})

    await until(lambda: heard, within_s=5)
    assert [(message["event"], message["payload"]) for message in heard] == [("hello", {"n": 1})]
    assert (echoed, elsewhere) == ([], [])
    for client in (first, second, third):
        await client.realtime.close()


async def test_a_binary_broadcast_reaches_both_serializers(gateway):
    topic = f"realtime:{uuid.uuid4().hex}"
    async with (
        websockets.connect(socket_url(gateway, "2.0.0")) as new,
        websockets.connect(socket_url(gateway, "1.0.0")) as old,
    ):
        config = {"config": {"broadcast": {"self": True, "ack": True}}}
        await new.send(json.dumps(["1", "1", topic, "phx_join", config]))
        await old.send(json.dumps({"topic": topic, "event": "phx_join", "ref": "1", "payload": {}}))
        await new.recv(), await old.recv()

        names = [b"1", b"2", topic.encode(), b"move", b""]
        await new.send(bytes([3, *map(len, names), 1]) + b"".join(names) + b'{"x":1}')

        frame, reply, text = await new.recv(), json.loads(await new.recv()), json.loads(await old.recv())
    head = bytes([4, len(topic), 4, 0, 1])
    assert frame == head + topic.encode() + b"move" + b'{"x":1}'
    assert reply == ["1", "2", topic, "phx_reply", {"status": "ok", "response": {}}]
    assert text["payload"] == {"type": "broadcast", "event": "move", "payload": {"x": 1}}


async def test_presence_shows_who_came_and_who_went(gateway):
    topic = uuid.uuid4().hex
    seen: list[tuple[str, str]] = []
    client, other = await gateway.client(), await gateway.client()
    watcher = client.channel(topic, {"config": {"presence": {"key": "watcher", "enabled": True}}})
    watcher.on_presence_join(lambda key, _before, _new: seen.append(("join", key)))
    watcher.on_presence_leave(lambda key, _before, _left: seen.append(("leave", key)))
    await watcher.subscribe()
    guest = other.channel(topic, {"config": {"presence": {"key": "guest", "enabled": True}}})
    guest.on_presence_sync(lambda: None)
    await guest.subscribe()
    await until(lambda: watcher.is_joined and guest.is_joined, within_s=5)

    await guest.track({"name": "Ada"})
    await until(lambda: ("join", "guest") in seen, within_s=5)
    assert watcher.presence_state()["guest"][0]["name"] == "Ada"

    await other.realtime.close()
    await until(lambda: ("leave", "guest") in seen, within_s=5)
    await client.realtime.close()


async def test_a_broadcast_over_http_reaches_the_topic(gateway):
    topic = uuid.uuid4().hex
    client, _, heard = await joined(gateway, topic)
    message = {"topic": topic, "event": "news", "payload": {"n": 2}}
    async with httpx.AsyncClient(base_url=f"{gateway.url}/realtime/v1/api") as http:
        good = await http.post("/broadcast", json={"messages": [message]}, headers={"apikey": ANON_KEY})
        bare = await http.post("/broadcast", json={"messages": [message]})
        wrong = await http.post("/broadcast", json={"messages": [{"topic": topic}]}, headers={"apikey": ANON_KEY})

    await until(lambda: heard, within_s=5)
    assert (good.status_code, bare.status_code, wrong.status_code) == (202, 401, 422)
    assert heard[0]["payload"] == {"n": 2}
    await client.realtime.close()


async def test_a_name_with_slashes_is_escaped_in_the_path_and_reaches_its_topic(gateway):
    topic = f"room/{uuid.uuid4().hex}"
    client, channel, heard = await joined(gateway, topic)

    await channel.http_send("said/so", {"n": 3})
    async with httpx.AsyncClient(base_url=f"{gateway.url}/realtime/v1/api") as http:
        bare = await http.post("/broadcast/events", json={}, headers={"apikey": ANON_KEY})

    await until(lambda: heard, within_s=5)
    assert (heard[0]["event"], heard[0]["payload"]) == ("said/so", {"n": 3})
    assert bare.status_code == 404
    await client.realtime.close()
