"""Cancelling harnesses, and launching work that resumes what an earlier harness left, through the action handlers."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from contracts.harness import cancellable
from contracts.states import Phase
from tests.support.ledger import Api, Ledger, Onboarded, onboarded, work_on
from tests.support.live_read import assert_rows_follow_from_events
from tests.support.proposals import Workers, submitted, workers_of

BEYOND = [phase for phase in Phase if not cancellable(phase)]


@pytest_asyncio.fixture(scope="module")
async def workers(ledger: Ledger) -> AsyncGenerator[Workers]:
    async with workers_of(ledger) as pools:
        yield pools


async def launched(api: Api, org: Onboarded, phase: Phase = Phase.QUEUED) -> dict[str, Any]:
    """A harness of new work, as if it had come to this phase: its id and its work's."""
    work = await api.ok("create_work", work_on(org), as_=org.callers["operator"])
    harness = await api.ok("launch_work", {"work_id": work["id"]}, as_=org.callers["operator"])
    await stands(api, harness["id"], phase)
    return {"harness_id": harness["id"], "work_id": work["id"]}


async def stands(api: Api, harness_id: str, phase: Phase) -> None:
    """The harness is at this phase, on whatever way it came there."""
    async with api.superuser.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL session_replication_role = replica")
        sql = "UPDATE harness SET state = $2, finished_at = CASE WHEN $3 THEN now() END WHERE id = $1"
        await connection.execute(sql, UUID(harness_id), phase, phase.final)


async def left(api: Api, org: Onboarded, **changes: Any) -> dict[str, Any]:
    """A failed harness of new work, whose sandbox is kept: its id and its work's."""
    one = await launched(api, org, Phase.FAILED)
    row = {"taken_by": None, "for": 60, **changes}
    sql = """
INSERT INTO kept_sandbox (org_id, sandbox_name, work_id, harness_id, branch, base_commit, runtime_asset_digest, until,
    taken_by) VALUES ($1, $2, $3, $4, 'main', '', '', now() + make_interval(secs => $5), $6)"""
    ids = (UUID(one["work_id"]), UUID(one["harness_id"]))
    await api.superuser.execute(sql, org.id, str(uuid4()), *ids, row["for"], row["taken_by"])
    return one


async def resume(api: Api, org: Onboarded, one: dict[str, Any]) -> dict[str, Any]:
    """The answer to launching the work again, to resume."""
    given = {"work_id": one["work_id"], "continuity": "resume"}
    return await api.ok("launch_work", given, as_=org.callers["operator"])


@pytest.mark.parametrize("phase", [phase for phase in Phase if cancellable(phase)])
async def test_a_harness_that_can_have_had_no_effect_is_cancelled_and_says_by_whom_and_why(api: Api, phase: Phase):
    org = await onboarded(api)
    one = await launched(api, org, phase)

    given = {"harness_id": one["harness_id"], "reason": "The wrong branch."}
    answer = await api.ok("cancel_harness", given, as_=org.callers["operator"])

    shown = await api.superuser.fetchrow("SELECT * FROM harness_projection WHERE harness_id = $1", answer["id"])
    harness = await api.superuser.fetchrow("SELECT * FROM harness WHERE id = $1", answer["id"])
    told = await api.superuser.fetchval(
        "SELECT data FROM portal_live_events WHERE harness_id = $1 ORDER BY position DESC LIMIT 1", answer["id"]
    )
    assert (answer["state"], harness["state"], shown["phase"]) == ("cancelled",) * 3
    assert (shown["headline"], shown["needs"]) == ("Cancelled: The wrong branch.", None)
    assert None not in (harness["finished_at"], shown["finished_at"])
    assert told["principal_id"] == str(org.callers["operator"].principal_id)
    assert await assert_rows_follow_from_events(api.superuser, [org.id])


@pytest.mark.refuses("cancel_harness", "WRONG_STATE")
@pytest.mark.parametrize("phase", BEYOND)
async def test_a_harness_that_has_ended_or_may_have_had_an_effect_is_not_cancelled(api: Api, phase: Phase):
    org = await onboarded(api)
    one = await launched(api, org, phase)

    given = {"harness_id": one["harness_id"]}
    answer = await api.call("cancel_harness", given, as_=org.callers["owner"])

    assert answer.json()["extensions"]["code"] == "WRONG_STATE"
    assert ("has ended already" if phase.final else "an effect may have been had") in answer.json()["message"]
    assert await api.superuser.fetchval("SELECT state FROM harness WHERE id = $1", UUID(one["harness_id"])) == phase


@pytest.mark.refuses("cancel_harness", "WRONG_STATE")
async def test_cancelling_again_answers_the_same_to_the_same_request_alone(api: Api):
    org = await onboarded(api)
    given, key = {"harness_id": (await launched(api, org))["harness_id"]}, uuid4()

    first, again = [await api.ok("cancel_harness", given, as_=org.callers["operator"], key=key) for _ in range(2)]
    another = await api.refused("cancel_harness", given, as_=org.callers["operator"])

    assert first == again
    assert another == "WRONG_STATE"


