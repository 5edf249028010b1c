"""Private channels, judged by the policies on realtime.messages, and broadcasts of the database."""
# ruff: noqa: S608  - the tables' names are made here

import json
import uuid
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest_asyncio
import websockets

from tests.integration.embedded.supabase.gateway import Gateway, member, token
from tests.integration.embedded.supabase.test_between_clients import joined, socket_url
from tests.support.waiting import until

OWN = "realtime.topic() LIKE (auth.jwt() ->> 'org_id') || ':%'"


@pytest_asyncio.fixture(autouse=True)
async def policies(sql) -> AsyncIterator[None]:
    """Members read what their organization says, owners say it; a topic begins with the organization's name."""
    await sql.execute(
        f"""
        CREATE POLICY reads ON realtime.messages FOR SELECT TO authenticated USING ({OWN});
        CREATE POLICY writes ON realtime.messages FOR INSERT TO authenticated
            WITH CHECK ({OWN} AND (extension = 'presence' OR (auth.jwt() ->> 'sub') <> 'reader'));
        """
    )
    yield
    await sql.execute("DROP POLICY reads ON realtime.messages; DROP POLICY writes ON realtime.messages")


class Peer:
    """A bare socket of the first serializer."""

    def __init__(self, socket: Any, topic: str) -> None:
        self.socket = socket
        self.topic = topic

    async def say(self, event: str, payload: Any, ref: str = "9") -> None:
        await self.socket.send(json.dumps({"topic": self.topic, "event": event, "payload": payload, "ref": ref}))

    async def hear(self, event: str) -> Any:
        while True:
            message = json.loads(await self.socket.recv())
            if message["event"] == event:
                return message["payload"]

    async def join(self, bearer: str, **config: Any) -> Any:
        await self.say("phx_join", {"access_token": bearer, "config": {"private": True, **config}})
        return await self.hear("phx_reply")


async def peers(gateway: Gateway, topic: str, count: int) -> list[Peer]:
    sockets = [await websockets.connect(socket_url(gateway, "1.0.0")) for _ in range(count)]
    return [Peer(socket, f"realtime:{topic}") for socket in sockets]


async def close(*all_of_them: Peer) -> None:
    for peer in all_of_them:
        await peer.socket.close()


async def test_who_may_not_read_may_not_join(gateway):
    (mine, theirs) = await peers(gateway, f"a:{uuid.uuid4().hex}", 2)

    good, bad = await mine.join(member("a")), await theirs.join(member("b"))

    assert good["status"] == "ok"
    assert bad["response"]["reason"] == (
        f"Unauthorized: You do not have permissions to read from this Channel topic: {theirs.topic[9:]}"
    )
    await close(mine, theirs)


async def test_who_may_not_write_is_not_heard_and_gets_no_answer(gateway):
    reader, writer, listener = await peers(gateway, f"a:{uuid.uuid4().hex}", 3)
    config = {"broadcast": {"ack": True}}
    await reader.join(_named("reader"), **config)
    await writer.join(_named("writer"), **config)
    await listener.join(member("a"))

    await reader.say("broadcast", {"type": "broadcast", "event": "said", "payload": {"by": "reader"}}, "r")
    await writer.say("broadcast", {"type": "broadcast", "event": "said", "payload": {"by": "writer"}}, "w")

    assert (await listener.hear("broadcast"))["payload"] == {"by": "writer"}
    assert await writer.hear("phx_reply") == {"status": "ok", "response": {}}
    await reader.say("phx_leave", {})
    assert json.loads(await reader.socket.recv())["payload"]["payload"] == {"by": "writer"}, (
        "and its own was not answered"
    )
    await close(reader, writer, listener)


async def test_messages_that_wait_for_their_check_keep_their_order(gateway):
    writer, listener = await peers(gateway, f"a:{uuid.uuid4().hex}", 2)
    await writer.join(_named("writer"))
    await listener.join(member("a"))

    for number in range(50):
        await writer.say("broadcast", {"type": "broadcast", "event": "n", "payload": {"n": number}})

    assert [(await listener.hear("broadcast"))["payload"]["n"] for _ in range(50)] == list(range(50))
    await close(writer, listener)


async def test_the_public_topic_of_the_same_name_is_another_one(gateway):
    topic = f"a:{uuid.uuid4().hex}"
    (private,) = await peers(gateway, topic, 1)
    await private.join(member("a"))
    client, channel, heard = await joined(gateway, topic)

    await private.say("broadcast", {"type": "broadcast", "event": "secret", "payload": {}})
    await channel.send_broadcast("public", {})
    await private.say("heartbeat", {})

    second, third, _ = await joined(gateway, topic)
    await third.send_broadcast("last", {})
    await until(lambda: heard, within_s=5)
    assert [message["event"] for message in heard] == ["last"]
    await client.realtime.close()
    await second.realtime.close()
    await close(private)


