"""Sending a call, with the faults of the wire made by respx, and once over a real one."""

import base64
import time
from typing import Any

import httpx
import pytest
import respx

from contracts.calls import EndpointCall
from contracts.endpoints import AuthKind
from runtime import calls
from runtime.calls import ANSWER_BYTES_MAX, Answered, NotKnown, NotSent
from runtime.endpoints import Auth
from runtime.failures import Failure
from runtime.secrets import SecretValue
from tests.support.endpoint import serving_endpoint

BASE = "http://endpoint.test/base"
SECRET = SecretValue("hunter2-hunter2")
BEARER = Auth(AuthKind.BEARER, SECRET)


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(calls, "_CONNECT_REST_S", 0)
    with respx.mock(assert_all_called=False) as mock:
        yield mock


def call(**changes: Any) -> EndpointCall:
    return EndpointCall.model_validate(
        {"method": "POST", "path": "/things", "body": {"text": '{"n": 1}'}, "why": "It is needed.", **changes}
    )


async def sent(asked: EndpointCall, auth: Auth = BEARER) -> Answered | NotSent | NotKnown:
    request = calls.request_of(BASE, asked, auth, "key-1")
    return await calls.send(request, timeout_ms=1_000, hidden=[auth.value] if auth.value else [])


async def test_what_arrives_is_what_was_asked_and_the_credential():
    with serving_endpoint() as endpoint:
        asked = call(
            query=[{"name": "a", "value": "1&b=2"}, {"name": "a", "value": "ä"}],
            headers=[{"name": "X-Note", "value": "hello"}],
            idempotency_header="Idempotency-Key",
        )
        request = calls.request_of(endpoint.url + "/base/", asked, BEARER, "key-1")
        answer = await calls.send(request, timeout_ms=5_000, hidden=[SECRET])
    [arrived] = endpoint.received

    assert (arrived.method, arrived.body) == ("POST", b'{"n": 1}')
    assert httpx.URL(arrived.target).path == "/base/things"
    assert httpx.URL(arrived.target).params.get_list("a") == ["1&b=2", "ä"]
    headers = {name: arrived.headers[name] for name in ("x-note", "idempotency-key", "content-type", "authorization")}
    assert headers == {
        "x-note": "hello",
        "idempotency-key": "key-1",
        "content-type": "application/json",
        "authorization": f"Bearer {SECRET.reveal()}",
    }
    assert answer == Answered(201, "application/json", b'{"made": "{\\"n\\": 1}"}', truncated=False)


@pytest.mark.parametrize("fault", [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow")])
async def test_without_a_connection_nothing_was_sent_and_it_is_tried_again(wire: Any, fault: Exception):
    route = wire.post(f"{BASE}/things").mock(side_effect=[fault, httpx.Response(201)])

    assert isinstance(await sent(call()), Answered)
    assert route.call_count == 2

    route.mock(side_effect=fault)
    assert isinstance(await sent(call()), NotSent)


@pytest.mark.parametrize(
    "fault",
    [httpx.ReadTimeout("slow"), httpx.WriteTimeout("slow"), httpx.ReadError("cut"), httpx.RemoteProtocolError("x")],
)
async def test_once_something_may_have_arrived_it_is_not_sent_a_second_time(wire: Any, fault: Exception):
    route = wire.post(f"{BASE}/things").mock(side_effect=fault)

    assert isinstance(await sent(call()), NotKnown)
    assert route.call_count == 1


async def test_a_redirect_is_an_answer_and_is_not_followed(wire: Any):
    wire.post(f"{BASE}/things").respond(307, headers={"location": "http://other.test/"})

    answer = await sent(call())

    assert isinstance(answer, Answered)
    assert answer.status == 307


@pytest.mark.parametrize(
    "auth",
    [
        BEARER,
        Auth(AuthKind.BASIC, SECRET, "me"),
        Auth(AuthKind.HEADER, SECRET, "X-Own"),
        Auth(AuthKind.QUERY, SECRET, "k"),
    ],
    ids=lambda auth: auth.kind.value,
)
async def test_an_answer_that_echoes_the_credential_is_kept_without_it(wire: Any, auth: Auth):
    wire.post(url__startswith=BASE).mock(
        side_effect=lambda request: httpx.Response(200, text=f"{request.url} {dict(request.headers)}")
    )

    answer = await sent(call(), auth)

    assert isinstance(answer, Answered)
    assert b"[redacted]" in answer.body
    assert SECRET.reveal().encode() not in answer.body
    assert base64.b64encode(f"x-own:{SECRET.reveal()}".encode()) not in answer.body


async def test_an_answer_is_bounded_and_no_half_of_a_credential_is_left_at_its_end(wire: Any):
    wire.post(f"{BASE}/things").respond(200, text="x" * (ANSWER_BYTES_MAX - 4) + SECRET.reveal() * 9_000)

    answer = await sent(call())

    assert isinstance(answer, Answered)
    assert answer.truncated
    assert len(answer.body) <= ANSWER_BYTES_MAX
    assert b"hunter" not in answer.body


async def test_an_answer_that_drips_is_broken_off_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(calls, "_CONNECT_TIMEOUT_S", 0.2)
    with serving_endpoint() as endpoint:
        request = calls.request_of(endpoint.url, call(path="/dripping"), BEARER, "key-1")
        began = time.monotonic()
        answer = await calls.send(request, timeout_ms=1_000)
        lasted_s = time.monotonic() - began

    # Its head comes after most of the time, which does not begin anew with the body.
    assert isinstance(answer, Answered)
    assert answer.truncated
    assert lasted_s < 1.6


@pytest.mark.parametrize(
    ("auth", "changes"),
    [
        (Auth(AuthKind.HEADER, SECRET, "X-Own"), {"headers": [{"name": "x-own", "value": "mine"}]}),
        (Auth(AuthKind.QUERY, SECRET, "k"), {"query": [{"name": "k", "value": "mine"}]}),
    ],
    ids=["header", "parameter"],
)
def test_a_call_does_not_write_over_what_authenticates_it(auth: Auth, changes: dict[str, Any]):
    with pytest.raises(Failure) as refused:
        calls.request_of(BASE, call(**changes), auth, "key-1")
    assert refused.value.code == "CONTRACT_REFUSED"


def test_below_a_url_that_ends_with_a_query_nothing_is_called():
    with pytest.raises(Failure) as refused:
        calls.request_of("http://endpoint.test/?to=", call(), Auth(), "key-1")
    assert refused.value.code == "CONTRACT_REFUSED"
