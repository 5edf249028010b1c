"""What the database holds by constraint, whoever writes: policies, decisions, states.

The ways around the queue are tried with every role in tests/contract/laws/test_law_03_queue_bypass.py.
"""

import json
from uuid import UUID

import asyncpg
import pytest

from tests.support.ledger import Api, Onboarded, onboarded
from tests.support.proposals import Submitted, Workers, planted_proof, submitted

Connections = dict[str, "asyncpg.Connection[asyncpg.Record]"]

_COMMAND = """
INSERT INTO ledger.command (id, org_id, kind, idempotency_key, input_digest, workflow, payload, approval_consumption_id,
    state)
VALUES (gen_random_uuid(), $1, $2, gen_random_uuid(), '', $3, $4, $5, $6) RETURNING id"""
_CONSUMPTION = """
INSERT INTO ledger.approval_consumption (id, org_id, proposal_id, digest) VALUES (gen_random_uuid(), $1, $2, $3)
RETURNING id"""
_DECISION = """
INSERT INTO proposal_decision (org_id, id, proposal_id, principal_id, verdict, digest)
VALUES ($1, gen_random_uuid(), $2, $3, 'approve', $4)"""
_EXECUTION = """
INSERT INTO execution (org_id, id, command_id, proposal_id, harness_id, digest)
VALUES ($1, gen_random_uuid(), $2, $3, gen_random_uuid(), $4) RETURNING id"""


async def violated(connection: "asyncpg.Connection[asyncpg.Record]", sql: str, *values: object) -> str | None:
    """The name of the constraint that refuses the statement."""
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
        await connection.execute(sql, *values)
    return refused.value.constraint_name


async def approved(as_: Connections, org: Onboarded, proposal: Submitted, role: str = "approver") -> None:
    """One approval, written as the API writes it."""
    principal = org.callers[role].principal_id
    await as_["fo_api"].execute(_DECISION, org.id, proposal.id, principal, proposal.digest)


def applying(proposal: Submitted) -> str:
    return json.dumps({"proposal_id": str(proposal.id), "digest": proposal.digest})


async def queued_execution(as_: Connections, org: Onboarded, proposal: Submitted) -> UUID:
    """The command that the API queues together with the consumption of an approval."""
    await approved(as_, org, proposal)
    async with as_["fo_api"].transaction():
        consumption = await as_["fo_api"].fetchval(_CONSUMPTION, org.id, proposal.id, proposal.digest)
        return await as_["fo_api"].fetchval(
            _COMMAND, org.id, "proposals.apply", "proposals.apply", applying(proposal), consumption, "queued"
        )


async def test_one_approval_is_not_enough_where_the_policy_asks_for_two(api: Api, workers: Workers, as_: Connections):
    org = await onboarded(api, policy={"approvals_required": 2})
    proposal = await submitted(api, workers, org)
    await approved(as_, org, proposal)

    assert await violated(as_["fo_api"], _CONSUMPTION, org.id, proposal.id, proposal.digest) == (
        "approval_consumption_approved"
    )
    await approved(as_, org, proposal, "owner")
    await as_["fo_api"].execute(_CONSUMPTION, org.id, proposal.id, proposal.digest)


async def test_an_expired_approval_cannot_be_consumed(api: Api, workers: Workers, as_: Connections):
    org = await onboarded(api)
    proposal = await submitted(api, workers, org)
    await approved(as_, org, proposal)
    await api.superuser.execute("UPDATE proposal SET expires_at = now() WHERE id = $1", proposal.id)

    refused = await violated(as_["fo_api"], _CONSUMPTION, org.id, proposal.id, proposal.digest)

    assert refused == "approval_consumption_approved"


async def test_a_decision_is_made_while_the_proposal_is_under_review(api: Api, workers: Workers, as_: Connections):
    org = await onboarded(api)
    proposal = await submitted(api, workers, org)
    await as_["fo_api"].execute("UPDATE proposal SET state = 'withdrawn' WHERE id = $1", proposal.id)

    principal = org.callers["approver"].principal_id
    late = await violated(as_["fo_api"], _DECISION, org.id, proposal.id, principal, proposal.digest)

    assert late == "proposal_decision_digest"


async def test_nobody_decides_twice(api: Api, workers: Workers, as_: Connections):
    org = await onboarded(api, policy={"approvals_required": 2})
    proposal = await submitted(api, workers, org)
    await approved(as_, org, proposal)

    principal = org.callers["approver"].principal_id
    refused = await violated(as_["fo_api"], _DECISION, org.id, proposal.id, principal, proposal.digest)

    assert refused == "proposal_decision_once"


async def test_what_is_append_only_is_so_even_for_the_superuser(api: Api, workers: Workers, as_: Connections):
    org = await onboarded(api)
    proposal = await submitted(api, workers, org)
    await queued_execution(as_, org, proposal)
    await planted_proof(api, org)
    changes = {
        "proof": "envelope = 'other'",
        "artifact": "body = 'other'",
        "lineage_edge": "relation = 'other'",
        "portal_live_events": "data = '{}'",
        "ledger.approval_consumption": "digest = 'other'",
        "proposal_decision": "verdict = 'reject'",
    }

    for table, change in changes.items():
        count = f"SELECT count(*) FROM {table} WHERE org_id = $1"  # noqa: S608  - the table is named in this file
        assert await api.superuser.fetchval(count, org.id), table
        update = f"UPDATE {table} SET {change} WHERE org_id = $1"  # noqa: S608  - the table is named in this file
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
            await api.superuser.execute(update, org.id)
    # A decision goes with its proposal; nothing else goes at all.
    for table in changes.keys() - {"proposal_decision"}:
        delete = f"DELETE FROM {table} WHERE org_id = $1"  # noqa: S608  - the table is named in this file
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
            await api.superuser.execute(delete, org.id)


@pytest.mark.parametrize(
    ("role", "table", "state", "constraint"),
    [
        ("fo_worker", "harness", "proving", "harness_transition"),
        ("fo_worker", "harness", "launching", "harness_transition"),
        ("fo_worker", "proposal", "applied", "proposal_transition"),
        ("fo_worker", "proposal", "failed", "proposal_transition"),
    ],
)
async def test_a_state_that_does_not_follow_is_refused(
    api: Api, workers: Workers, as_: Connections, role: str, table: str, state: str, constraint: str
):
    org = await onboarded(api)
    await submitted(api, workers, org)

    sql = f"UPDATE {table} SET state = $2 WHERE org_id = $1"  # noqa: S608  - the table is named in this file

    refused = await violated(as_[role], sql, org.id, state)

    assert refused == constraint


@pytest.mark.parametrize(
    ("role", "state"), [("fo_worker", "done"), ("fo_worker", "failed"), ("fo_dispatcher", "dispatched")]
)
async def test_a_command_does_not_jump_over_states(api: Api, as_: Connections, role: str, state: str):
    org = await onboarded(api)

    sql = "UPDATE ledger.command SET state = $2 WHERE id = $1"

    assert await violated(as_[role], sql, org.command_id, state) == "command_transition"


@pytest.mark.parametrize("state", ["leased", "dispatched", "done", "failed"])
async def test_a_command_begins_at_the_beginning(api: Api, as_: Connections, state: str):
    org = await onboarded(api)

    refused = await violated(as_["fo_api"], _COMMAND, org.id, "work.launch", "work.run", "{}", None, state)

    assert refused == "command_transition"