async def test_a_token_that_may_no_longer_read_closes_the_channel(gateway):
    (peer,) = await peers(gateway, f"a:{uuid.uuid4().hex}", 1)
    await peer.join(member("a"))

    await peer.say("access_token", {"access_token": member("b")})

    system = await peer.hear("system")
    assert system["message"] == f"You no longer have permission to read from this Channel topic: {peer.topic[9:]}"
    assert await peer.hear("phx_close") == {}
    await close(peer)


async def test_the_database_broadcasts_to_private_and_public_topics(gateway, sql):
    topic = f"a:{uuid.uuid4().hex}"
    (private,) = await peers(gateway, topic, 1)
    await private.join(member("a"))
    client, _, heard = await joined(gateway, topic)

    await sql.execute("SELECT realtime.send('{\"n\": 1}', 'told', $1, true)", topic)
    await sql.execute("SELECT realtime.send('{\"n\": 2, \"id\": 7}', 'told', $1, false)", topic)

    message = await private.hear("broadcast")
    await until(lambda: heard, within_s=5)
    assert (message["event"], message["payload"]["n"]) == ("told", 1)
    assert message["meta"]["id"] == message["payload"]["id"]
    assert [one["payload"] for one in heard] == [{"n": 2, "id": 7}]
    await client.realtime.close()
    await close(private)


async def test_a_trigger_broadcasts_changes_and_what_rolls_back_is_not_told(gateway, sql):
    topic, table = f"a:{uuid.uuid4().hex}", f"told_{uuid.uuid4().hex[:8]}"
    await sql.execute(
        f"""
        CREATE TABLE {table} (id int PRIMARY KEY, body text);
        CREATE FUNCTION {table}_tell() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
            PERFORM realtime.broadcast_changes('{topic}', TG_OP, TG_OP, TG_TABLE_NAME, TG_TABLE_SCHEMA, NEW, OLD);
            RETURN NULL;
        END $$;
        CREATE TRIGGER tell AFTER INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_tell();
        """
    )
    (peer,) = await peers(gateway, topic, 1)
    await peer.join(member("a"))

    transaction = sql.transaction()
    await transaction.start()
    await sql.execute(f"INSERT INTO {table} VALUES (1, 'undone')")
    await transaction.rollback()
    await sql.execute(f"INSERT INTO {table} VALUES (2, 'done')")

    message = await peer.hear("broadcast")
    assert message["event"] == "INSERT"
    assert message["payload"]["record"] == {"id": 2, "body": "done"}
    assert (message["payload"]["operation"], message["payload"]["table"]) == ("INSERT", table)
    await close(peer)


async def test_who_joins_late_may_hear_the_last_messages_again(gateway, sql):
    topic = f"a:{uuid.uuid4().hex}"
    for number in range(4):
        await sql.execute("SELECT realtime.send(jsonb_build_object('n', $2::int), 'told', $1, true)", topic, number)
    late, public = await peers(gateway, topic, 2)

    await late.join(member("a"), broadcast={"replay": {"since": 0, "limit": 3}})
    told = [await late.hear("broadcast") for _ in range(3)]
    refused = await public.join(member("a"), private=False, broadcast={"replay": {"since": 0}})

    assert [(message["payload"]["n"], message["meta"]["replayed"]) for message in told] == [
        (1, True),
        (2, True),
        (3, True),
    ]
    assert refused["response"]["reason"] == "UnableToReplayMessages: Replay is not allowed for public channels"
    await close(late, public)


async def test_http_reaches_private_topics_with_a_token_that_may_write(gateway):
    topic = f"a:{uuid.uuid4().hex}"
    (peer,) = await peers(gateway, topic, 1)
    await peer.join(member("a"))
    message = {"topic": topic, "event": "batch", "payload": {"n": 1}, "private": True}
    one = f"/broadcast/{topic}/events/one?private=true"

    async with httpx.AsyncClient(base_url=f"{gateway.url}/realtime/v1/api") as http:
        mine, theirs = ({"authorization": f"Bearer {member(org)}"} for org in ("a", "b"))
        dropped = await http.post("/broadcast", json={"messages": [message]}, headers=theirs)
        forbidden = await http.post(one, json={"n": 3}, headers=theirs)
        sent = await http.post("/broadcast", json={"messages": [message]}, headers=mine)
        single = await http.post(one, json={"n": 2}, headers=mine)
        strange = await http.post(one, content=b"x", headers={**mine, "content-type": "text/html"})

    statuses = [answer.status_code for answer in (dropped, forbidden, sent, single, strange)]
    assert statuses == [202, 403, 202, 202, 415]
    assert [(await peer.hear("broadcast"))["event"] for _ in range(2)] == ["batch", "one"]
    await close(peer)


def _named(name: str) -> str:
    return token("authenticated", org_id="a", sub=name)