@pytest.mark.refuses("cancel_harness", "WRONG_STATE")
async def test_only_a_harness_of_work_is_cancelled(api: Api):
    org = await onboarded(api)

    given = {"harness_id": str(org.harness_id)}

    assert await api.refused("cancel_harness", given, as_=org.callers["owner"]) == "WRONG_STATE"


@pytest.mark.refuses("cancel_harness", "NOT_FOUND")
async def test_the_harness_of_another_organization_is_not_cancelled(api: Api):
    org, other = await onboarded(api), await onboarded(api)
    given = {"harness_id": (await launched(api, other))["harness_id"]}

    assert await api.refused("cancel_harness", given, as_=org.callers["operator"]) == "NOT_FOUND"


@pytest.mark.parametrize("role", ["viewer", "approver"])
async def test_who_may_only_look_or_decide_cancels_nothing(api: Api, role: str):
    org = await onboarded(api)
    given = {"harness_id": (await launched(api, org))["harness_id"]}

    assert await api.refused("cancel_harness", given, as_=org.callers[role]) == "FORBIDDEN"


async def test_a_proposal_under_review_is_withdrawn_with_its_harness(api: Api, workers: Workers):
    org = await onboarded(api)
    proposal = await submitted(api, workers, org)

    await api.ok("cancel_harness", {"harness_id": str(proposal.harness_id)}, as_=org.callers["operator"])

    decided = await api.refused("approve_proposal", proposal.decision, as_=org.callers["approver"])
    shown = await api.superuser.fetchval(
        "SELECT proposal_state FROM harness_projection WHERE harness_id = $1", proposal.harness_id
    )
    assert (decided, shown) == ("WRONG_STATE", "withdrawn")
    assert await api.superuser.fetchval("SELECT state FROM proposal WHERE id = $1", proposal.id) == "withdrawn"
    assert await assert_rows_follow_from_events(api.superuser, [org.id])


async def test_of_an_approval_and_a_cancellation_at_once_exactly_one_counts(api: Api, workers: Workers):
    org = await onboarded(api)
    for _ in range(6):
        proposal = await submitted(api, workers, org)

        approval, cancellation = await asyncio.gather(
            api.call("approve_proposal", proposal.decision, as_=org.callers["approver"]),
            api.call("cancel_harness", {"harness_id": str(proposal.harness_id)}, as_=org.callers["operator"]),
        )

        queued = await api.superuser.fetchval(
            "SELECT count(*) FROM ledger.command WHERE harness_id = $1 AND kind = 'proposals.apply'",
            proposal.harness_id,
        )
        assert sorted((approval.status_code, cancellation.status_code)) == [200, 400]
        assert queued == (1 if approval.status_code == 200 else 0)


async def test_a_resumed_harness_says_which_one_it_takes_up(api: Api):
    org = await onboarded(api)
    one = await left(api, org)

    answer = await resume(api, org, one)

    harness = await api.superuser.fetchrow("SELECT * FROM harness WHERE id = $1", answer["id"])
    edge = await api.superuser.fetchrow(
        "SELECT from_id, to_id FROM lineage_edge WHERE org_id = $1 AND relation = 'resumed_from'", org.id
    )
    receipt = {"continuity": "resume", "from_harness_id": one["harness_id"], "survived": [], "lost": []}
    assert (harness["continuity"], harness["continuity_receipt"]) == ("resume", receipt)
    assert tuple(edge) == (answer["id"], one["harness_id"])


@pytest.mark.refuses("launch_work", "WRONG_STATE")
async def test_what_was_left_is_taken_up_by_one_harness_and_is_free_again_if_that_is_cancelled(api: Api):
    org = await onboarded(api)
    one = await left(api, org)
    given = {"work_id": one["work_id"], "continuity": "resume"}

    answers = await asyncio.gather(*(api.call("launch_work", given, as_=org.callers["operator"]) for _ in range(4)))
    (taken,) = [answer.json() for answer in answers if answer.status_code == 200]
    await api.ok("cancel_harness", {"harness_id": taken["id"]}, as_=org.callers["operator"])

    assert {answer.json()["extensions"]["code"] for answer in answers if answer.status_code != 200} == {"WRONG_STATE"}
    assert (await resume(api, org, one))["state"] == "queued"


@pytest.mark.refuses("launch_work", "NOTHING_TO_RESUME")
async def test_what_is_over_its_time_or_of_other_work_is_not_resumed(api: Api):
    org = await onboarded(api)
    over, other = await left(api, org, **{"for": -1}), await launched(api, org, Phase.FAILED)

    for one in (over, other):
        given = {"work_id": one["work_id"], "continuity": "resume"}
        assert await api.refused("launch_work", given, as_=org.callers["operator"]) == "NOTHING_TO_RESUME"
