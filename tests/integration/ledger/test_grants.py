"""What each database role may not do, tried as that role on a migrated database."""

import json
from collections.abc import AsyncGenerator
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio

from tests.support.ledger import ROLES, Api, Ledger, Onboarded, onboarded
from tests.support.proposals import Submitted, Workers, planted_proof, submitted, workers_of

Connections = dict[str, "asyncpg.Connection[asyncpg.Record]"]

# Every table that a role may write; `(…)` says that it is only some columns. What is not listed is refused.
WRITES = {
    "fo_api": {
        "ledger.approval_consumption": {"INSERT (…)"},
        "ledger.command": {"INSERT (…)", "UPDATE (…)"},
        "ledger.secret_reference": {"INSERT", "UPDATE (…)"},
        "ledger.stream": {"INSERT"},
        "public.endpoint": {"INSERT", "UPDATE (…)"},
        "public.harness": {"INSERT (…)", "UPDATE (…)"},
        "public.lineage_edge": {"INSERT"},
        "public.membership": {"INSERT"},
        "public.onboarding_check": {"INSERT", "UPDATE (…)"},
        "public.organization": {"INSERT (…)", "UPDATE (…)"},
        "public.principal": {"INSERT"},
        "public.proposal": {"UPDATE (…)"},
        "public.proposal_decision": {"INSERT"},
        "public.runtime_asset": {"INSERT", "UPDATE (…)"},
        "public.secret_contract": {"INSERT", "UPDATE (…)"},
        "public.work": {"INSERT (…)", "UPDATE (…)"},
    },
    "fo_dispatcher": {"ledger.command": {"UPDATE (…)"}},
    "fo_worker": {
        "ledger.command": {"UPDATE (…)"},
        "public.artifact": {"INSERT"},
        "public.endpoint_readiness": {"INSERT", "UPDATE"},
        "public.execution": {"INSERT (…)", "UPDATE (…)"},
        "public.harness": {"UPDATE (…)"},
        "public.launch_diagnostic": {"INSERT"},
        "public.lineage_edge": {"INSERT"},
        "public.observation": {"INSERT"},
        "public.onboarding_check": {"UPDATE (…)"},
        "public.organization": {"UPDATE (…)"},
        "public.proposal": {"INSERT (…)", "UPDATE (…)"},
        "public.secret_contract": {"UPDATE (…)"},
    },
    "fo_runtime": {
        "ledger.merkle_node": {"INSERT"},
        "ledger.merkle_tree": {"INSERT", "UPDATE (…)"},
        "public.artifact": {"INSERT"},
        "public.launch_diagnostic": {"INSERT"},
        "public.lineage_edge": {"INSERT"},
        "public.observation": {"INSERT"},
        "public.proof": {"INSERT"},
        "public.proof_checkpoint": {"INSERT"},
        "public.signing_key": {"INSERT"},
    },
    "fo_hasura": {},
    "authenticated": {},
    "anon": {},
}
_WRITES = """
SELECT r.role, n.nspname || '.' || c.relname AS name,
    p.privilege || CASE WHEN has_table_privilege(r.role, c.oid, p.privilege) THEN '' ELSE ' (…)' END AS privilege
FROM unnest($1::text[]) AS r (role)
CROSS JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE')) AS p (privilege)
CROSS JOIN pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'ledger') AND c.relkind IN ('r', 'p', 'v')
    AND (has_table_privilege(r.role, c.oid, p.privilege)
        OR (p.privilege IN ('INSERT', 'UPDATE') AND has_any_column_privilege(r.role, c.oid, p.privilege)))
"""
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


@pytest_asyncio.fixture(scope="module")
async def workers(ledger: Ledger) -> AsyncGenerator[Workers]:
    async with workers_of(ledger) as pools:
        yield pools


@pytest_asyncio.fixture(scope="module")
async def as_(ledger: Ledger) -> AsyncGenerator[Connections]:
    """A connection of each login role."""
    connections = {role: await asyncpg.connect(ledger.url_of(role)) for role in ROLES}
    yield connections
    for connection in connections.values():
        await connection.close()


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


async def test_no_role_writes_a_table_that_is_not_on_its_list(api: Api):
    rows = await api.superuser.fetch(_WRITES, list(WRITES))

    found: dict[str, dict[str, set[str]]] = {role: {} for role in WRITES}
    for role, table, privilege in rows:
        found[role].setdefault(table, set()).add(privilege)
    assert found == WRITES


