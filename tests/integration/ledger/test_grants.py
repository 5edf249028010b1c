"""What each database role may read and write, tried as that role on a migrated database."""

import json
from uuid import UUID

import asyncpg
import pytest

from tests.support.ledger import ROLES, Api, Ledger, onboarded

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
