"""Describing work that is one call of an endpoint, through the action handlers."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support.ledger import Api, Onboarded, onboarded

HTTP = {"name": "things", "kind": "http_api", "public_url": "https://things.example/api"}
CALL = {"method": "POST", "path": "/v1/things", "body": {"text": "{}"}, "why": "It is needed."}


def call_on(org: Onboarded, **changes: Any) -> dict[str, Any]:
    """The input of create_call."""
    return {
        "title": "Make a thing",
        "endpoint_id": str(org.endpoint_id),
        "runtime_asset_id": str(org.runtime_asset_id),
        "call": CALL,
        **changes,
    }


async def test_a_call_is_described_once_however_often_it_is_asked_and_launched_like_other_work(api: Api):
    org = await onboarded(api, endpoints=[HTTP])
    operator, key = org.callers["operator"], uuid4()

    answers = [await api.ok("create_call", call_on(org), as_=operator, key=key) for _ in range(2)]
    launched = await api.ok("launch_work", {"work_id": answers[0]["id"]}, as_=operator)

    work = await api.superuser.fetch("SELECT title, specification FROM work WHERE org_id = $1", org.id)
    events = await api.superuser.fetch("SELECT type FROM portal_live_events WHERE org_id = $1", org.id)
    assert answers[0] == answers[1]
    assert [(row["title"], row["specification"]["call"]["path"]) for row in work] == [("Make a thing", "/v1/things")]
    assert [row["type"] for row in events].count("WorkCreated") == 1
    assert launched["state"] == "queued"


@pytest.mark.refuses("create_call", "NOT_FOUND")
async def test_another_organizations_endpoint_is_not_called(api: Api):
    org, other = await onboarded(api, endpoints=[HTTP]), await onboarded(api, endpoints=[HTTP])
    given = call_on(org, endpoint_id=str(other.endpoint_id))

    assert await api.refused("create_call", given, as_=org.callers["operator"]) == "NOT_FOUND"


@pytest.mark.refuses("create_call", "WRONG_STATE")
async def test_a_retired_endpoint_is_not_called(api: Api):
    org = await onboarded(api, endpoints=[HTTP])
    await api.ok("retire_endpoint", {"endpoint_id": str(org.endpoint_id)}, as_=org.callers["owner"])

    assert await api.refused("create_call", call_on(org), as_=org.callers["operator"]) == "WRONG_STATE"


@pytest.mark.refuses("create_call", "INVALID_INPUT")
async def test_a_call_needs_an_endpoint_that_speaks_http(api: Api):
    org = await onboarded(api)

    assert await api.refused("create_call", call_on(org), as_=org.callers["operator"]) == "INVALID_INPUT"


@pytest.mark.parametrize("changes", [{"path": "//other.example/"}, {"url": "https://other.example/"}])
async def test_a_call_names_no_place_of_its_own(api: Api, changes: dict[str, Any]):
    org = await onboarded(api, endpoints=[HTTP])
    given = call_on(org, call={**CALL, **changes})

    assert await api.refused("create_call", given, as_=org.callers["operator"]) == "INVALID_INPUT"


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("endpoint_call", {**CALL, "path": "//other.example/"}),
        ("endpoint_call", {**CALL, "url": "https://other.example/"}),
        ("browser_procedure", {"steps": [], "observed": []}),
    ],
)
async def test_the_database_itself_refuses_a_proposal_that_is_none_of_its_kind(
    api: Api, kind: str, payload: dict[str, Any]
):
    org = await onboarded(api)
    sql = """INSERT INTO proposal (org_id, id, kind, title, harness_id, work_id, endpoint_id, runtime_asset_id, payload,
        bound, digest, principal_id, expires_at)
        VALUES ($1, gen_random_uuid(), $2, 'a', $3, $3, $4, $4, $5, '{}', $6, $7, now())"""
    principal: UUID | None = org.callers["operator"].principal_id

    with pytest.raises(Exception, match=f"proposal_{kind}"):
        await api.superuser.execute(
            sql, org.id, kind, org.harness_id, org.endpoint_id, payload, "sha256:" + "0" * 64, principal
        )
