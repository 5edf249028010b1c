"""Decisions on proposals through the action handlers."""

import asyncio
from collections.abc import AsyncGenerator
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.support.ledger import Api, Ledger, Onboarded, onboarded
from tests.support.live_read import assert_rows_follow_from_events
from tests.support.proposals import Submitted, Workers, launched, ran, submitted, workers_of
from workflows.activities.proposals import Proposals
from workflows.activities.work import Change

_TWO = {"approvals_required": 2}


@pytest_asyncio.fixture(scope="module")
async def workers(ledger: Ledger) -> AsyncGenerator[Workers]:
    async with workers_of(ledger) as pools:
        yield pools


@pytest_asyncio.fixture
async def org(api: Api) -> Onboarded:
    return await onboarded(api)


@pytest_asyncio.fixture
async def proposal(api: Api, workers: Workers, org: Onboarded) -> Submitted:
    return await submitted(api, workers, org)


async def state_of(api: Api, proposal: Submitted) -> tuple[str, str, str, int]:
    """Proposal's state, harness's state, the phase that is shown, and how many executions were queued."""
    row = await api.superuser.fetchrow(
        "SELECT p.state, h.state AS harness, v.phase, (SELECT count(*) FROM ledger.command c"
        " WHERE c.kind = 'proposals.apply' AND c.payload ->> 'proposal_id' = p.id::text) AS queued"
        " FROM proposal p JOIN harness h ON h.id = p.harness_id JOIN harness_projection v ON v.harness_id = h.id"
        " WHERE p.id = $1",
        proposal.id,
    )
    return row["state"], row["harness"], row["phase"], row["queued"]


UNTOUCHED = ("submitted", "awaiting_decision", "awaiting_decision", 0)


async def test_an_approval_queues_one_execution_of_exactly_the_digest(api: Api, org: Onboarded, proposal: Submitted):
    answer = await api.ok("approve_proposal", proposal.decision, as_=org.callers["approver"])

    command = await api.superuser.fetchrow(
        "SELECT c.*, a.digest FROM ledger.command c"
        " JOIN ledger.approval_consumption a ON a.id = c.approval_consumption_id WHERE a.proposal_id = $1",
        proposal.id,
    )
    assert answer["state"] == "approved"
    assert await state_of(api, proposal) == ("approved", "applying", "applying", 1)
    assert (command["state"], command["workflow"], command["digest"]) == ("queued", "proposals.apply", proposal.digest)
    assert command["payload"] == {"proposal_id": str(proposal.id), "digest": proposal.digest}


@pytest.mark.refuses("approve_proposal", "WRONG_STATE")
async def test_eight_approvals_at_once_queue_one_execution(api: Api, org: Onboarded, proposal: Submitted):
    answers = await asyncio.gather(
        *(api.call("approve_proposal", proposal.decision, as_=org.callers["approver"]) for _ in range(8))
    )

    codes = [answer.json()["extensions"]["code"] for answer in answers if answer.status_code != 200]
    assert codes == ["WRONG_STATE"] * 7
    assert await state_of(api, proposal) == ("approved", "applying", "applying", 1)


async def test_approvals_by_two_people_at_once_queue_one_execution(api: Api, org: Onboarded, proposal: Submitted):
    answers = await asyncio.gather(
        *(api.call("approve_proposal", proposal.decision, as_=org.callers[role]) for role in ("approver", "owner"))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 400]
    assert (await state_of(api, proposal))[3] == 1


async def test_where_two_approvals_are_required_the_second_queues(api: Api, workers: Workers):
    org = await onboarded(api, policy=_TWO)
    proposal = await submitted(api, workers, org)

    first = await api.ok("approve_proposal", proposal.decision, as_=org.callers["approver"])
    between = await state_of(api, proposal)
    again = await api.refused("approve_proposal", proposal.decision, as_=org.callers["approver"])
    second = await api.ok("approve_proposal", proposal.decision, as_=org.callers["owner"])

    assert (first["state"], between, again) == ("submitted", UNTOUCHED, "WRONG_STATE")
    assert (second["state"], await state_of(api, proposal)) == (
        "approved",
        ("approved", "applying", "applying", 1),
    )