@pytest.mark.parametrize("role", ROLES)
async def test_no_role_makes_tables_of_its_own(as_: Connections, role: str):
    for schema in ("public", "ledger"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await as_[role].execute(f"CREATE TABLE {schema}.own (id int)")


@pytest.mark.parametrize(
    ("role", "sql"),
    [
        ("fo_api", "INSERT INTO execution (org_id) VALUES (gen_random_uuid())"),
        ("fo_api", "UPDATE execution SET state = 'succeeded'"),
        ("fo_api", "INSERT INTO proof (org_id) VALUES (gen_random_uuid())"),
        ("fo_api", "INSERT INTO proposal (org_id) VALUES (gen_random_uuid())"),
        ("fo_api", "UPDATE proposal SET digest = ''"),
        ("fo_api", "UPDATE organization SET state = 'active'"),
        ("fo_api", "UPDATE ledger.command SET state = 'done'"),
        ("fo_api", "INSERT INTO ledger.command (run_id) VALUES ('mine')"),
        ("fo_api", "SELECT reference FROM ledger.secret_reference"),
        ("fo_api", "UPDATE ledger.stream SET position = 0"),
        ("fo_worker", "INSERT INTO ledger.command (id) VALUES (gen_random_uuid())"),
        ("fo_worker", "INSERT INTO ledger.approval_consumption (id) VALUES (gen_random_uuid())"),
        ("fo_worker", "INSERT INTO proposal_decision (id) VALUES (gen_random_uuid())"),
        ("fo_worker", "INSERT INTO proposal (state) VALUES ('approved')"),
        ("fo_worker", "INSERT INTO execution (state) VALUES ('succeeded')"),
        ("fo_worker", "UPDATE proposal SET digest = ''"),
        ("fo_worker", "INSERT INTO proof (org_id) VALUES (gen_random_uuid())"),
        ("fo_worker", "SELECT reference FROM ledger.secret_reference"),
        ("fo_runtime", "INSERT INTO execution (org_id) VALUES (gen_random_uuid())"),
        ("fo_runtime", "UPDATE execution SET state = 'succeeded'"),
        ("fo_runtime", "UPDATE ledger.command SET state = 'done'"),
        ("fo_runtime", "UPDATE ledger.secret_reference SET reference = 'secret://file/a/b#c'"),
        ("fo_dispatcher", "UPDATE ledger.command SET payload = '{}'"),
        ("fo_dispatcher", "UPDATE ledger.command SET run_id = 'mine'"),
        ("fo_dispatcher", "DELETE FROM ledger.command"),
        ("fo_dispatcher", "SELECT reference FROM ledger.secret_reference"),
        ("fo_dispatcher", "SELECT 1 FROM public.proposal"),
        ("fo_hasura", "SELECT 1 FROM ledger.command"),
        ("fo_hasura", "SELECT reference FROM ledger.secret_reference"),
        ("fo_hasura", "UPDATE work SET title = 'Mine'"),
        ("fo_hasura", "SELECT ledger.append_event(NULL, NULL, '', '', '{}', '', now(), NULL, NULL, NULL)"),
        ("fo_dispatcher", "SELECT ledger.append_event(NULL, NULL, '', '', '{}', '', now(), NULL, NULL, NULL)"),
    ],
)
async def test_what_is_not_granted_is_refused(as_: Connections, role: str, sql: str):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await as_[role].execute(sql)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO portal_live_events (org_id, position) VALUES (gen_random_uuid(), 1)",
        "UPDATE portal_live_events SET data = '{}'",
        "DELETE FROM portal_live_events",
        "INSERT INTO harness_projection (org_id) VALUES (gen_random_uuid())",
        "UPDATE harness_projection SET headline = 'Mine'",
        "DELETE FROM harness_projection",
    ],
)
async def test_events_and_projections_are_written_by_the_outbox_alone(as_: Connections, role: str, sql: str):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await as_[role].execute(sql)


async def test_only_the_execution_runtime_reads_where_a_secret_lives(api: Api, as_: Connections):
    org = await onboarded(api)
    sql = "SELECT reference FROM ledger.secret_reference WHERE secret_contract_id = $1"

    assert (await as_["fo_runtime"].fetchval(sql, org.secret_contract_id)).startswith("secret://file/")
    for role in set(ROLES) - {"fo_runtime"}:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await as_[role].fetchval(sql, org.secret_contract_id)


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
        ("fo_api", "harness", "succeeded", "harness_transition"),
        ("fo_worker", "harness", "proving", "harness_transition"),
        ("fo_api", "proposal", "applied", "proposal_transition"),
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


@pytest.mark.parametrize("state", ["done", "failed", "dispatched"])
async def test_a_command_does_not_jump_over_states(api: Api, as_: Connections, state: str):
    org = await onboarded(api)

    sql = "UPDATE ledger.command SET state = $2 WHERE id = $1"

    assert await violated(as_["fo_dispatcher"], sql, org.command_id, state) == "command_transition"


@pytest.mark.parametrize("state", ["leased", "dispatched", "running", "done", "failed"])
async def test_a_command_begins_at_the_beginning(api: Api, as_: Connections, state: str):
    org = await onboarded(api)

    refused = await violated(as_["fo_api"], _COMMAND, org.id, "work.launch", "work.run", "{}", None, state)

    assert refused == "command_transition"


async def test_a_signed_in_person_reads_the_live_rows_of_their_organization_alone(api: Api, ledger: Ledger):
    org, other = await onboarded(api), await onboarded(api)
    connection = await asyncpg.connect(ledger.url)
    await connection.execute("SET ROLE authenticated")

    async def seen(claims: str) -> set[UUID]:
        await connection.execute("SELECT set_config('request.jwt.claims', $1, false)", claims)
        return {row["org_id"] for row in await connection.fetch("SELECT org_id FROM harness_projection")}

    assert await seen(json.dumps({"org_id": str(org.id)})) == {org.id}
    assert await seen(json.dumps({"org_id": str(other.id)})) == {other.id}
    assert await seen(json.dumps({"sub": "somebody"})) == set()
    assert await seen("") == set()
    await connection.close()


@pytest.mark.parametrize("role", ["authenticated", "anon"])
async def test_a_signed_in_person_reads_no_other_table(api: Api, role: str):
    rows = await api.superuser.fetch(
        "SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname IN ('public', 'ledger') AND c.relkind IN ('r', 'p', 'v', 'm')"
        " AND has_any_column_privilege($1, c.oid, 'SELECT')",
        role,
    )

    assert [row["name"] for row in rows] == (["public.harness_projection"] if role == "authenticated" else [])
