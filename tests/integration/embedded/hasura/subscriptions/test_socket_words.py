"""What is said over a socket, by both sub-protocols."""

import asyncio
import json
import time

import jwt
import pytest
from websockets.exceptions import InvalidStatus

from tests.integration.embedded.hasura.engine import ADMIN_SECRET
from tests.integration.embedded.hasura.subscriptions.sockets import LEGACY, TRANSPORT

NOTES = "subscription { note { id } }"
BOTH = pytest.mark.parametrize("protocol", [LEGACY, TRANSPORT])


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (TRANSPORT, TRANSPORT),
        (LEGACY, LEGACY),
        (f"{TRANSPORT} {LEGACY}", LEGACY),
        ("soap", None),
        (None, None),
    ],
)
async def test_the_sub_protocol_is_hasuras_choice(socket, offered, chosen):
    async with socket(offered, init={}) as open_socket:
        assert open_socket.raw.subprotocol == chosen

        await open_socket.start("1", "{ note { id } }")

        assert await open_socket.data() == {"note": []}


@BOTH
async def test_a_query_is_answered_and_completed(socket, protocol):
    async with socket(protocol, init={}) as open_socket:
        await open_socket.start("q", "query ($n: Int!) { note(where: {rank: {_eq: $n}}) { id } __typename }", n=1)

        assert await open_socket.data() == {"note": [], "__typename": "query_root"}
        assert await open_socket.receive() == {"type": "complete", "id": "q"}


@BOTH
async def test_the_server_says_at_once_and_every_interval_that_it_is_alive(socket, protocol):
    expected = {"type": "ka"} if protocol == LEGACY else {"type": "ping", "payload": {"message": "keepalive"}}

    async with socket(protocol, init={}) as open_socket:
        assert await open_socket.receive(0.5, alive=True) == expected
        assert await open_socket.receive(2, alive=True) == expected


@BOTH
async def test_headers_of_the_init_win_over_those_of_the_upgrade(socket, database, protocol):
    await database.execute("INSERT INTO note (owner) VALUES ('ann'), ('bob'), ('bob')")
    headers = {"X-Hasura-Admin-Secret": ADMIN_SECRET, "X-Hasura-Role": "owner", "X-Hasura-User-Id": "ann"}

    async with socket(protocol, headers=headers, init={"x-hasura-user-id": "bob"}) as open_socket:
        await open_socket.start("1", "{ note_aggregate { aggregate { count } } }")

        assert await open_socket.data() == {"note_aggregate": {"aggregate": {"count": 2}}}


async def test_without_headers_in_the_init_those_of_the_upgrade_count(socket):
    async with socket(headers={"X-Hasura-Admin-Secret": ADMIN_SECRET}) as open_socket:
        await open_socket.send(type="connection_init")

        assert await open_socket.receive() == {"type": "connection_ack"}


@pytest.mark.parametrize(("protocol", "code"), [(LEGACY, 4400), (TRANSPORT, 4403)])
async def test_a_wrong_secret_is_refused_and_the_socket_closed(socket, protocol, code):
    async with socket(protocol) as open_socket:
        await open_socket.send(type="connection_init", payload={"headers": {"x-hasura-admin-secret": "wrong"}})

        if protocol == LEGACY:
            refusal = "invalid x-hasura-admin-secret/x-hasura-access-key"
            assert await open_socket.receive() == {"type": "connection_error", "payload": refusal}
        assert (await open_socket.closed())[0] == code


@pytest.mark.parametrize("protocol", [LEGACY, TRANSPORT])
async def test_who_does_not_introduce_itself_in_time_is_shown_out(socket, protocol):
    async with socket(protocol) as open_socket:
        assert (await open_socket.closed(within_s=3))[0] == 4408


