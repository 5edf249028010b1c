"""Readiness probes, with the faults of the wire made by respx."""

import base64
import time

import httpx
import pytest
import respx

from contracts.endpoints import AuthKind, ReadinessContract
from runtime.endpoints import RESPONSE_BYTES_MAX, Auth, probe
from runtime.failures import Failure
from runtime.secrets import SecretValue

BASE = "http://endpoint.test/base"
SECRET = SecretValue("hunter2-hunter2")


@pytest.fixture
def wire():
    with respx.mock(assert_all_called=False) as mock:
        yield mock


async def test_an_endpoint_that_answers_as_agreed_is_ready(wire):
    route = wire.get(f"{BASE}/health?deep=1").respond(200, json={"status": "ok", "more": [1]})

    got = await probe(BASE + "/", ReadinessContract(path="/health?deep=1", expect_json={"status": "ok"}), Auth())

    assert (got.ready, got.status) == (True, 200)
    assert got.latency_ms >= 0
    assert "authorization" not in route.calls.last.request.headers


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        (httpx.Response(503), "It answered 503, not 200."),
        (httpx.Response(302, headers={"location": "http://other.test/"}), "a redirect, which is not followed"),
        (httpx.Response(200, text="<html>"), "not JSON"),
        (httpx.Response(200, text="[" * 100_000), "not JSON"),
        (httpx.Response(200, json={"status": "starting"}), r"another value at $.status"),
        (httpx.Response(200, json={"status": True}), r"another value at $.status"),
        (httpx.Response(200, json={}), "no $.status"),
        (httpx.Response(200, json=["ok"]), "another value at $"),
        (httpx.Response(200, text=" " * (RESPONSE_BYTES_MAX + 1)), "larger than"),
        (httpx.ConnectError("refused"), "could not be reached: refused"),
        (httpx.RemoteProtocolError("cut"), "could not be reached"),
        (httpx.ReadTimeout("slow"), "did not answer within 1000 ms"),
    ],
)
async def test_anything_else_is_not_ready_and_says_why(wire, answer, detail: str):
    wire.get(f"{BASE}/").mock(side_effect=[answer])

    got = await probe(BASE, ReadinessContract(expect_json={"status": "ok"}, timeout_ms=1000), Auth())

    assert not got.ready
    assert detail in got.detail


async def test_a_redirect_is_not_followed_with_the_credential(wire):
    other = wire.get("http://other.test/").respond(200)
    wire.get(f"{BASE}/").respond(302, headers={"location": "http://other.test/"})

    await probe(BASE, ReadinessContract(), Auth(AuthKind.BEARER, SECRET))

    assert not other.called


async def test_an_answer_that_drips_for_ever_is_given_up_at_the_limit(wire):
    class Drip(httpx.AsyncByteStream):
        async def __aiter__(self):
            import asyncio

            while True:
                await asyncio.sleep(0.01)
                yield b" "

    wire.get(f"{BASE}/").respond(200, stream=Drip())
    begun = time.monotonic()

    got = await probe(BASE, ReadinessContract(timeout_ms=200), Auth())

    assert "did not answer within 200 ms" in got.detail
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("auth", "header", "shown"),
    [
        (Auth(AuthKind.BEARER, SECRET), "authorization", "Bearer hunter2-hunter2"),
        (
            Auth(AuthKind.BASIC, SECRET, "user"),
            "authorization",
            "Basic " + base64.b64encode(b"user:hunter2-hunter2").decode(),
        ),
        (Auth(AuthKind.HEADER, SECRET, "X-Api-Key"), "x-api-key", "hunter2-hunter2"),
    ],
)
async def test_the_credential_stands_where_the_contract_says(wire, auth: Auth, header: str, shown: str):
    route = wire.get(f"{BASE}/").respond(200)

    assert (await probe(BASE, ReadinessContract(), auth)).ready
    assert route.calls.last.request.headers[header] == shown


async def test_a_credential_in_the_query_joins_the_parameters(wire):
    route = wire.get(url__startswith=f"{BASE}/x").respond(200)

    await probe(BASE, ReadinessContract(path="/x?a=1"), Auth(AuthKind.QUERY, SecretValue("a b&c"), "key"))

    assert dict(route.calls.last.request.url.params) == {"a": "1", "key": "a b&c"}


async def test_a_fault_that_quotes_the_credential_is_redacted(wire):
    wire.get(url__startswith=BASE).mock(side_effect=httpx.ConnectError("no route to ?key=hunter2-hunter2"))

    got = await probe(BASE, ReadinessContract(), Auth(AuthKind.QUERY, SECRET, "key"))

    assert "hunter2" not in got.detail
    assert "[redacted]" in got.detail


@pytest.mark.parametrize(
    "fault",
    [
        httpx.RemoteProtocolError("illegal header line: bytearray(b'X-Echo \\xc3\\xa9')"),
        httpx.RemoteProtocolError("Invalid URL in location header: Invalid port: 'hunter2'"),
        httpx.LocalProtocolError("Illegal header value b'hunter2'"),
        httpx.DecodingError("hunter2 is no gzip"),
        httpx.InvalidURL("Invalid port: 'hunter2'"),
    ],
)
async def test_a_fault_that_may_quote_a_piece_of_the_credential_is_told_by_its_kind_alone(wire, fault: Exception):
    wire.get(f"{BASE}/").mock(side_effect=fault)

    got = await probe(BASE, ReadinessContract(), Auth(AuthKind.BEARER, SECRET))

    assert got.detail == f"It could not be reached: its answer is no sound HTTP ({type(fault).__name__})."


@pytest.mark.parametrize(
    ("base", "contract", "auth"),
    [
        ("ftp://endpoint.test", ReadinessContract(), Auth()),
        ("http://user:password@endpoint.test", ReadinessContract(), Auth()),
        ("http://", ReadinessContract(), Auth()),
        (BASE, ReadinessContract(), Auth(AuthKind.BEARER)),
        (BASE, ReadinessContract(), Auth(AuthKind.OAUTH2_CLIENT_CREDENTIALS, SECRET, "client")),
        (BASE, ReadinessContract(), Auth(AuthKind.HEADER, SECRET)),
        (BASE, ReadinessContract(), Auth(AuthKind.BEARER, SecretValue("a\r\nX-Other: b"))),
    ],
)
async def test_a_contract_that_cannot_be_carried_out_is_refused(base: str, contract: ReadinessContract, auth: Auth):
    with pytest.raises(Failure) as failed:
        await probe(base, contract, auth)

    assert failed.value.code == "CONTRACT_REFUSED"
