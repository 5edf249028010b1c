"""Describing and launching work through the action handlers."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support.ledger import ADMIN, Api, Caller, onboarded, work_on
from tests.support.live_read import assert_rows_follow_from_events


async def test_work_is_described_and_told(api: Api):
    org = await onboarded(api)

    answer = await api.ok("create_work", work_on(org), as_=org.callers["operator"])

    work = await api.superuser.fetchrow("SELECT * FROM work WHERE id = $1", answer["id"])
    event = await api.superuser.fetchrow(
        "SELECT type, subject FROM portal_live_events WHERE org_id = $1 ORDER BY position DESC LIMIT 1", org.id
    )
    assert (answer["state"], work["principal_id"]) == ("open", org.callers["operator"].principal_id)
    assert tuple(event) == ("WorkCreated", f"work/{answer['id']}")


async def test_launching_queues_one_harness_that_is_shown_at_once(api: Api):
    org = await onboarded(api)
    work = await api.ok("create_work", work_on(org), as_=org.callers["operator"])

    answer = await api.ok("launch_work", {"work_id": work["id"]}, as_=org.callers["operator"])

    command = await api.superuser.fetchrow("SELECT * FROM ledger.command WHERE id = $1", answer["command_id"])
    shown = await api.superuser.fetchrow("SELECT * FROM harness_projection WHERE harness_id = $1", answer["id"])
    harness = await api.superuser.fetchrow("SELECT * FROM harness WHERE id = $1", answer["id"])
    assert (command["state"], command["workflow"], str(command["harness_id"])) == ("queued", "work.run", answer["id"])
    assert (shown["phase"], shown["continuity"], str(shown["work_id"])) == ("queued", "fresh", work["id"])
    assert (harness["state"], harness["command_id"]) == ("queued", command["id"])
    assert await assert_rows_follow_from_events(api.superuser, [org.id])


async def test_the_same_launch_again_queues_nothing_more_even_at_once(api: Api):
    org = await onboarded(api)
    work = await api.ok("create_work", work_on(org), as_=org.callers["operator"])
    key = uuid4()

    answers = await asyncio.gather(
        *(api.ok("launch_work", {"work_id": work["id"]}, as_=org.callers["operator"], key=key) for _ in range(8))
    )

    assert len({answer["id"] for answer in answers}) == 1
    assert await api.superuser.fetchval("SELECT count(*) FROM harness WHERE work_id = $1", UUID(work["id"])) == 1


async def test_launches_at_once_get_positions_without_gaps(api: Api):
    org = await onboarded(api)
    work = await api.ok("create_work", work_on(org), as_=org.callers["operator"])

    await asyncio.gather(
        *(api.ok("launch_work", {"work_id": work["id"]}, as_=org.callers["operator"]) for _ in range(12))
    )

    positions = await api.superuser.fetch(
        "SELECT position FROM portal_live_events WHERE org_id = $1 ORDER BY position", org.id
    )
    assert [row["position"] for row in positions] == list(range(1, 15))


async def test_a_key_of_another_organization_says_nothing_about_it(api: Api):
    org, other = await onboarded(api), await onboarded(api)
    key = uuid4()
    await api.ok("create_work", work_on(org), as_=org.callers["operator"], key=key)

    refused = await api.refused("create_work", work_on(org), as_=other.callers["operator"], key=key)

    assert refused == "IDEMPOTENCY_CONFLICT"


async def test_a_key_of_another_member_or_action_is_refused(api: Api):
    org = await onboarded(api)
    key = uuid4()
    await api.ok("create_work", work_on(org), as_=org.callers["operator"], key=key)

    by_another = await api.refused("create_work", work_on(org), as_=org.callers["owner"], key=key)
    for_another = await api.refused("check_onboarding", {}, as_=org.callers["operator"], key=key)

    assert {by_another, for_another} == {"IDEMPOTENCY_CONFLICT"}


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"title": "two\nlines"},
        {"title": "a nul \x00"},
        {"title": "half a character \ud800"},
        {"title": None},
        {"title": 7},
        {"endpoint_id": "not-an-id"},
        {"interaction_policy": "whenever"},
        {"specification": None},
        {"specification": []},
        {"specification": {"run": "true"}},
        {"specification": {"run": "true", "verify": "nul \x00"}},
        {"specification": {"run": "true", "verify": "half \udfff"}},
        {"specification": {"run": "x" * 16_001, "verify": "true"}},
        {"specification": {"run": "true", "verify": "true", "run_timeout_s": 0}},
        {"specification": {"run": "true", "verify": "true", "run_timeout_s": 7_201}},
        {"specification": {"run": "true", "verify": "true", "run_timeout_s": 1.5}},
        {"specification": {"run": "true", "verify": "true", "branch": "../main"}},
        {"specification": {"run": "true", "verify": "true", "branch": "-main"}},
        {"specification": {"run": "true", "verify": "true", "target_branch": "a b"}},
        {"specification": {"run": "true", "verify": "true", "shell": "zsh"}},
        {"org_id": str(uuid4())},
    ],
    ids=repr,
)
async def test_input_that_does_not_fit_is_refused_and_leaves_nothing(api: Api, change: dict[str, Any]):
    org = await onboarded(api)
    key = uuid4()

    refused = await api.refused("create_work", work_on(org, **change), as_=org.callers["operator"], key=key)

    assert refused == "INVALID_INPUT"
    assert not await api.superuser.fetchval("SELECT count(*) FROM ledger.command WHERE idempotency_key = $1", key)
    assert not await api.superuser.fetchval("SELECT count(*) FROM work WHERE org_id = $1", org.id)


@pytest.mark.refuses("create_work", "NOT_FOUND")
@pytest.mark.parametrize("what", ["endpoint_id", "runtime_asset_id"])
async def test_work_on_what_is_not_there_or_is_anothers_is_refused(api: Api, what: str):
    org, other = await onboarded(api), await onboarded(api)

    for given in (str(uuid4()), str(getattr(other, what))):
        refused = await api.refused("create_work", work_on(org, **{what: given}), as_=org.callers["operator"])
        assert refused == "NOT_FOUND"


@pytest.mark.refuses("create_work", "WRONG_STATE")
@pytest.mark.refuses("launch_work", "WRONG_STATE")
async def test_work_on_a_retired_endpoint_is_refused(api: Api):
    org = await onboarded(api)
    work = await api.ok("create_work", work_on(org), as_=org.callers["operator"])
    await api.ok("retire_endpoint", {"endpoint_id": str(org.endpoint_id)}, as_=org.callers["owner"])

    described = await api.refused("create_work", work_on(org), as_=org.callers["operator"])
    launched = await api.refused("launch_work", {"work_id": work["id"]}, as_=org.callers["operator"])

    assert (described, launched) == ("WRONG_STATE", "WRONG_STATE")


@pytest.mark.refuses("create_work", "INVALID_INPUT")
async def test_work_that_runs_a_command_needs_a_git_endpoint_and_a_sandbox(api: Api):
    web = [{"name": "web", "kind": "http_api", "public_url": "https://web.example"}]
    with_web = await onboarded(api, endpoints=web)
    with_browser = await onboarded(api, runtime_assets=[{"name": "browser", "kind": "browser"}])

    assert await api.refused("create_work", work_on(with_web), as_=with_web.callers["operator"]) == "INVALID_INPUT"
    assert (
        await api.refused("create_work", work_on(with_browser), as_=with_browser.callers["operator"]) == "INVALID_INPUT"
    )


@pytest.mark.refuses("launch_work", "NOT_FOUND")
async def test_unknown_work_and_the_work_of_another_organization_cannot_be_launched(api: Api):
    org, other = await onboarded(api), await onboarded(api)
    work = await api.ok("create_work", work_on(other), as_=other.callers["operator"])

    for work_id in (str(uuid4()), work["id"]):
        assert await api.refused("launch_work", {"work_id": work_id}, as_=org.callers["operator"]) == "NOT_FOUND"


@pytest.mark.refuses("launch_work", "NOT_ACTIVE")
async def test_work_is_not_launched_before_the_organization_is_active(api: Api):
    org = await onboarded(api, active=False)
    work = await api.ok("create_work", work_on(org), as_=org.callers["operator"])

    assert await api.refused("launch_work", {"work_id": work["id"]}, as_=org.callers["operator"]) == "NOT_ACTIVE"


@pytest.mark.refuses("launch_work", "WRONG_STATE")
async def test_retired_work_is_not_launched(api: Api):
    org = await onboarded(api)
    work = await api.ok("create_work", work_on(org), as_=org.callers["operator"])
    await api.superuser.execute("UPDATE work SET state = 'retired' WHERE id = $1", UUID(work["id"]))

    assert await api.refused("launch_work", {"work_id": work["id"]}, as_=org.callers["operator"]) == "WRONG_STATE"


@pytest.mark.refuses("launch_work", "NOTHING_TO_RESUME")
async def test_nothing_is_resumed_where_nothing_was_kept(api: Api):
    org = await onboarded(api)
    work = await api.ok("create_work", work_on(org), as_=org.callers["operator"])

    given = {"work_id": work["id"], "continuity": "resume"}

    assert await api.refused("launch_work", given, as_=org.callers["operator"]) == "NOTHING_TO_RESUME"
    assert not await api.superuser.fetchval("SELECT count(*) FROM harness WHERE work_id = $1", UUID(work["id"]))


@pytest.mark.parametrize("role", ["viewer", "approver"])
async def test_who_may_only_look_or_decide_describes_and_launches_nothing(api: Api, role: str):
    org = await onboarded(api)
    work = await api.ok("create_work", work_on(org), as_=org.callers["operator"])

    assert await api.refused("create_work", work_on(org), as_=org.callers[role]) == "FORBIDDEN"
    assert await api.refused("launch_work", {"work_id": work["id"]}, as_=org.callers[role]) == "FORBIDDEN"


async def test_a_member_of_another_organization_is_a_stranger(api: Api):
    org, other = await onboarded(api), await onboarded(api)
    stranger = Caller("owner", org.id, other.callers["owner"].principal_id)

    assert await api.refused("create_work", work_on(org), as_=stranger) == "FORBIDDEN"


@pytest.mark.parametrize("session", [{}, {"role": "operator"}, {"role": "operator", "org_id": uuid4()}])
async def test_a_session_that_names_nobody_is_refused(api: Api, session: dict[str, Any]):
    org = await onboarded(api)

    caller = Caller(**{"role": "", **session})

    assert await api.refused("create_work", work_on(org), as_=caller) == "UNAUTHENTICATED"


async def test_the_administrator_says_for_which_organization_and_principal(api: Api):
    org = await onboarded(api)
    operator = org.callers["operator"].principal_id

    assert await api.refused("create_work", work_on(org), as_=ADMIN) == "UNAUTHENTICATED"
    assert await api.refused("create_work", work_on(org), as_=Caller("admin", org.id)) == "UNAUTHENTICATED"
    assert await api.refused("create_work", work_on(org), as_=Caller("admin", org.id, uuid4())) == "NOT_FOUND"
    assert await api.refused("create_work", work_on(org), as_=Caller("admin", uuid4(), operator)) == "NOT_FOUND"
    assert (await api.ok("create_work", work_on(org), as_=Caller("admin", org.id, operator)))["state"] == "open"
