"""GraphQL requests of every kind: valid by the role's schema, nearly valid, and not at all."""

import json
import socket
import time
from typing import Any

import httpx
import pytest
from graphql import GraphQLSchema
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.embedded.hasura.engine import ADMIN_SECRET
from tests.integration.embedded.hasura.fuzz.conftest import TIMEOUT_MS, Target
from tests.integration.embedded.hasura.fuzz.documents import TEXTS, Documents, mutated
from tests.integration.embedded.hasura.fuzz.settings import fuzzed
from tests.integration.embedded.hasura.fuzz.well_formed import CODES, check_graphql
from tests.integration.embedded.hasura.rows.choice import Choice

# Longer runs are asked for by whoever waits for them.
pytestmark = pytest.mark.timeout(3600)

SECRET = f"X-Hasura-Admin-Secret: {ADMIN_SECRET}\r\n"
ROLES = (None, "owner", "reader", "both", "borrower", "suspicious")


@pytest.fixture(scope="session")
def schemas(target: Target) -> dict[str | None, GraphQLSchema]:
    return {role: target.schema(role) for role in ROLES}


def post(target: Target, body: Any, role: str | None) -> httpx.Response:
    began = time.monotonic()
    content = json.dumps(body).encode("utf-8", "surrogatepass")
    answer = target.client.post(
        "/v1/graphql", content=content, headers={**target.headers(role), "Content-Type": "application/json"}
    )
    assert time.monotonic() - began < 2 * TIMEOUT_MS / 1000, body
    return answer


@fuzzed()
@given(data=st.data())
def test_a_query_by_the_role_s_schema_is_answered_or_refused_in_words(
    target: Target, schemas: dict[str | None, GraphQLSchema], data: st.DataObject
):
    role = data.draw(st.sampled_from(ROLES))
    body = Documents(Choice(data.draw), schemas[role]).body()

    answer = post(target, body, role)

    check_graphql(answer.status_code, answer.text, sent=(role, body))


@fuzzed()
@given(data=st.data())
def test_a_mutation_by_the_schema_is_carried_out_or_refused_in_words(
    target: Target, schemas: dict[str | None, GraphQLSchema], data: st.DataObject
):
    body = Documents(Choice(data.draw), schemas[None]).body(("mutation",))

    answer = post(target, body, None)

    check_graphql(answer.status_code, answer.text, sent=body)


@fuzzed()
@given(data=st.data())
def test_a_text_that_is_nearly_graphql_is_answered_or_refused_in_words(
    target: Target, schemas: dict[str | None, GraphQLSchema], data: st.DataObject
):
    role = data.draw(st.sampled_from(ROLES))
    body = Documents(Choice(data.draw), schemas[role]).body()
    body["query"] = data.draw(mutated(body["query"]))

    answer = post(target, body, role)

    check_graphql(answer.status_code, answer.text, sent=(role, body))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(TEXTS)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["query", "variables", "operationName", "type", "args", "x"]), inner, max_size=3
        ),
    ),
    max_leaves=8,
)
BODIES = st.one_of(
    JSON.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass")),
    st.binary(max_size=40),
    st.sampled_from(
        [b"", b"[", b"[" * 5000, b'{"query":' * 3000, b"\xff\xfe{}", b'{"query": "{__typename}"}' + b" " * 100]
    ),
)


@fuzzed()
@given(
    content=BODIES,
    path=st.sampled_from(["/v1/graphql", "/v1/metadata", "/v1/query", "/v2/query", "/v1/graphql/explain"]),
)
def test_a_body_of_any_kind_is_refused_in_words(target: Target, content: bytes, path: str):
    answer = target.client.post(path, content=content, headers=target.headers())

    assert answer.status_code < 500, (path, content, answer.text)
    said = answer.json()
    for one in said if isinstance(said, list) else [said]:
        if path == "/v1/graphql":
            check_graphql(answer.status_code, json.dumps(one), sent=content)
        elif answer.status_code != 200:
            assert one["code"] in CODES, (path, content, said)


def test_a_client_that_goes_away_in_the_middle_of_its_request_leaves_no_trace(target: Target):
    host, port = target.url.removeprefix("http://").split(":")
    for path in ("/v1/graphql", "/v1/metadata"):
        with socket.create_connection((host, int(port))) as client:
            client.sendall(f"POST {path} HTTP/1.1\r\nHost: {host}\r\n{SECRET}Content-Length: 100\r\n\r\n{{".encode())

    # The next request is answered after the server has noticed; the log is looked at by the fixture.
    assert target.post({"query": "{ __typename }"}).status_code == 200


HEADER_TEXTS = st.one_of(
    st.sampled_from(["admin", "reader", "owner", "", " ", "x" * 3000, "é", "null", "*"]),
    st.text("abc-_ {}'\"\\", max_size=12),
)


@fuzzed()
@given(
    values=st.dictionaries(
        st.sampled_from(
            [
                "X-Hasura-Role", "X-Hasura-User-Id", "X-Hasura-Genre", "X-Hasura-Admin-Secret", "Authorization",
                "Cookie",
                "X-Hasura-Use-Backend-Only-Permissions", "X-Request-Id", "Origin", "Content-Type", "Accept-Encoding",
                "Content-Encoding", "X-Hasura-", "Expect",
            ]
        ),
        HEADER_TEXTS,
        max_size=4,
    ),
    method=st.sampled_from(["POST", "GET", "OPTIONS", "PUT", "HEAD"]),
    path=st.sampled_from(["/v1/graphql", "/v1/metadata", "/healthz", "/v1alpha1/config", "/nowhere", "//"]),
    secrets=st.sampled_from([{}, {"X-Hasura-Admin-Secret": ADMIN_SECRET}]),
)  # fmt: skip
def test_no_header_and_no_method_makes_the_engine_stumble(
    target: Target, values: dict[str, str], method: str, path: str, secrets: dict[str, str]
):
    headers = {name: value.strip().encode() for name, value in (values | secrets).items()}

    answer = target.client.request(method, path, content=b'{"query": "{ author { id } }"}', headers=headers)

    assert answer.status_code < 500, (method, path, headers, answer.text)
    if not secrets and "X-Hasura-Admin-Secret" not in values:
        assert '"data"' not in answer.text