async def test_two_required_approvals_at_once_queue_one_execution(api: Api, workers: Workers):
    org = await onboarded(api, policy=_TWO)
    proposal = await submitted(api, workers, org)

    answers = await asyncio.gather(
        *(api.ok("approve_proposal", proposal.decision, as_=org.callers[role]) for role in ("approver", "owner"))
    )

    assert sorted(answer["state"] for answer in answers) == ["approved", "submitted"]
    assert (await state_of(api, proposal))[3] == 1


async def test_one_rejection_ends_it_however_many_approved(api: Api, workers: Workers):
    org = await onboarded(api, policy=_TWO)
    proposal = await submitted(api, workers, org)
    await api.ok("approve_proposal", proposal.decision, as_=org.callers["approver"])

    answer = await api.ok("reject_proposal", {**proposal.decision, "reason": "No."}, as_=org.callers["owner"])

    assert answer["state"] == "rejected"
    assert await state_of(api, proposal) == ("rejected", "cancelled", "cancelled", 0)


@pytest.mark.refuses("approve_proposal", "WRONG_STATE")
@pytest.mark.refuses("withdraw_proposal", "WRONG_STATE")
async def test_what_was_rejected_cannot_be_approved_or_withdrawn(api: Api, org: Onboarded, proposal: Submitted):
    await api.ok("reject_proposal", {**proposal.decision, "reason": "No."}, as_=org.callers["approver"])

    approved = await api.refused("approve_proposal", proposal.decision, as_=org.callers["owner"])
    withdrawn = await api.refused("withdraw_proposal", {"proposal_id": str(proposal.id)}, as_=org.callers["operator"])

    assert (approved, withdrawn) == ("WRONG_STATE", "WRONG_STATE")
    assert await state_of(api, proposal) == ("rejected", "cancelled", "cancelled", 0)


@pytest.mark.refuses("approve_proposal", "WRONG_STATE")
@pytest.mark.refuses("reject_proposal", "WRONG_STATE")
async def test_what_was_withdrawn_cannot_be_decided_on(api: Api, org: Onboarded, proposal: Submitted):
    await api.ok("withdraw_proposal", {"proposal_id": str(proposal.id)}, as_=org.callers["operator"])

    approved = await api.refused("approve_proposal", proposal.decision, as_=org.callers["approver"])
    rejected = await api.refused("reject_proposal", {**proposal.decision, "reason": "No."}, as_=org.callers["approver"])

    assert (approved, rejected) == ("WRONG_STATE", "WRONG_STATE")
    assert await state_of(api, proposal) == ("withdrawn", "cancelled", "cancelled", 0)


async def test_what_was_approved_cannot_be_rejected_or_withdrawn(api: Api, org: Onboarded, proposal: Submitted):
    await api.ok("approve_proposal", proposal.decision, as_=org.callers["approver"])

    rejected = await api.refused("reject_proposal", {**proposal.decision, "reason": "No."}, as_=org.callers["owner"])
    withdrawn = await api.refused("withdraw_proposal", {"proposal_id": str(proposal.id)}, as_=org.callers["operator"])

    assert (rejected, withdrawn) == ("WRONG_STATE", "WRONG_STATE")
    assert (await state_of(api, proposal))[:2] == ("approved", "applying")


async def test_approving_and_withdrawing_at_once_leaves_one_of_them(api: Api, org: Onboarded, proposal: Submitted):
    approved, withdrawn = await asyncio.gather(
        api.call("approve_proposal", proposal.decision, as_=org.callers["approver"]),
        api.call("withdraw_proposal", {"proposal_id": str(proposal.id)}, as_=org.callers["operator"]),
    )

    assert sorted([approved.status_code, withdrawn.status_code]) == [200, 400]
    queued = 1 if approved.status_code == 200 else 0
    assert (await state_of(api, proposal))[3] == queued


@pytest.mark.refuses("withdraw_proposal", "FORBIDDEN")
async def test_only_the_proposer_withdraws(api: Api, org: Onboarded, proposal: Submitted):
    refused = await api.refused("withdraw_proposal", {"proposal_id": str(proposal.id)}, as_=org.callers["owner"])

    assert refused == "FORBIDDEN"
    assert await state_of(api, proposal) == UNTOUCHED


