"""What the database holds by constraint, whoever writes: approvals, executions, decisions, states."""

import json
from uuid import UUID, uuid4

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


async def test_a_command_with_an_effect_needs_a_consumed_approval(api: Api, as_: Connections):
    org = await onboarded(api)
    api_role = as_["fo_api"]

    by_kind = await violated(api_role, _COMMAND, org.id, "proposals.apply", "proposals.apply", "{}", None, "queued")
    by_workflow = await violated(api_role, _COMMAND, org.id, "work.launch", "proposals.apply", "{}", None, "queued")
    no_workflow = await violated(api_role, _COMMAND, org.id, "proposals.apply", None, "{}", None, "recorded")

    assert {by_kind, by_workflow, no_workflow} == {"command_effect_needs_approval"}


async def test_an_approval_that_was_not_given_cannot_be_consumed(api: Api, workers: Workers, as_: Connections):
    org = await onboarded(api)
    proposal = await submitted(api, workers, org)

    refused = await violated(as_["fo_api"], _CONSUMPTION, org.id, proposal.id, proposal.digest)

    assert refused == "approval_consumption_approved"


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


async def test_an_approval_of_another_digest_cannot_be_consumed(api: Api, workers: Workers, as_: Connections):
    org = await onboarded(api)
    proposal = await submitted(api, workers, org)
    await approved(as_, org, proposal)

    refused = await violated(as_["fo_api"], _CONSUMPTION, org.id, proposal.id, "sha256:" + "0" * 64)

    assert refused == "approval_consumption_approved"


async def test_an_approval_is_consumed_once(api: Api, workers: Workers, as_: Connections):
    org = await onboarded(api)
    proposal = await submitted(api, workers, org)
    await queued_execution(as_, org, proposal)

    refused = await violated(as_["fo_api"], _CONSUMPTION, org.id, proposal.id, proposal.digest)

    assert refused == "approval_consumed_once"


async def test_an_approval_consumed_in_another_transaction_queues_nothing(api: Api, workers: Workers, as_: Connections):
    org = await onboarded(api)
    proposal = await submitted(api, workers, org)
    await approved(as_, org, proposal)
    consumption = await as_["fo_api"].fetchval(_CONSUMPTION, org.id, proposal.id, proposal.digest)

    given = (org.id, "proposals.apply", "proposals.apply", applying(proposal), consumption, "queued")

    assert await violated(as_["fo_api"], _COMMAND, *given) == "command_consumes_approval"


async def test_a_consumed_approval_queues_nothing_but_what_was_approved(api: Api, workers: Workers, as_: Connections):
    org = await onboarded(api)
    proposal, other = await submitted(api, workers, org), await submitted(api, workers, org)
    await approved(as_, org, proposal)

    transaction = as_["fo_api"].transaction()
    await transaction.start()
    consumption = await as_["fo_api"].fetchval(_CONSUMPTION, org.id, proposal.id, proposal.digest)
    given = (org.id, "proposals.apply", "proposals.apply", applying(other), consumption, "queued")
    refused = await violated(as_["fo_api"], _COMMAND, *given)
    await transaction.rollback()

    assert refused == "command_consumes_approval"


async def test_a_consumed_approval_queues_one_command(api: Api, workers: Workers, as_: Connections):
    org = await onboarded(api)
    proposal = await submitted(api, workers, org)
    await approved(as_, org, proposal)

    transaction = as_["fo_api"].transaction()
    await transaction.start()
    consumption = await as_["fo_api"].fetchval(_CONSUMPTION, org.id, proposal.id, proposal.digest)
    given = (org.id, "proposals.apply", "proposals.apply", applying(proposal), consumption, "queued")
    await as_["fo_api"].execute(_COMMAND, *given)
    refused = await violated(as_["fo_api"], _COMMAND, *given)
    await transaction.rollback()

    assert refused == "command_consumption_key"


async def test_an_execution_needs_a_running_command_that_consumed_the_approval(
    api: Api, workers: Workers, as_: Connections
):
    org = await onboarded(api)
    proposal, other = await submitted(api, workers, org), await submitted(api, workers, org)
    command = await queued_execution(as_, org, proposal)
    worker = as_["fo_worker"]

    without = await violated(worker, _EXECUTION, org.id, uuid4(), proposal.id, proposal.digest)
    of_another_kind = await violated(worker, _EXECUTION, org.id, org.command_id, proposal.id, proposal.digest)
    not_running = await violated(worker, _EXECUTION, org.id, command, proposal.id, proposal.digest)
    await worker.execute("UPDATE ledger.command SET state = 'running' WHERE id = $1", command)
    of_another_proposal = await violated(worker, _EXECUTION, org.id, command, other.id, other.digest)
    of_another_digest = await violated(worker, _EXECUTION, org.id, command, proposal.id, other.digest)

    refused = {without, of_another_kind, not_running, of_another_proposal, of_another_digest}
    assert refused == {"execution_needs_command"}
    await worker.execute(_EXECUTION, org.id, command, proposal.id, proposal.digest)
    assert await violated(worker, _EXECUTION, org.id, command, proposal.id, proposal.digest) == "execution_command_key"


@pytest.mark.parametrize("role", ["operator", "viewer"])
async def test_who_may_not_decide_cannot_be_written_as_having_decided(
    api: Api, workers: Workers, as_: Connections, role: str
):
    org = await onboarded(api)
    proposal = await submitted(api, workers, org)

    principal = org.callers[role].principal_id
    refused = await violated(as_["fo_api"], _DECISION, org.id, proposal.id, principal, proposal.digest)

    assert refused == {"operator": "proposal_decision_not_own", "viewer": "proposal_decision_role"}[role]


async def test_a_decision_is_on_the_digest_that_stands_while_it_is_under_review(
    api: Api, workers: Workers, as_: Connections
):
    org = await onboarded(api)
    proposal = await submitted(api, workers, org)
    approver = org.callers["approver"].principal_id

    other = await violated(as_["fo_api"], _DECISION, org.id, proposal.id, approver, "sha256:" + "0" * 64)
    await as_["fo_api"].execute("UPDATE proposal SET state = 'withdrawn' WHERE id = $1", proposal.id)
    late = await violated(as_["fo_api"], _DECISION, org.id, proposal.id, approver, proposal.digest)

    assert {other, late} == {"proposal_decision_digest"}


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


@pytest.mark.parametrize("state", ["leased", "dispatched", "running", "done", "failed"])
async def test_a_command_begins_at_the_beginning(api: Api, as_: Connections, state: str):
    org = await onboarded(api)

    refused = await violated(as_["fo_api"], _COMMAND, org.id, "work.launch", "work.run", "{}", None, state)

    assert refused == "command_transition"
