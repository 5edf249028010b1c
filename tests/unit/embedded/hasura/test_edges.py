"""What surrounds every answer: origins, packing, and bodies that are no requests."""

import gzip

import pytest

from embedded.hasura.api.cors import Origins
from embedded.hasura.api.packing import Packing, gzip_wanted
from embedded.hasura.api.request import explain_request, graphql_request
from embedded.hasura.auth.identity import Identity
from embedded.hasura.errors import EngineError
from embedded.hasura.settings import Settings, WrongSettingError


def origins(domain: str, *, disabled: bool = False) -> Origins:
    return Origins.of(Settings("postgresql://", cors_domain=domain, cors_disabled=disabled))


@pytest.mark.parametrize(
    ("domain", "origin", "allowed"),
    [
        ("*", "https://anywhere.example", True),
        ("https://a.example", "https://a.example", True),
        ("https://a.example/", "https://a.example", True),
        ("https://a.example", "http://a.example", False),
        ("https://a.example", "https://b.example", False),
        ("https://a.example, http://localhost:3000", "http://localhost:3000", True),
        ("https://*.example.com", "https://api.example.com", True),
        ("https://*.example.com", "https://example.com", False),
        ("https://*.example.com", "https://a.b.example.com", False),
        ("https://*.example.com", "https://example.com.evil.com", False),
        ("https://*.example.com", "http://api.example.com", False),
        ("https://*.example.com:8443", "https://api.example.com:8443", True),
        ("https://*.example.com", "null", False),
    ],
)
def test_an_origin_may_ask_if_its_domain_is_named(domain, origin, allowed):
    assert origins(domain).allow(origin) is allowed
    assert bool(origins(domain).headers(origin.encode())) is allowed


def test_nobody_of_another_origin_may_ask_if_that_is_switched_off():
    assert not origins("*", disabled=True).allow("https://a.example")


def test_a_domain_that_is_none_ends_the_start():
    with pytest.raises(WrongSettingError, match="HASURA_GRAPHQL_CORS_DOMAIN"):
        origins("a.example")


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        (b"gzip", True),
        (b"deflate, gzip;q=0.5, br", True),
        (b"GZIP", True),
        (b"*", True),
        (b"gzip;q=0", False),
        (b"gzip;q=0.0, br", False),
        (b"br, deflate", False),
        (b"xgzip", False),
        (b"", False),
    ],
)
def test_only_who_asks_for_gzip_gets_it(accepted, wanted):
    assert gzip_wanted(accepted) is wanted


async def sent(body: bytes, headers: list[tuple[bytes, bytes]] | None = None):
    messages = []

    async def send(message):
        messages.append(message)

    packing = Packing(send)
    length = (b"content-length", str(len(body)).encode())
    await packing({"type": "http.response.start", "status": 200, "headers": [length, *(headers or [])]})
    await packing({"type": "http.response.body", "body": body})
    return dict(messages[0]["headers"]), messages[1]["body"]


@pytest.mark.parametrize("length", [700, 300_000])
async def test_a_long_answer_is_packed(length):
    headers, body = await sent(b"a" * length)

    assert gzip.decompress(body) == b"a" * length
    assert headers == {b"content-encoding": b"gzip", b"content-length": str(len(body)).encode()}


async def test_short_and_packed_answers_are_left_alone():
    assert await sent(b"a" * 699) == ({b"content-length": b"699"}, b"a" * 699)
    headers, body = await sent(b"a" * 1000, [(b"content-encoding", b"br")])
    assert (headers[b"content-encoding"], body) == (b"br", b"a" * 1000)


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        (None, "$", "parsing Object failed, expected Object, but encountered Null"),
        ("text", "$", "parsing Object failed, expected Object, but encountered String"),
        ({}, "$", "the key 'query' was not present"),
        ({"query": 1}, "$.query", "parsing Text failed, expected String, but encountered Number"),
        ({"query": None}, "$.query", "parsing Text failed, expected String, but encountered Null"),
        ({"query": "", "variables": [1]}, "$.variables",
         "parsing HashMap failed, expected Object, but encountered Array"),
        ({"query": "", "operationName": True}, "$.operationName",
         "parsing Text failed, expected String, but encountered Boolean"),
    ],
)  # fmt: skip
def test_a_body_that_is_no_request_is_a_parse_failure(body, path, message):
    with pytest.raises(EngineError) as refused:
        graphql_request(body)

    assert (refused.value.code, refused.value.path, refused.value.message) == ("parse-failed", path, message)


def test_nulls_in_a_request_count_as_absent():
    request = graphql_request({"query": "{ a }", "variables": None, "operationName": None})

    assert (request.variables, request.operation_name) == ({}, None)


def test_a_request_may_be_explained_for_anyone():
    request, admin = explain_request({"query": {"query": "{ a }", "variables": {"x": 1}}})
    _, user = explain_request({"query": {"query": "{ a }"}, "user": {"X-Hasura-Role": "user", "X-Hasura-User-Id": "7"}})

    assert (request.query, request.variables, admin.role) == ("{ a }", {"x": 1}, "admin")
    assert user == Identity("user", {"x-hasura-role": "user", "x-hasura-user-id": "7"})


@pytest.mark.parametrize(
    ("body", "code", "path"),
    [
        ({}, "parse-failed", "$"),
        ({"query": "{ a }"}, "parse-failed", "$.query"),
        ({"query": {}}, "parse-failed", "$.query"),
        ({"query": {"query": "{ a }"}, "user": {"x-hasura-id": 1}}, "parse-failed", "$.user['x-hasura-id']"),
        ({"query": {"query": "{ a }"}, "is_relay": True}, "not-supported", "$"),
    ],
)
def test_a_body_that_explains_nothing_is_refused(body, code, path):
    with pytest.raises(EngineError) as refused:
        explain_request(body)

    assert (refused.value.code, refused.value.path) == (code, path)
