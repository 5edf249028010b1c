"""Websocket messages of every kind: the engine answers in the protocol's form, or closes with one of its codes."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.integration.embedded.hasura.engine import ADMIN_SECRET
from tests.integration.embedded.hasura.fuzz.conftest import Target
from tests.integration.embedded.hasura.fuzz.documents import Documents
from tests.integration.embedded.hasura.fuzz.settings import fuzzed
from tests.integration.embedded.hasura.fuzz.well_formed import check_error
from tests.integration.embedded.hasura.rows.choice import Choice

# Longer runs are asked for by whoever waits for them.
pytestmark = pytest.mark.timeout(3600)

PROTOCOLS = ("graphql-ws", "graphql-transport-ws")
KINDS = {
    "graphql-ws": {"connection_ack", "ka", "pong", "data", "error", "complete", "connection_error"},
    "graphql-transport-ws": {"connection_ack", "ping", "pong", "next", "error", "complete"},
}
# 1006 is what is left of a close frame when the client is still sending while the engine closes.
CODES = {1000, 1006, 1002, 1003, 1007, 1009, 4400, 4401, 4403, 4408, 4409, 4429}
INIT = {"type": "connection_init", "payload": {"headers": {"X-Hasura-Admin-Secret": ADMIN_SECRET}}}
PROBE_ID = "the last of all"
ANSWERED_WITHIN_S = 10

WRONG = st.sampled_from([
    "", "{", "null", "[]", "1", '"x"', "{}", '{"type": null}', '{"type": "subscribe"}', '{"type": "start", "id": 1}',
    '{"type": "subscribe", "id": null, "payload": 1}', '{"type": "connection_init", "payload": []}',
    '{"type": "start", "id": "a", "payload": {"query": 1}}', '{"type": "stop"}', '{"type": "complete", "id": {}}',
    '{"type": "connection_init", "payload": {"headers": {"X-Hasura-Role": 1}}}', '{"type": "ka"}', '{"type": "ping"}',
    '{"type": "pong", "payload": 1}', '{"type": "\\u0000"}', "[" * 3000, "x" * 5000, b"\x00\xff", b"{}",
])  # fmt: skip


def messages(choice: Choice, schema: Any, protocol: str) -> list[Any]:
    """What a client sends, some of it in order."""
    start, stop = ("start", "stop") if protocol == "graphql-ws" else ("subscribe", "complete")
    sent: list[Any] = [INIT] if choice.often(5) else []
    for _ in range(choice.number(1, 5)):
        match choice.one(["start", "start", "stop", "init", "wrong", "odd"]):
            case "start":
                body = Documents(choice, schema).body(("query", "subscription", "subscription", "mutation"))
                sent.append({"type": start, "id": choice.one(["1", "2", ""]), "payload": body})
            case "stop":
                sent.append({"type": stop, "id": choice.one(["1", "2", "3"])})
            case "init":
                sent.append(INIT)
            case "odd":
                sent.append({"type": choice.one([start, stop, "ping", "nonsense"]), "id": choice.one([1, None, "x"])})
            case _:
                sent.append(choice.draw(WRONG))
    return sent


def talk(target: Target, protocol: str, sent: list[Any]) -> tuple[list[Any], int | None]:
    """All that the engine says until it answers a last query or closes; the close code, None if it stayed open."""
    start = "start" if protocol == "graphql-ws" else "subscribe"
    probe = {"type": start, "id": PROBE_ID, "payload": {"query": "{ __typename }"}}
    heard: list[Any] = []
    url = target.url.replace("http://", "ws://") + "/v1/graphql"
    with connect(url, subprotocols=[protocol], open_timeout=ANSWERED_WITHIN_S) as socket:  # pyright: ignore[reportArgumentType]  - a plain string is a subprotocol
        try:
            for message in [*sent, probe]:
                socket.send(json.dumps(message) if isinstance(message, dict) else message)
            while not any(one.get("id") == PROBE_ID for one in heard):
                heard.append(json.loads(socket.recv(timeout=ANSWERED_WITHIN_S)))
        except ConnectionClosed:
            return heard, socket.protocol.close_code
    return heard, None


@fuzzed(0.5)
@given(data=st.data(), protocol=st.sampled_from(PROTOCOLS))
def test_whatever_is_sent_the_engine_answers_in_form_or_closes_with_a_reason(
    target: Target, data: st.DataObject, protocol: str
):
    sent = messages(Choice(data.draw), target.admin_schema, protocol)

    heard, code = talk(target, protocol, sent)

    told = f"sent {sent!r} over {protocol}, heard {heard!r}, closed {code}"
    assert code is None or code in CODES, told
    for message in heard:
        assert message["type"] in KINDS[protocol], told
        check_payload(message, told)


def check_payload(message: dict[str, Any], told: str) -> None:
    payload = message.get("payload")
    match message["type"], payload:
        case "error", list():
            errors: list[Any] = payload
        case (("error" | "next" | "data"), {"errors": list(inner)}):
            errors = inner
        case "error", dict():
            errors = [payload]
        case _:
            return
    for error in errors:
        check_error(error, told)
