"""The HTTP endpoints of a running engine: who may use them, what surrounds their answers, and what is switched off."""

import gzip
import json

import asyncpg
import pytest
import pytest_asyncio

from tests.integration.embedded.hasura.conftest import HERE
from tests.integration.embedded.hasura.engine import ADMIN_SECRET, running_engine

ADMIN = {"X-Hasura-Admin-Secret": ADMIN_SECRET}
JOBS = {"query": "{ jobs { id } }"}
WRONG = {"query": "{ nothing }"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def small(hasura_database, session_handler):
    """An engine with little switched on and narrow limits."""
    async with running_engine(
        hasura_database,
        HASURA_GRAPHQL_METADATA_DIR=str(HERE / "metadata"),
        HASURA_GRAPHQL_ENABLED_APIS="graphql",
        HASURA_GRAPHQL_CORS_DOMAIN="https://*.example.com",
        HASURA_GRAPHQL_LIMIT_BATCH="2",
        HASURA_GRAPHQL_LIMIT_BODY_BYTES="2000",
        HASURA_GRAPHQL_LIMIT_TIMEOUT_MS="300",
        HASURA_GRAPHQL_LIMIT_DEPTH="6",
        HANDLER_URL=session_handler.url,
        ACTION_SECRET="between-us",
    ) as running:
        yield running


async def post(engine, path, body, **headers):
    return await engine.client.post(path, json=body, headers={**ADMIN, **headers})


async def test_the_older_graphql_endpoint_answers_with_the_status_of_the_error(engine):
    newer, older = await post(engine, "/v1/graphql", WRONG), await post(engine, "/v1alpha1/graphql", WRONG)
    unknown = await engine.client.post("/v1alpha1/graphql", json=JOBS)

    assert (newer.status_code, older.status_code, unknown.status_code) == (200, 400, 401)
    assert newer.json() == older.json()
    assert (await post(engine, "/v1alpha1/graphql", JOBS)).json() == (await post(engine, "/v1/graphql", JOBS)).json()


async def test_each_request_of_a_batch_has_an_answer_of_its_own(engine):
    answers = (await post(engine, "/v1/graphql", [JOBS, WRONG, {"no": "query"}, JOBS])).json()

    assert [next(iter(answer)) for answer in answers] == ["data", "errors", "errors", "data"]
    assert answers[1]["errors"][0]["extensions"]["path"] == "$.selectionSet.nothing"
    assert answers[2]["errors"][0]["extensions"]["code"] == "parse-failed"
    assert (await post(engine, "/v1/graphql", [])).json() == []


async def test_a_request_keeps_its_id_or_gets_one(engine):
    given = await post(engine, "/v1/graphql", JOBS, **{"X-Request-Id": "mine"})
    made = [(await engine.client.get("/v1/version")).headers["x-request-id"] for _ in range(2)]

    assert given.headers["x-request-id"] == "mine"
    assert made[0] != made[1]


async def test_a_long_answer_is_packed_for_whom_wants_it(engine):
    query = {"query": "{ __schema { types { name description } } }"}
    headers = {**ADMIN, "Accept-Encoding": "gzip"}
    async with engine.client.stream("POST", "/v1/graphql", json=query, headers=headers) as answer:
        packed = b"".join([chunk async for chunk in answer.aiter_raw()])
    plain = await post(engine, "/v1/graphql", query, **{"Accept-Encoding": "identity"})

    assert answer.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert json.loads(gzip.decompress(packed)) == plain.json()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/graphql"),
        ("POST", "/v1/graphql/"),
        ("POST", "/v1/nowhere"),
        ("GET", "/v1/entitlement"),
        ("POST", "/v1beta1/relay"),
        ("GET", "/api/rest/books"),
        ("POST", "/v1alpha1/pg_dump"),
    ],
)
async def test_what_is_not_there_is_not_found(engine, method, path):
    answer = await engine.client.request(method, path, json={}, headers=ADMIN)

    assert answer.status_code == 404
    assert answer.json() == {"path": "$", "error": "resource does not exist", "code": "not-found"}


async def test_a_browser_is_told_what_it_may_ask(engine):
    asked = {"Origin": "https://page.example", "Access-Control-Request-Headers": "x-hasura-role"}
    told = await engine.client.options("/v1/graphql", headers=asked)
    answered = await post(engine, "/v1/graphql", JOBS, Origin="https://page.example")

    assert told.status_code == 204
    assert told.headers["access-control-allow-headers"] == "x-hasura-role"
    assert told.headers["access-control-allow-origin"] == "https://page.example"
    assert answered.headers["access-control-allow-credentials"] == "true"


async def test_only_named_origins_may_ask(small):
    headers = {**ADMIN, "Origin": "https://api.example.com"}
    allowed = await small.client.post("/v1/graphql", json=JOBS, headers=headers)
    other = await small.client.post("/v1/graphql", json=JOBS, headers={**ADMIN, "Origin": "https://evil.com"})

    assert allowed.headers["access-control-allow-origin"] == "https://api.example.com"
    assert "access-control-allow-origin" not in other.headers