@pytest.mark.refuses("approve_proposal", "OWN_PROPOSAL")
@pytest.mark.refuses("reject_proposal", "OWN_PROPOSAL")
async def test_nobody_decides_on_a_proposal_of_their_own(api: Api, workers: Workers, org: Onboarded):
    owner = org.callers["owner"]
    mine = type(org)(**{**vars(org), "callers": {**org.callers, "operator": owner}})
    proposal = await submitted(api, workers, mine)

    approved = await api.refused("approve_proposal", proposal.decision, as_=owner)
    rejected = await api.refused("reject_proposal", {**proposal.decision, "reason": "No."}, as_=owner)

    assert (approved, rejected) == ("OWN_PROPOSAL", "OWN_PROPOSAL")
    assert await state_of(api, proposal) == UNTOUCHED


@pytest.mark.refuses("approve_proposal", "FORBIDDEN")
@pytest.mark.refuses("reject_proposal", "FORBIDDEN")
@pytest.mark.parametrize("role", ["viewer", "operator"])
async def test_who_holds_no_power_to_decide_is_refused(api: Api, org: Onboarded, proposal: Submitted, role: str):
    approved = await api.refused("approve_proposal", proposal.decision, as_=org.callers[role])
    rejected = await api.refused("reject_proposal", {**proposal.decision, "reason": "No."}, as_=org.callers[role])

    assert (approved, rejected) == ("FORBIDDEN", "FORBIDDEN")
    assert await state_of(api, proposal) == UNTOUCHED


@pytest.mark.refuses("approve_proposal", "EXPIRED")
@pytest.mark.refuses("reject_proposal", "EXPIRED")
async def test_an_expired_proposal_is_not_decided_on(api: Api, org: Onboarded, proposal: Submitted):
    await api.superuser.execute("UPDATE proposal SET expires_at = now() WHERE id = $1", proposal.id)

    approved = await api.refused("approve_proposal", proposal.decision, as_=org.callers["approver"])
    rejected = await api.refused("reject_proposal", {**proposal.decision, "reason": "No."}, as_=org.callers["approver"])

    assert (approved, rejected) == ("EXPIRED", "EXPIRED")
    assert await state_of(api, proposal) == UNTOUCHED


@pytest.mark.refuses("approve_proposal", "STALE")
@pytest.mark.refuses("reject_proposal", "STALE")
async def test_another_digest_is_not_approved(api: Api, org: Onboarded, proposal: Submitted):
    other = {**proposal.decision, "digest": "sha256:" + "0" * 64}

    assert await api.refused("approve_proposal", other, as_=org.callers["approver"]) == "STALE"
    assert await api.refused("reject_proposal", {**other, "reason": "No."}, as_=org.callers["approver"]) == "STALE"
    assert await state_of(api, proposal) == UNTOUCHED


@pytest.mark.parametrize("digest", ["", "sha256:", "sha256:" + "G" * 64, "md5:" + "0" * 64, None, 7])
async def test_what_is_no_digest_is_refused_as_input(api: Api, org: Onboarded, proposal: Submitted, digest: object):
    given = {**proposal.decision, "digest": digest}

    assert await api.refused("approve_proposal", given, as_=org.callers["approver"]) == "INVALID_INPUT"


async def test_a_rejection_gives_a_reason(api: Api, org: Onboarded, proposal: Submitted):
    for reason in (None, "", "   ", "x" * 4_001):
        given = {**proposal.decision, "reason": reason}
        assert await api.refused("reject_proposal", given, as_=org.callers["approver"]) == "INVALID_INPUT"


@pytest.mark.parametrize(
    "action",
    [
        pytest.param(name, marks=pytest.mark.refuses(name, "NOT_FOUND"))
        for name in ("approve_proposal", "reject_proposal", "withdraw_proposal")
    ],
)
async def test_an_unknown_proposal_and_one_of_another_organization_are_not_found(
    api: Api, org: Onboarded, proposal: Submitted, action: str
):
    other = await onboarded(api)
    role = "operator" if action == "withdraw_proposal" else "approver"
    extra = {} if action == "withdraw_proposal" else {"digest": proposal.digest}
    extra |= {"reason": "No."} if action == "reject_proposal" else {}

    unknown = await api.refused(action, {"proposal_id": str(uuid4()), **extra}, as_=org.callers[role])
    foreign = await api.refused(action, {"proposal_id": str(proposal.id), **extra}, as_=other.callers[role])

    assert (unknown, foreign) == ("NOT_FOUND", "NOT_FOUND")
    assert await state_of(api, proposal) == UNTOUCHED


