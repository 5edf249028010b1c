"""What each database role may write, as an exact list from the catalogue, and what a signed-in person reads.

What no role may do is tried with every role in tests/contract/laws/test_law_03_queue_bypass.py.
"""

import json
from uuid import UUID

import asyncpg
import pytest

from tests.support.ledger import Api, Ledger, onboarded

# Every table that a role may write; `(…)` says that it is only some columns. What is not listed is refused.
WRITES = {
    "fo_api": {
        "ledger.approval_consumption": {"INSERT (…)"},
        "ledger.command": {"INSERT (…)", "UPDATE (…)"},
        "ledger.sealed_value": {"INSERT", "UPDATE (…)"},
        "ledger.secret_reference": {"INSERT", "UPDATE (…)"},
        "ledger.stream": {"INSERT"},
        "public.endpoint": {"INSERT", "UPDATE (…)"},
        "public.harness": {"INSERT (…)", "UPDATE (…)"},
        "public.kept_sandbox": {"UPDATE (…)"},
        "public.lineage_edge": {"INSERT"},
        "public.membership": {"INSERT", "UPDATE (…)", "DELETE"},
        "public.onboarding_check": {"INSERT", "UPDATE (…)"},
        "public.organization": {"INSERT (…)", "UPDATE (…)"},
        "public.principal": {"INSERT"},
        "public.proposal": {"UPDATE (…)"},
        "public.proposal_decision": {"INSERT"},
        "public.recovery_case": {"UPDATE (…)"},
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
        "public.recovery_case": {"INSERT (…)", "UPDATE (…)"},
        "public.secret_contract": {"UPDATE (…)"},
    },
    "fo_runtime": {
        "ledger.merkle_node": {"INSERT"},
        "ledger.merkle_tree": {"INSERT", "UPDATE (…)"},
        "public.artifact": {"INSERT"},
        "public.harness": {"UPDATE (…)"},
        "public.kept_sandbox": {"INSERT", "UPDATE", "DELETE"},
        "public.launch_diagnostic": {"INSERT"},
        "public.lineage_edge": {"INSERT"},
        "public.observation": {"INSERT"},
        "public.proof": {"INSERT"},
        "public.proof_checkpoint": {"INSERT"},
        "public.sealing_key": {"INSERT (…)", "UPDATE (…)"},
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