async def test_what_is_switched_off_is_not_there(small):
    off = ["/v1/metadata", "/v1/query", "/v2/query", "/v1/graphql/explain"]

    assert [(await post(small, path, {})).status_code for path in off] == [404] * 4
    assert (await small.client.get("/v1alpha1/config", headers=ADMIN)).status_code == 404
    assert "data" in (await post(small, "/v1/graphql", JOBS)).json()
    assert (await small.client.get("/healthz")).status_code == 200


async def test_requests_are_bounded_in_length_number_and_depth(small):
    long = await post(small, "/v1/graphql", {"query": "{ jobs { id } }" + " " * 3000})
    many = await post(small, "/v1/graphql", [JOBS, JOBS, JOBS])
    types = "{ ofType " * 9 + "{ name }" + "}" * 9
    deep = await post(small, "/v1/graphql", {"query": f"{{ __schema {{ queryType {types} }} }}"})

    assert long.json()["errors"][0]["message"] == "the request body is larger than 2000 bytes"
    assert many.json()["errors"][0]["message"] == "a batch may hold at most 2 requests"
    assert deep.json()["errors"][0]["message"] == "the query is nested too deeply"


async def test_a_statement_that_takes_too_long_is_cancelled(small, hasura_database):
    blocking = await asyncpg.connect(hasura_database)
    try:
        async with blocking.transaction():
            await blocking.execute("LOCK TABLE organization IN ACCESS EXCLUSIVE MODE")
            blocked = await post(small, "/v1/graphql", {"query": "{ organization { id } }"})
    finally:
        await blocking.close()

    assert blocked.json()["errors"][0]["extensions"]["code"] == "timeout"
    assert "data" in (await post(small, "/v1/graphql", {"query": "{ organization { id } }"})).json()


async def test_introspection_that_asks_for_too_much_is_stopped(small):
    query = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"
    began = await post(small, "/v1/graphql", {"query": query})

    assert began.json()["errors"][0]["extensions"]["code"] in {"timeout", "validation-failed"}


async def test_the_configuration_is_for_administrators(engine):
    refused = await engine.client.get("/v1alpha1/config", headers={**ADMIN, "X-Hasura-Role": "member"})
    shown = (await engine.client.get("/v1alpha1/config", headers=ADMIN)).json()

    assert (refused.status_code, refused.json()["error"]) == (400, "You have to be an admin to access this endpoint")
    assert shown["live_queries"] == {"batch_size": 100, "refetch_delay": 1.0}
    assert (shown["is_admin_secret_set"], shown["is_jwt_set"], shown["jwt"]) == (True, False, [])


async def explain(engine, query, user=None, **headers):
    body = {"query": {"query": query}, **({"user": user} if user else {})}
    return await post(engine, "/v1/graphql/explain", body, **headers)


async def test_a_query_is_explained_field_by_field_as_the_named_user(engine):
    user = {"x-hasura-role": "member", "x-hasura-user-id": "ann"}
    query = "{ more: jobs { id } __typename organization { id } }"

    everything = (await explain(engine, query)).json()
    restricted = (await explain(engine, "{ jobs { id } }", user)).json()

    assert [field["field"] for field in everything] == ["more", "__typename", "organization"]
    assert everything[1] == {"field": "__typename", "sql": None, "plan": None}
    assert everything[0]["sql"].startswith("SELECT ")
    assert any("Scan" in line for line in everything[0]["plan"])
    assert restricted[0]["sql"] != everything[0]["sql"]


async def test_what_cannot_be_explained_is_refused(engine):
    refused = await explain(engine, "{ jobs { id } }", **{"X-Hasura-Role": "member"})
    unknown = await explain(engine, "{ nothing }")
    missing = await explain(engine, "{ jobs { id } }", {"x-hasura-role": "member"})

    assert (refused.status_code, refused.json()["code"]) == (400, "access-denied")
    assert (unknown.status_code, unknown.json()["path"]) == (400, "$.selectionSet.nothing")
    assert missing.json()["error"].startswith("missing session variables")


async def test_a_subscription_is_explained_with_the_variables_it_depends_on(engine):
    user = {"x-hasura-role": "member", "x-hasura-user-id": "ann", "x-hasura-other": "unused"}
    query = "subscription ($n: Int) { jobs(limit: $n, where: {id: {_gt: 0}}) { id } }"
    body = {"query": {"query": query, "variables": {"n": 2}}, "user": user}

    shown = (await post(engine, "/v1/graphql/explain", body)).json()

    assert "unnest" in shown["sql"]
    assert shown["plan"]
    assert shown["variables"] == {
        "session": {"x-hasura-user-id": "ann"},
        "query": {"n": "2"},
        "synthetic": ["hidden", "0"],
    }


async def test_variables_that_are_too_deep_are_refused_as_often_as_they_come(engine):
    query = "query ($w: Job_bool_exp) { jobs(where: $w) { id } }"
    deep: dict[str, object] = {}
    for _ in range(400):
        deep = {"_not": deep}

    answers = [
        (await post(engine, "/v1/graphql", {"query": query, "variables": {"w": where}})).json()
        for where in (deep, {"_not": {}}, deep, deep)
    ]

    assert answers[1] == {"data": {"jobs": []}}
    assert {answers[i]["errors"][0]["message"] for i in (0, 2, 3)} == {"the query is nested too deeply"}