@pytest.mark.refuses("approve_proposal", "STALE")
@pytest.mark.parametrize("what", ["endpoint", "retired endpoint", "runtime asset", "secret contract", "policy"])
async def test_an_approval_is_stale_once_anything_it_binds_changed(api: Api, workers: Workers, what: str):
    endpoint = {
        "name": "repository",
        "kind": "git",
        "public_url": "https://git.example/a.git",
        "auth": {"kind": "basic", "secret_contract": "token"},
    }
    org = await onboarded(api, endpoints=[endpoint])
    proposal = await submitted(api, workers, org)
    owner = org.callers["owner"]
    match what:
        case "endpoint":
            given = {"endpoint_id": str(org.endpoint_id), "public_url": "https://git.example/b.git"}
            await api.ok("revise_endpoint", given, as_=owner)
        case "retired endpoint":
            await api.ok("retire_endpoint", {"endpoint_id": str(org.endpoint_id)}, as_=owner)
        case "runtime asset":
            given = {"runtime_asset_id": str(org.runtime_asset_id), "limits": {"run_timeout_s": 5}}
            await api.ok("revise_runtime_asset", given, as_=owner)
        case "secret contract":
            slug = await api.superuser.fetchval("SELECT slug FROM organization WHERE id = $1", org.id)
            given = {"secret_contract_id": str(org.secret_contract_id), "purpose": "Other."}
            given["reference"] = f"secret://file/{slug}/repository#token"
            await api.ok("revise_secret_contract", given, as_=owner)
        case _:
            await api.superuser.execute("UPDATE organization SET policy_version = 2 WHERE id = $1", org.id)

    refused = await api.refused("approve_proposal", proposal.decision, as_=org.callers["approver"])

    assert refused == "STALE"
    assert await state_of(api, proposal) == UNTOUCHED


async def test_the_same_approval_again_gets_the_same_answer(api: Api, org: Onboarded, proposal: Submitted):
    key = uuid4()

    answers = await asyncio.gather(
        *(api.ok("approve_proposal", proposal.decision, as_=org.callers["approver"], key=key) for _ in range(4))
    )

    assert len({answer["command_id"] for answer in answers}) == 1
    assert (await state_of(api, proposal))[3] == 1


async def test_decisions_are_told_once_each_and_fold_into_what_is_shown(api: Api, org: Onboarded, proposal: Submitted):
    await api.ok("approve_proposal", proposal.decision, as_=org.callers["approver"])

    events = await api.superuser.fetch(
        "SELECT position, type, cause FROM portal_live_events WHERE org_id = $1 ORDER BY position", org.id
    )
    assert [event["position"] for event in events] == list(range(1, len(events) + 1))
    assert len({event["cause"] for event in events}) == len(events)
    assert events[-1]["type"] == "ProposalApproved"
    assert await assert_rows_follow_from_events(api.superuser, [org.id])


async def test_a_difference_that_is_submitted_again_proposes_nothing_more(api: Api, workers: Workers, org: Onboarded):
    queued = await launched(api, org)
    taken = await ran(workers, queued)
    await Proposals(workers.worker).submit(taken)
    told = await api.superuser.fetchval("SELECT count(*) FROM portal_live_events WHERE org_id = $1", org.id)

    await Proposals(workers.worker).submit(taken)

    assert await api.superuser.fetchval("SELECT count(*) FROM proposal WHERE org_id = $1", org.id) == 1
    assert await api.superuser.fetchval("SELECT count(*) FROM portal_live_events WHERE org_id = $1", org.id) == told


async def test_a_difference_of_nothing_that_is_submitted_again_ends_the_harness_once(
    api: Api, workers: Workers, org: Onboarded
):
    queued = await launched(api, org)
    taken = (await ran(workers, queued)).model_copy(update={"change": Change()})
    for _ in range(2):
        await Proposals(workers.worker).submit(taken)

    endings = await api.superuser.fetch(
        "SELECT type FROM portal_live_events WHERE harness_id = $1 AND type LIKE 'Harness%' ORDER BY position",
        queued.harness_id,
    )
    assert [row["type"] for row in endings] == ["HarnessQueued", "HarnessSucceeded"]
    assert await api.superuser.fetchval("SELECT state FROM ledger.command WHERE id = $1", queued.command_id) == "done"