async def test_a_start_before_the_init_is_refused_and_the_older_socket_stays(socket):
    async with socket(LEGACY) as open_socket:
        await open_socket.start("1", NOTES)

        message = "start received before the connection is initialised"
        payload = {"message": message, "extensions": {"path": "$", "code": "start-failed"}}
        assert await open_socket.receive() == {"type": "error", "id": "1", "payload": payload}
        assert await open_socket.receive() == {"type": "complete", "id": "1"}
        await open_socket.send(type="connection_init", payload={"headers": {"x-hasura-admin-secret": ADMIN_SECRET}})
        assert await open_socket.receive() == {"type": "connection_ack"}


async def test_a_subscribe_before_the_init_closes_the_newer_socket(socket):
    async with socket(TRANSPORT) as open_socket:
        await open_socket.start("1", NOTES)

        assert (await open_socket.receive())["type"] == "error"
        assert (await open_socket.closed())[0] == 4401


async def test_an_id_in_use_is_refused_and_its_operation_goes_on(socket, database):
    async with socket(LEGACY, init={}) as open_socket:
        await open_socket.start("1", NOTES)
        await open_socket.data()
        await open_socket.start("1", "subscription { note { text } }")

        refused = await open_socket.receive()
        assert refused["type"] == "error"
        assert refused["payload"]["message"] == "an operation already exists with this id: 1"
        await database.execute("INSERT INTO note (owner) VALUES ('ann')")
        assert await open_socket.data() == {"note": [{"id": 1}]}


async def test_an_id_in_use_closes_the_newer_socket(socket):
    async with socket(TRANSPORT, init={}) as open_socket:
        await open_socket.start("1", NOTES)
        await open_socket.data()
        await open_socket.start("1", NOTES)

        assert (await open_socket.receive())["type"] == "error"
        assert (await open_socket.closed())[0] == 4409


@BOTH
async def test_an_error_of_the_request_is_told_from_a_result(socket, protocol):
    errors = [
        {
            "message": "field 'nothing' not found in type: 'subscription_root'",
            "extensions": {"path": "$.selectionSet.nothing", "code": "validation-failed"},
        }
    ]
    async with socket(protocol, init={}) as open_socket:
        await open_socket.start("1", "subscription { nothing { id } }")

        payload = {"errors": errors} if protocol == LEGACY else errors
        assert await open_socket.receive() == {"type": "error", "id": "1", "payload": payload}
        if protocol == LEGACY:
            assert await open_socket.receive() == {"type": "complete", "id": "1"}
        await open_socket.silent(0.3)


@BOTH
async def test_an_error_while_running_ends_a_query(socket, protocol):
    async with socket(protocol, init={}) as open_socket:
        await open_socket.start("1", "query ($id: uuid) { event(where: {uid: {_eq: $id}}) { id } }", id="none")

        message = await open_socket.receive()
        payload = message["payload"]
        errors = payload["errors"] if protocol == LEGACY else payload
        assert message["type"] == ("data" if protocol == LEGACY else "error")
        assert errors[0]["extensions"]["code"] == "data-exception"
        if protocol == LEGACY:
            assert payload["data"] is None
            assert await open_socket.receive() == {"type": "complete", "id": "1"}
        await open_socket.silent(0.3)


@BOTH
@pytest.mark.parametrize(
    "sent",
    [
        "{",
        "[]",
        '{"id": "1"}',
        '{"type": "test"}',
        '{"type": ["start"]}',
        '{"type": "stop"}',
        '{"type": "complete", "id": 1}',
        '{"type": "start", "id": "1"}',
        '{"type": "subscribe", "id": "1", "payload": {"variables": {}}}',
        '{"type": "connection_init", "payload": {"headers": {"x-hasura-role": 1}}}',
        '{"type": "start", "id": "1", "payload": {"query": "\\ud800"}}',
        "[" * 100_000,
    ],
)
async def test_a_message_that_is_none_is_told(socket, protocol, sent):
    async with socket(protocol, init={}) as open_socket:
        await open_socket.raw.send(sent)

        if protocol == TRANSPORT:
            assert (await open_socket.closed())[0] == 4400
            return
        refused = await open_socket.receive()
        assert refused["type"] == "connection_error"
        assert refused["payload"].startswith("parsing ClientMessage failed: ")
        await open_socket.start("1", "{ __typename }")
        assert await open_socket.data() == {"__typename": "query_root"}


