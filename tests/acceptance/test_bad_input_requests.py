"""Requests that nobody should send, through GraphQL and directly at the API: each is refused, and leaves nothing."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio

from actions.app import BODY_BYTES_MAX, SECRET_HEADER
from entrypoints.platform import Platform, RefusedError
from tests.support.world import Organization, World, repository

_CREATE = "mutation ($input: CreateWork!) { create_work(input: $input) { id } }"


@pytest_asyncio.fixture(scope="module")
async def org(world: World, tmp_path_factory) -> AsyncGenerator[Organization]:
    made = await world.organization(repository(tmp_path_factory.mktemp("repository")).as_uri())
    yield made
    await made.close()


@pytest_asyncio.fixture(scope="module")
async def http() -> AsyncGenerator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=30) as client:
        yield client


async def declared(org: Organization) -> dict[str, Any]:
    """The input of create_work."""
    seen = await (await org.as_("viewer")).ask("query { endpoint { id } runtime_asset { id } }")
    return {
        "idempotency_key": str(uuid4()),
        "title": "Change something",
        "endpoint_id": seen["endpoint"][0]["id"],
        "runtime_asset_id": seen["runtime_asset"][0]["id"],
        "specification": {"run": "true", "verify": "true"},
    }


async def counted(org: Organization) -> tuple[int, int, int]:
    """How many commands, events and work items the organization has."""
    sql = (
        "SELECT (SELECT count(*) FROM ledger.command WHERE org_id = $1) AS a,"
        " (SELECT count(*) FROM portal_live_events WHERE org_id = $1) AS b,"
        " (SELECT count(*) FROM work WHERE org_id = $1) AS c"
    )
    [row] = await org.world.ask_database(sql, UUID(org.id))
    return tuple(row)


async def sent(http: httpx.AsyncClient, org: Organization, body: bytes | str, role: str = "operator") -> dict[str, Any]:
    """The first error that GraphQL answers to a body."""
    headers = {"Authorization": f"Bearer {await org.token(role)}", "Content-Type": "application/json"}
    answer = await http.post(org.world.at["graphql_url"], content=body, headers=headers)
    assert answer.status_code < 500, answer.text
    return answer.json()["errors"][0]


def asking(given: Any) -> str:
    return json.dumps({"query": _CREATE, "variables": {"input": given}})


@pytest.mark.parametrize(
    "change",
    [
        {"title": 7},
        {"title": None},
        {"title": ["a"]},
        {"title": "nul \x00"},
        {"title": "half \ud800"},
        {"title": ""},
        {"endpoint_id": "nowhere"},
        {"endpoint_id": {}},
        {"specification": "true"},
        {"specification": {"run": "true"}},
        {"specification": {"run": "x" * 20_000, "verify": "true"}},
        {"specification": {"run": "nul \x00", "verify": "true"}},
        {"specification": {"run": "half \udc00", "verify": "true"}},
        {"specification": {"run": "true", "verify": "true", "run_timeout_s": "soon"}},
        {"specification": {"run": "true", "verify": "true", "run_timeout_s": 1e300}},
        {"specification": {"run": "true", "verify": "true", "run_timeout_s": -1}},
        {"interaction_policy": "never"},
        {"idempotency_key": "not-a-key"},
        {"idempotency_key": None},
        {"more": 1},
    ],
    ids=lambda change: ascii(change)[:60],
)
async def test_a_mutation_that_does_not_fit_is_refused_and_leaves_nothing(
    http: httpx.AsyncClient, org: Organization, change: dict[str, Any]
):
    given, before = {**await declared(org), **change}, await counted(org)

    error = await sent(http, org, asking(given))

    assert error["extensions"]["code"] in {"INVALID_INPUT", "validation-failed", "parse-failed", "invalid-json"}, error
    assert await counted(org) == before


@pytest.mark.parametrize("missing", ["idempotency_key", "title", "endpoint_id", "runtime_asset_id", "specification"])
async def test_a_mutation_without_a_part_is_refused(http: httpx.AsyncClient, org: Organization, missing: str):
    given = await declared(org)
    del given[missing]

    error = await sent(http, org, asking(given))

    assert error["extensions"]["code"] in {"validation-failed", "parse-failed"}
    assert missing in error["message"]


async def test_a_body_of_two_megabytes_is_refused(http: httpx.AsyncClient, org: Organization):
    before, given = await counted(org), {**await declared(org), "title": "x" * 2_000_000}

    error = await sent(http, org, asking(given))

    assert error["extensions"]["code"] == "INVALID_INPUT"
    assert await counted(org) == before


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "{}",
        '"query"',
        '{"query": 7}',
        '{"query": "query {"}',
        '{"query": "' + "{a" * 20_000 + '"}',
        "[" * 100_000,
        '{"query": "query { work { id } }", "variables": []}',
        '{"query": "query { work { nothing } }"}',
        '{"query": "query { ledger_command { id } }"}',
        '{"query": "mutation { insert_work_one(object: {}) { id } }"}',
        '{"query": "mutation { delete_proof(where: {}) { affected_rows } }"}',
        b"\xff\xfe",
    ],
    ids=lambda body: ascii(body)[:40],
)
async def test_what_is_no_operation_of_ours_is_refused(http: httpx.AsyncClient, org: Organization, body: bytes | str):
    before = await counted(org)

    error = await sent(http, org, body)

    assert error["message"]
    assert error["extensions"]["code"]
    assert await counted(org) == before


async def test_deep_nesting_is_refused(http: httpx.AsyncClient, org: Organization):
    for depth in (100, 900, 5_000):
        deep = '{"a":' * depth + "1" + "}" * depth
        given = json.dumps({**await declared(org), "specification": "DEEP"}).replace('"DEEP"', deep)
        error = await sent(http, org, f'{{"query": "{_CREATE}", "variables": {{"input": {given}}}}}')
        assert error["extensions"]["code"] != "unexpected", error


def session(org: Organization, role: str, principal_id: UUID | str) -> dict[str, str]:
    return {"x-hasura-role": role, "x-hasura-org-id": org.id, "x-hasura-user-id": str(principal_id)}


async def at_the_api(http: httpx.AsyncClient, world: World, action: str, body: bytes | str) -> tuple[int, str]:
    """Status and code of what the API answers to a body."""
    headers = {SECRET_HEADER: world.stack.credentials.action_secret}
    answer = await http.post(f"{world.at['actions_url']}/actions/{action}", content=body, headers=headers)
    return answer.status_code, answer.json()["extensions"]["code"]


async def test_the_api_answers_nobody_without_its_secret(http: httpx.AsyncClient, world: World):
    for headers in ({}, {SECRET_HEADER: ""}, {SECRET_HEADER: "guess"}, {SECRET_HEADER: "h\u00e4"}):
        raw = {key: value.encode() for key, value in headers.items()}
        answer = await http.post(f"{world.at['actions_url']}/actions/create_work", content="{}", headers=raw)
        assert (answer.status_code, answer.json()["extensions"]["code"]) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "nonsense",
        "null",
        "[]",
        '{"input": {}}',
        '{"session_variables": {}}',
        '{"input": [], "session_variables": {}}',
        "[" * 100_000,
        '{"a":' * 900 + "1" + "}" * 900,
        b"\xff\xfe\x00",
    ],
    ids=lambda body: ascii(body)[:40],
)
async def test_the_api_refuses_what_is_no_request(http: httpx.AsyncClient, world: World, body: bytes | str):
    assert await at_the_api(http, world, "create_work", body) == (400, "INVALID_INPUT")


async def test_the_api_refuses_unknown_actions_and_other_methods(http: httpx.AsyncClient, world: World):
    assert await at_the_api(http, world, "drop_everything", "{}") == (400, "UNKNOWN_ACTION")
    assert (await http.post(f"{world.at['actions_url']}/actions/..%2fhealthz", content="{}")).status_code == 404
    assert (await http.get(f"{world.at['actions_url']}/actions/create_work")).status_code == 405
    assert (await http.post(f"{world.at['actions_url']}/", content="{}")).status_code == 404


async def test_the_api_stops_reading_a_body_over_its_limit(http: httpx.AsyncClient, world: World):
    assert await at_the_api(http, world, "create_work", b" " * (BODY_BYTES_MAX + 1)) == (400, "INVALID_INPUT")


@pytest.mark.parametrize("depth", [100, 230, 300, 900])
async def test_the_api_refuses_deep_input_and_halves_of_characters(
    http: httpx.AsyncClient, world: World, org: Organization, depth: int
):
    [owner] = await world.ask_database(
        "SELECT principal_id FROM membership WHERE org_id = $1 AND role = 'owner'", UUID(org.id)
    )
    deep = '{"a":' * depth + '"\\ud800"' + "}" * depth
    given = json.dumps({"input": {"input": "DEEP"}, "session_variables": session(org, "owner", owner["principal_id"])})

    assert await at_the_api(http, world, "revise_endpoint", given.replace('"DEEP"', deep)) == (400, "INVALID_INPUT")


@pytest.mark.parametrize(
    "claimed",
    [
        {},
        {"x-hasura-role": "owner"},
        {"x-hasura-role": "owner", "x-hasura-org-id": "x", "x-hasura-user-id": "y"},
        {"x-hasura-role": 7},
        {"x-hasura-role": "owner", "x-hasura-org-id": 7, "x-hasura-user-id": []},
    ],
    ids=repr,
)
async def test_the_api_refuses_a_session_that_names_nobody(
    http: httpx.AsyncClient, world: World, org: Organization, claimed: dict[str, Any]
):
    body = json.dumps({"input": {"input": await declared(org)}, "session_variables": claimed})

    assert await at_the_api(http, world, "create_work", body) == (400, "UNAUTHENTICATED")


async def test_a_role_that_is_claimed_and_not_held_is_refused(http: httpx.AsyncClient, world: World, org: Organization):
    before = await counted(org)
    [viewer] = await world.ask_database(
        "SELECT principal_id FROM membership WHERE org_id = $1 AND role = 'viewer'", UUID(org.id)
    )

    for role in ("owner", "operator", "approver", "agent", "anonymous"):
        body = {
            "input": {"input": await declared(org)},
            "session_variables": session(org, role, viewer["principal_id"]),
        }
        assert await at_the_api(http, world, "create_work", json.dumps(body)) == (400, "FORBIDDEN")
    assert await counted(org) == before


async def test_a_key_used_before_with_other_input_is_refused_and_at_once_it_counts_once(org: Organization):
    given = await declared(org)
    before = await counted(org)
    platform = await org.as_("operator")

    answers = await asyncio.gather(*(platform.act("create_work", "CreateWork", given) for _ in range(8)))
    with pytest.raises(RefusedError) as refused:
        await platform.act("create_work", "CreateWork", {**given, "title": "Another"})

    assert len({json.dumps(answer) for answer in answers}) == 1
    assert refused.value.code == "IDEMPOTENCY_CONFLICT"
    assert await counted(org) == tuple(one + 1 for one in before)


async def test_unknown_ids_are_not_found(org: Organization):
    digest, given = "sha256:" + "0" * 64, await declared(org)
    asked = {
        "create_work": ("operator", "CreateWork", {**given, "endpoint_id": str(uuid4())}),
        "launch_work": ("operator", "LaunchWork", {"work_id": str(uuid4())}),
        "approve_proposal": ("approver", "ApproveProposal", {"proposal_id": str(uuid4()), "digest": digest}),
        "withdraw_proposal": ("operator", "WithdrawProposal", {"proposal_id": str(uuid4())}),
        "retire_endpoint": ("owner", "RetireEndpoint", {"endpoint_id": str(uuid4())}),
    }

    for action, (role, type_name, input_) in asked.items():
        with pytest.raises(RefusedError) as refused:
            await org.act(role, action, type_name, **{**input_, "idempotency_key": str(uuid4())})
        assert refused.value.code == "NOT_FOUND", action


async def test_nothing_is_resumed_where_nothing_was_kept(org: Organization):
    work_id = await org.work("true")

    with pytest.raises(RefusedError) as refused:
        await org.act("operator", "launch_work", "LaunchWork", work_id=work_id, continuity="resume")

    assert refused.value.code == "NOTHING_TO_RESUME"


async def test_eight_approvals_at_once_are_carried_out_once(org: Organization, world: World):
    proposal = await org.proposed("date +%N > a.txt")

    async def once() -> str:
        try:
            return (await org.approve(proposal))["state"]
        except RefusedError as refused:
            return refused.code

    answers = await asyncio.gather(*(once() for _ in range(8)))
    row = await org.ended(proposal["harness_id"])

    assert sorted(answers) == ["WRONG_STATE"] * 7 + ["approved"]
    assert row["phase"] == "succeeded", row["headline"]
    sql = "SELECT count(*) FROM execution WHERE proposal_id = $1"
    assert (await world.ask_database(sql, UUID(proposal["id"])))[0]["count"] == 1


async def test_the_administrator_without_the_secret_is_nobody(world: World):
    async with Platform.as_administrator(world.at["graphql_url"], "guess") as platform:
        with pytest.raises(RefusedError) as refused:
            await platform.ask("query { organization { id } }")

    assert refused.value.code == "access-denied"
