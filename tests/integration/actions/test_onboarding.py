"""Onboarding through the action handlers, as Hasura calls them."""

from uuid import uuid4

import pytest

from tests.support.ledger import ADMIN, Api, Caller, onboarded, organization


async def test_onboarding_records_everything_and_queues_one_harness(api: Api):
    answer = await api.ok("onboard_organization", organization())

    command = await api.superuser.fetchrow("SELECT * FROM ledger.command WHERE id = $1", answer["command_id"])
    projection = await api.superuser.fetchrow(
        "SELECT * FROM harness_projection WHERE harness_id = $1", command["harness_id"]
    )
    assert answer["state"] == "onboarding"
    assert (command["state"], command["workflow"]) == ("queued", "onboarding.check")
    assert (projection["phase"], projection["purpose"], projection["steps_total"]) == ("queued", "onboard", 3)


async def test_where_a_secret_lives_is_kept_only_in_the_ledger(api: Api):
    org = await onboarded(api)

    payload = await api.superuser.fetchval("SELECT payload::text FROM ledger.command WHERE id = $1", org.command_id)

    assert "secret://" not in payload
    reference = await api.superuser.fetchval(
        "SELECT reference FROM ledger.secret_reference WHERE secret_contract_id = $1", org.secret_contract_id
    )
    assert reference.startswith("secret://file/org-")


async def test_the_same_request_again_gets_the_same_answer_and_records_nothing(api: Api):
    given, key = organization(), uuid4()

    first = await api.ok("onboard_organization", given, key=key)
    second = await api.ok("onboard_organization", given, key=key)

    assert first == second
    assert await api.superuser.fetchval("SELECT count(*) FROM organization WHERE slug = $1", given["slug"]) == 1


async def test_the_same_key_with_other_input_is_refused(api: Api):
    given, key = organization(), uuid4()
    await api.ok("onboard_organization", given, key=key)

    assert await api.refused("onboard_organization", {**given, "name": "Other"}, key=key) == "IDEMPOTENCY_CONFLICT"


@pytest.mark.refuses("onboard_organization", "UNKNOWN_ENDPOINT_KIND")
async def test_a_refused_request_leaves_nothing_behind_and_may_be_sent_again(api: Api):
    given, key = organization(), uuid4()
    unknown = {**given, "endpoints": [{"name": "x", "kind": "no_such_kind", "public_url": "https://x.example"}]}

    assert await api.refused("onboard_organization", unknown, key=key) == "UNKNOWN_ENDPOINT_KIND"
    await api.ok("onboard_organization", given, key=key)


@pytest.mark.refuses("onboard_organization", "ALREADY_EXISTS")
async def test_a_taken_slug_is_refused(api: Api):
    given = organization()
    await api.ok("onboard_organization", given)

    assert await api.refused("onboard_organization", organization(slug=given["slug"])) == "ALREADY_EXISTS"


@pytest.mark.refuses("check_onboarding", "NOT_FOUND")
async def test_the_checks_of_no_organization_are_not_found(api: Api):
    assert await api.refused("check_onboarding", {}, as_=Caller("admin", uuid4())) == "NOT_FOUND"


async def test_input_that_does_not_fit_is_refused_with_the_place(api: Api):
    answer = await api.call("onboard_organization", {**organization(), "slug": "Not A Slug"}, as_=ADMIN)

    assert answer.json()["extensions"]["code"] == "INVALID_INPUT"
    assert "slug" in answer.json()["message"]
    assert [fault["path"] for fault in answer.json()["extensions"]["faults"]] == ["slug"]


async def test_nobody_without_the_action_secret_is_answered(api: Api):
    answer = await api.http.post("/actions/launch_work", json={}, headers={"x-fractalops-action-secret": "guess"})

    assert (answer.status_code, answer.json()["extensions"]["code"]) == (401, "UNAUTHENTICATED")


async def test_a_role_that_may_not_is_refused_by_the_ledger_whatever_the_token_says(api: Api):
    org = await onboarded(api)
    viewer = org.callers["viewer"]
    forged = type(viewer)("owner", viewer.org_id, viewer.principal_id)

    assert await api.refused("check_onboarding", {}, as_=forged) == "FORBIDDEN"