async def test_a_ping_is_answered_with_its_payload(socket):
    async with socket(TRANSPORT, init={}) as open_socket:
        await open_socket.send(type="ping", payload={"message": "hello"})

        assert await open_socket.receive() == {"type": "pong", "payload": {"message": "hello"}}


async def test_a_client_that_terminates_is_let_go_without_a_word(socket):
    async with socket(LEGACY, init={}) as open_socket:
        await open_socket.send(type="connection_terminate")

        assert (await open_socket.closed())[0] == 1000


@BOTH
async def test_the_end_of_the_token_is_the_end_of_the_socket(socket, protocol):
    claims = {"x-hasura-allowed-roles": ["owner"], "x-hasura-default-role": "owner", "x-hasura-user-id": "ann"}
    token = jwt.encode({"https://hasura.io/jwt/claims": claims, "exp": time.time() + 2}, "k" * 32, "HS256")
    async with socket(protocol) as open_socket:
        await open_socket.send(type="connection_init", payload={"headers": {"Authorization": f"Bearer {token}"}})
        assert (await open_socket.receive())["type"] == "connection_ack"
        await open_socket.start("1", NOTES)
        assert await open_socket.data() == {"note": []}

        started = time.monotonic()
        code, reason = await open_socket.closed(within_s=5)

        assert (code, time.monotonic() - started < 4) == (4403, True)
        assert "JWTExpired" in reason


async def test_a_message_beyond_the_limit_closes_the_socket(socket):
    async with socket(init={}) as open_socket:
        await open_socket.raw.send(json.dumps({"type": "start", "id": "1", "payload": {"query": "#" * 5_000_000}}))

        assert (await open_socket.closed())[0] == 1009


async def test_messages_in_bytes_are_read_as_text(socket):
    async with socket(init={}) as open_socket:
        message = {"type": "start", "id": "1", "payload": {"query": "{ __typename }"}}
        await open_socket.raw.send(json.dumps(message).encode())

        assert await open_socket.data() == {"__typename": "query_root"}


async def test_an_upgrade_elsewhere_is_answered_404(socket):
    with pytest.raises(InvalidStatus) as refused:
        async with socket(path="/v1/metadata"):
            pass

    assert refused.value.response.status_code == 404
    assert b"not-found" in refused.value.response.body


async def test_what_is_sent_after_a_mutation_sees_what_it_did(socket):
    async with socket(init={"x-hasura-role": "owner", "x-hasura-user-id": "ann"}) as open_socket:
        await open_socket.start("1", 'mutation { insert_note(objects: [{text: "new"}]) { affected_rows } }')
        await open_socket.start("2", "{ note { text } }")

        answers = [await open_socket.receive() for _ in range(4)]

    assert [answer["id"] for answer in answers] == ["1", "1", "2", "2"]
    assert answers[2]["payload"] == {"data": {"note": [{"text": "new"}]}}


async def test_a_stopped_id_is_silent_and_may_be_used_again(socket, database):
    for protocol in (LEGACY, TRANSPORT):
        async with socket(protocol, init={}) as open_socket:
            await open_socket.start("1", NOTES)
            await open_socket.data()
            await open_socket.stop("1")
            await database.execute("INSERT INTO note (owner) VALUES ('ann')")
            await open_socket.silent(0.4)

            await open_socket.start("1", NOTES)

            assert len((await open_socket.data())["note"]) > 0


async def test_many_sockets_come_and_go(socket):
    async def visit(n: int) -> None:
        async with socket(init={}) as open_socket:
            await open_socket.start(str(n), NOTES)
            assert await open_socket.data() == {"note": []}

    await asyncio.gather(*(visit(n) for n in range(50)))
