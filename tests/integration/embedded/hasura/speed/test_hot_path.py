"""The short way answers what the long way would: each request is sent twice, the second time its plan is known."""

import json
from contextlib import asynccontextmanager

import asyncpg
import httpx
import pytest

from embedded.hasura.api.app import application
from embedded.hasura.engine import Engine
from embedded.hasura.settings import settings_from
from tests.integration.embedded.hasura.conftest import HERE
from tests.integration.embedded.hasura.engine import ADMIN_SECRET, metadata_database

ADMIN = {"X-Hasura-Admin-Secret": ADMIN_SECRET}
MEMBER = {**ADMIN, "X-Hasura-Role": "member", "X-Hasura-User-Id": "ann"}
BODIES = [
    '{"query": "{ jobs(order_by: {id: asc}) { id headline price } }"}',
    '{"query": "{ jobs(order_by: {id: asc}) { id headline price } }", "variables": null, "operationName": ""}',
    '{"query": "{ a: jobs { id } __typename b: jobs { id } }"}',
    '{"query": "query ($p: numeric!) { jobs(where: {price: {_eq: $p}}) { id price } }", "variables": {"p": 1.50}}',
    '{"query": "query ($p: numeric!) { jobs(where: {price: {_eq: $p}}) { id price } }", "variables": {"p": "1.5"}}',
    '{"query": "query ($p: numeric!) { jobs(where: {price: {_eq: $p}}) { id price } }", "variables": {"p": null}}',
    '{"query": "query ($p: numeric!) { jobs(where: {price: {_eq: $p}}) { id price } }", "variables": {"p": true}}',
    '{"query": "query ($p: numeric!) { jobs(where: {price: {_eq: $p}}) { id price } }", "variables": {"q": 1}}',
    '{"query": "query ($n: Int = 1) { jobs(limit: $n, order_by: {id: asc}) { id } }"}',
    '{"query": "query A { jobs { id } } query B { jobs { headline } }", "operationName": "B"}',
    '{"query": "query A { jobs { id } } query B { jobs { headline } }", "operationName": "C"}',
    '{"query": "{ jobs(where: {headline: {_eq: \\"é\\\\u0000\\"}}) { id } }"}',
    '{"query": "query ($t: String!) { jobs(where: {headline: {_eq: $t}}) { id } }", "variables": {"t": "\\ud800"}}',
    '{"query": "query ($t: String!) { jobs(where: {headline: {_eq: $t}}) { id } }", "variables": {"t": "\\u0000"}}',
    '{"query": "{ jobs(where: {created_at: {_eq: \\"never\\"}}) { id } }"}',
    '{"query": "{ nothing }"}',
    '{"query": 7}',
    '{"query": "{ jobs { id } }", "variables": []}',
    '[{"query": "{ jobs { id } }"}, {"query": "{ nothing }"}]',
    ' {"query": "{ jobs { id } }"} ',
    '{"query": "{ jobs { id } }"} more',
    '{"query": ',
    "\xff",
    "[]",
    "null",
    "",
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    "headers", [ADMIN, MEMBER, {**ADMIN, "X-Hasura-Role": "member"}], ids=["admin", "member", "nobody"]
)
async def test_a_request_is_answered_alike_when_it_is_known(engine, body, headers):
    content = body.encode("latin-1") if body == "\xff" else body.encode()

    first = await engine.client.post("/v1/graphql", content=content, headers=headers)
    second = await engine.client.post("/v1/graphql", content=content, headers=headers)
    long_way = await engine.client.post("/v1/graphql", content=_in_pieces(content), headers=headers)

    assert (second.status_code, second.text) == (first.status_code, first.text)
    assert (second.status_code, second.text) == (long_way.status_code, long_way.text)
    assert second.headers["content-type"] == long_way.headers["content-type"]
    assert second.headers["x-request-id"] != first.headers["x-request-id"]


async def _in_pieces(content: bytes):
    """A body whose length is not announced, which only the long way reads."""
    for at in range(0, max(1, len(content)), 7):
        yield content[at : at + 7]


@pytest.fixture
async def short_way(hasura_database):
    """The application in this process, with everything but the short way cut off once that is asked for."""
    async with metadata_database(hasura_database) as kept, _application(hasura_database, kept) as (client, app):
        yield client, app


@asynccontextmanager
async def _application(database: str, kept: str):
    settings = {
        "HASURA_GRAPHQL_DATABASE_URL": database,
        "HASURA_GRAPHQL_METADATA_DATABASE_URL": kept,
        "HASURA_GRAPHQL_ADMIN_SECRET": ADMIN_SECRET,
        "HASURA_GRAPHQL_METADATA_DIR": str(HERE / "metadata"),
        "HANDLER_URL": "http://127.0.0.1:1",
        "ACTION_SECRET": "between-us",
    }
    engine = Engine(settings_from(settings))
    await engine.open()
    app = application(engine)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://engine") as client:
        yield client, app
    await engine.close()


def cut_off(app) -> None:
    async def never(*_anything):
        raise AssertionError("went the long way")

    app._app._app = never


async def test_a_known_query_goes_the_short_way(short_way):
    client, app = short_way
    body = {"query": "query ($id: Int!) { job(id: $id) { big price details } }", "variables": {"id": 1}}
    asked = await client.post("/v1/graphql", json=body, headers=MEMBER | {"X-Hasura-Role": "admin"})
    cut_off(app)

    again = await client.post("/v1/graphql", json=body, headers=ADMIN)
    other = await client.post("/v1/graphql", json={**body, "variables": {"id": 2}}, headers=ADMIN)

    assert again.text == asked.text
    assert '"price":1.50' in again.text
    assert '"price":2.25' in other.text


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("{ jobs { id } }", {**ADMIN, "X-Hasura-Role": "other"}),
        ("{ jobs { id headline } }", ADMIN),
        ("mutation { __typename }", ADMIN),
        ("{ __schema { queryType { name } } }", ADMIN),
        ("{ jobs { id } }", {"X-Hasura-Admin-Secret": "wrong"}),
        ("{ jobs { id } }", {}),
    ],
)
async def test_whatever_is_different_goes_the_long_way(short_way, query, headers):
    client, app = short_way
    await client.post("/v1/graphql", json={"query": "{ jobs { id } }"}, headers=ADMIN)
    cut_off(app)

    with pytest.raises(AssertionError, match="went the long way"):
        await client.post("/v1/graphql", json={"query": query}, headers=headers)


async def test_every_type_of_value_looks_as_postgres_own_json_shows_it(short_way, hasura_database):
    client, _ = short_way
    connection = await asyncpg.connect(hasura_database)
    expected = await connection.fetchval(
        "SELECT json_agg(json_build_object('id', id, 'headline', title, 'details', details, 'labels', labels,"
        " 'price', price, 'big', big, 'created_at', created_at) ORDER BY id) FROM task"
    )
    await connection.close()
    query = "{ jobs(order_by: {id: asc}) { id headline details labels price big created_at } }"

    answer = await client.post("/v1/graphql", json={"query": query}, headers=ADMIN)

    assert answer.json() == {"data": {"jobs": json.loads(expected)}}
