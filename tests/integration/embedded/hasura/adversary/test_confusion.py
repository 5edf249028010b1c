"""One text, many askers: nobody is given a plan or an answer that was made for somebody else."""

import asyncio
import json
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.integration.embedded.hasura.engine import ADMIN_SECRET, Engine

OWN = {"ann": [1, 2], "bob": [3], "eve": [4]}
WITHIN_S = 15


async def ids(engine: Engine, role: str, user: str, least: int | None = None, **variables: Any) -> list[int]:
    query = """query ($least: Int!, $where: note_bool_exp! = {}) {
      note(where: {_and: [$where, {id: {_gte: $least}}]}, order_by: {id: asc}) { id }
    }"""
    body = {"query": query, "variables": {"least": least or 0, **variables}}
    answer = await engine.post(body, role, User_Id=user)
    return [note["id"] for note in answer["data"]["note"]]


async def test_the_same_text_by_many_users_and_roles_at_once_gives_each_their_own(victim: Engine):
    asked = [
        (role, user, least) for role in ("user", "owner", "clerk", "heir") for user in OWN for least in (0, 2, 4)
    ] * 4

    told = await asyncio.gather(*(ids(victim, *one) for one in asked))

    for (role, user, least), found in zip(asked, told, strict=True):
        seen = OWN[user] if role in {"user", "owner"} else [1, 2, 3, 4]
        assert found == [number for number in seen if number >= least], (role, user, least)


async def test_a_plan_for_one_shape_of_variables_is_not_used_for_another(victim: Engine):
    wheres: list[Any] = [
        {},
        {"id": {"_eq": 1}},
        {"id": {"_eq": 2}},
        {"_not": {}},
        {"_or": []},
        {"title": {"_like": "a%"}},
        None,
    ]

    first = [await ids(victim, "clerk", "ann", where=where) if where is not None else [] for where in wheres]
    again = [await ids(victim, "clerk", "ann", where=where) if where is not None else [] for where in wheres]

    assert first == again == [[1, 2, 3, 4], [1], [2], [], [], [1, 2], []]


async def test_null_absent_and_given_variables_are_told_apart(victim: Engine):
    query = "query ($n: Int, $o: [note_order_by!]) { note(limit: $n, order_by: $o) { id } }"

    async def told(**variables: Any) -> list[int]:
        answer = await victim.post({"query": query, "variables": variables}, "clerk", User_Id="ann")
        return [note["id"] for note in answer["data"]["note"]]

    for _ in range(2):
        assert len(await told()) == 4
        assert await told(n=1, o={"id": "desc"}) == [4]
        assert await told(n=None, o={"id": "asc"}) == [1, 2, 3, 4]
        assert await told(n=2, o=[{"title": "asc"}]) == [1, 2]
        assert len(await told(n=3, o=None)) == 3


async def test_flags_are_not_taken_from_an_earlier_request(victim: Engine):
    query = "query ($s: Boolean!) { note(where: {id: {_eq: 1}}) { id title @include(if: $s) } }"

    async def told(shown: object) -> Any:
        return (await victim.post({"query": query, "variables": {"s": shown}}, "clerk", User_Id="ann"))["data"]["note"][
            0
        ]

    assert [await told(True), await told(False), await told(True)] == [
        {"id": 1, "title": "a1"},
        {"id": 1},
        {"id": 1, "title": "a1"},
    ]


async def test_a_session_argument_is_the_asker_s_own(victim: Engine):
    for user in ("ann", "eve", "ann"):
        answer = await victim.ask("{ who_am_i { id } }", "user", User_Id=user)
        assert answer == {"data": {"who_am_i": [{"id": user}]}}


async def opened(engine: Engine, role: str, user: str, query: str, variables: dict[str, Any]) -> ClientConnection:
    url = str(engine.client.base_url).replace("http://", "ws://").rstrip("/") + "/v1/graphql"
    socket = await connect(url, subprotocols=[Subprotocol("graphql-transport-ws")])
    headers = {"X-Hasura-Admin-Secret": ADMIN_SECRET, "X-Hasura-Role": role, "X-Hasura-User-Id": user}
    await socket.send(json.dumps({"type": "connection_init", "payload": {"headers": headers}}))
    await socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": {"query": query, "variables": variables}}))
    return socket


async def next_of(socket: ClientConnection) -> Any:
    async with asyncio.timeout(WITHIN_S):
        while True:
            message = json.loads(await socket.recv())
            if message["type"] in {"next", "error"}:
                return message["payload"]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("note(order_by: {id: asc}) { id }", lambda own: [{"id": one} for one in own]),
        ("all_notes(args: {lowest: 0}, order_by: {id: asc}) { id }", lambda own: [{"id": one} for one in own]),
        ("note_aggregate { aggregate { count } }", lambda own: {"aggregate": {"count": len(own)}}),
        (
            "note_stream(batch_size: 9, cursor: {initial_value: {id: 0}}) { id }",
            lambda own: [{"id": one} for one in own],
        ),
    ],
)  # fmt: skip
async def test_subscribers_with_one_text_get_their_own_rows(victim: Engine, field: str, expected: Any):
    query = f"subscription {{ it: {field} }}"
    sockets = {user: await opened(victim, "user", user, query, {}) for user in OWN}

    told = {user: await next_of(socket) for user, socket in sockets.items()}

    for socket in sockets.values():
        await socket.close()
    assert told == {user: {"data": {"it": expected(own)}} for user, own in OWN.items()}


async def test_a_change_is_told_to_those_only_who_see_it(victim: Engine, victim_database: Any):
    query = "subscription ($u: String!) { person_by_pk(id: $u) { notes(order_by: {id: asc}) { title } } }"
    sockets = {user: await opened(victim, "user", user, query, {"u": "ann"}) for user in ("ann", "bob")}
    first = {user: await next_of(socket) for user, socket in sockets.items()}

    await victim_database.execute("UPDATE note SET title = 'changed' WHERE id = 1")
    second = await next_of(sockets["ann"])
    await victim_database.execute("UPDATE note SET title = 'a1' WHERE id = 1")

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(next_of(sockets["bob"]), 0.5)
    for socket in sockets.values():
        await socket.close()
    assert first["bob"] == {"data": {"person_by_pk": {"notes": []}}}
    assert second["data"]["person_by_pk"]["notes"][0] == {"title": "changed"}


async def test_a_permission_that_is_taken_away_ends_cached_plans_and_subscriptions(victim: Engine):
    grant = {"table": "note", "role": "guest", "permission": {"columns": ["id"], "filter": {}}}
    assert (await victim.command("pg_create_select_permission", {"source": "default", **grant})).status_code == 200
    query = "{ note(order_by: {id: asc}, limit: 1) { id } }"
    before = await victim.ask(query, "guest")
    socket = await opened(victim, "guest", "ann", f"subscription {query}", {})
    assert await next_of(socket) == before

    dropped = await victim.command("pg_drop_select_permission", {"source": "default", "table": "note", "role": "guest"})
    assert dropped.status_code == 200
    after = await victim.ask(query, "guest")

    assert before == {"data": {"note": [{"id": 1}]}}
    assert after["errors"][0]["extensions"]["code"] == "validation-failed"
    with pytest.raises(ConnectionClosed):
        await next_of(socket)
