"""Row-level security, judged once for many: the verdicts must be PostgreSQL's own."""
# ruff: noqa: S608  - the tables' names are made here

import json
import random
import uuid

import asyncpg
import pytest

from embedded.supabase.database import open_connection
from embedded.supabase.realtime.catalogue import Catalogue, read_table
from embedded.supabase.realtime.pgoutput import Relation
from embedded.supabase.realtime.visibility import Viewer, verdicts
from tests.integration.embedded.supabase.gateway import member, token

CLAIMS = "current_setting('request.jwt.claims', true)::jsonb"
SIMPLE = [
    f"org = {CLAIMS} ->> 'org'",
    "org = (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'org')",
    "org = (SELECT auth.jwt() ->> 'org')",
    "owner = auth.uid()",
    "owner = (SELECT auth.uid()) OR open",
    f"({CLAIMS} -> 'app_metadata' ->> 'org') = org AND NOT open",
    f"org = ANY (ARRAY['a', {CLAIMS} #>> '{{app_metadata,org}}'])",
    f"({CLAIMS} -> 'orgs') ? org",
    "open IS NOT TRUE",
    "org IS NOT DISTINCT FROM (auth.jwt() ->> 'org')",
    "true",
    "false",
    "coalesce(auth.jwt() ->> 'org', 'none') = org",
    "(auth.jwt() ->> 'org')::uuid = owner",
]
NOT_SIMPLE = [
    "created > now() - interval '1 day'",
    "EXISTS (SELECT FROM pg_class WHERE relname = org)",
    "random() < 2",
    f"{CLAIMS} = jsonb_build_object('org', org)",
    "current_user = org",
    "current_setting('request.other', true) = org",
    f"created > ({CLAIMS} ->> 'since')::timestamptz",
    "pg_has_role(org, 'MEMBER')",
]
ROLES = ("anon", "authenticated", "service_role")
PEOPLE = [str(uuid.uuid4()) for _ in range(2)]


def some_claims(rng: random.Random, role: str) -> dict[str, object]:
    return {
        "role": role,
        "sub": rng.choice(PEOPLE),
        "org": rng.choice(["a", "b", PEOPLE[0], ""]),
        "orgs": rng.choice([[], ["a"], ["a", "b"]]),
        "app_metadata": {"org": rng.choice(["a", "b", None])},
    }


async def table_with_policies(connection, rng: random.Random) -> tuple[str, int]:
    name = f"judged_{uuid.uuid4().hex[:8]}"
    await connection.execute(
        f"CREATE TABLE {name} (id int PRIMARY KEY, org text, owner uuid, open boolean, created timestamptz);"
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY; GRANT SELECT ON {name} TO {', '.join(ROLES)}"
    )
    for number in range(rng.randint(0, 4)):
        kind, action = rng.choice(["PERMISSIVE", "PERMISSIVE", "RESTRICTIVE"]), rng.choice(["SELECT", "ALL", "INSERT"])
        who = rng.choice(["public", "authenticated", "anon, authenticated"])
        clause = f"WITH CHECK ({rng.choice(SIMPLE)})" if action == "INSERT" else f"USING ({rng.choice(SIMPLE)})"
        await connection.execute(f"CREATE POLICY p{number} ON {name} AS {kind} FOR {action} TO {who} {clause}")
    rows = [
        (n, rng.choice(["a", "b", None]), rng.choice([*PEOPLE, None]), rng.choice([True, False, None]))
        for n in range(12)
    ]
    await connection.executemany(f"INSERT INTO {name} VALUES ($1, $2, $3, $4)", rows)
    return name, await connection.fetchval("SELECT $1::text::regclass::oid", name)


async def seen_by_postgres(connection, name: str, role: str, claims: dict[str, object]) -> tuple[set[int], bool]:
    """The rows that a query shows, and whether a policy failed on these claims; then the query shows nothing."""
    async with connection.transaction():
        await connection.execute("SELECT set_config('request.jwt.claims', $1, true)", json.dumps(claims))
        await connection.execute(f"SET LOCAL ROLE {role}")
        try:
            return {row["id"] for row in await connection.fetch(f"SELECT id FROM {name}")}, False
        except asyncpg.DataError:
            return set(), True


@pytest.mark.parametrize("seed", range(25))
async def test_a_verdict_is_what_a_query_of_the_same_viewer_would_show(gateway, seed):
    rng = random.Random(seed)  # noqa: S311  - the same tables in every run, nothing secret
    connection = await open_connection(gateway.database_url)
    name, oid = await table_with_policies(connection, rng)
    table = await read_table(connection, oid, frozenset(ROLES))
    assert table is not None
    assert table.reads is not None, "these policies are simple"
    places = ", ".join(f'"{column}"::text' for column in table.reads.columns)
    rows = await connection.fetch(f"SELECT id{', ' + places if places else ''} FROM {name}")
    by_id = {row[0]: tuple(row[1:]) for row in rows}

    for role in ROLES:
        claims = some_claims(rng, role)
        viewer = Viewer.of(claims, table.reads)
        answers = await verdicts(connection, table, table.reads, {viewer: set(by_id.values())})
        shown = {number for number, values in by_id.items() if answers[viewer, values]}
        queried, failed = await seen_by_postgres(connection, name, role, claims)
        assert shown == queried or failed, (table.conditions[role], claims)
        assert shown <= queried or not failed
    await connection.close()


@pytest.mark.parametrize("expression", NOT_SIMPLE)
async def test_a_policy_that_looks_at_more_is_asked_for_every_change(sql, expression):
    name = f"asked_{uuid.uuid4().hex[:8]}"
    await sql.execute(
        f"CREATE TABLE {name} (id int PRIMARY KEY, org text, created timestamptz);"
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON {name} USING ({expression})"
    )
    oid = await sql.fetchval("SELECT $1::text::regclass::oid", name)

    table = await read_table(sql, oid, frozenset({"authenticated"}))

    assert table is not None
    assert table.reads is None


async def test_a_table_read_again_is_the_one_known_until_something_about_it_changes(note, sql):
    oid = await sql.fetchval("SELECT $1::text::regclass::oid", note)
    relation, roles, catalogue = Relation(oid, "public", note, "d", ()), frozenset({"authenticated"}), Catalogue()

    first = await catalogue.read(sql, relation, roles)
    again = await catalogue.read(sql, relation, roles)
    await sql.execute(f"ALTER POLICY own ON {note} USING (org_id = 'a')")
    changed = await catalogue.read(sql, relation, roles)
    await sql.execute(f"REVOKE SELECT ON {note} FROM authenticated")
    revoked = await catalogue.read(sql, relation, roles)

    assert first is again, "verdicts that were found with it still hold"
    assert len({id(first), id(changed), id(revoked)}) == 3


async def test_a_policy_that_changes_counts_from_the_next_commit(listen, note, sql):
    first, second = await listen(note, member("a")), await listen(note, member("b"))

    await sql.execute(f"INSERT INTO {note} VALUES (1, 'a')")
    await first.heard(1)
    await sql.execute(f"ALTER POLICY own ON {note} USING (org_id = 'a' AND auth.jwt() ->> 'org_id' = 'b')")
    await sql.execute(f"INSERT INTO {note} VALUES (2, 'a')")
    await second.heard(1)
    await sql.execute(f"DROP POLICY own ON {note}; CREATE POLICY own ON {note} USING (auth.jwt() ->> 'org_id' = 'a')")
    await sql.execute(f"INSERT INTO {note} VALUES (3, 'b')")

    await first.heard(2)
    assert [data["record"]["id"] for data in first.data] == [1, 3]
    assert [data["record"]["id"] for data in second.data] == [2]


async def test_the_deletion_of_a_row_reaches_only_those_who_saw_the_row(listen, note, sql):
    first, second = await listen(note, member("a")), await listen(note, member("b"))

    await sql.execute(f"INSERT INTO {note} VALUES (1, 'a'), (2, 'b')")
    await sql.execute(f"UPDATE {note} SET org_id = 'b' WHERE id = 1")
    await sql.execute(f"DELETE FROM {note}")

    await second.heard(4)
    await sql.execute(f"INSERT INTO {note} VALUES (9, 'a')")
    await first.heard(2)
    assert [data["type"] for data in second.data] == ["INSERT", "UPDATE", "DELETE", "DELETE"]
    assert [data["record"]["id"] for data in first.data] == [1, 9]


async def test_a_row_that_its_own_transaction_moved_on_was_never_anybody_elses(listen, note, sql):
    first, second = await listen(note, member("a")), await listen(note, member("b"))

    async with sql.transaction():
        await sql.execute(f"INSERT INTO {note} VALUES (1, 'a', 'a secret of b')")
        await sql.execute(f"UPDATE {note} SET org_id = 'b'")
    await sql.execute(f"INSERT INTO {note} VALUES (2, 'a')")

    await first.heard(1)
    await second.heard(1)
    assert [data["record"]["id"] for data in first.data] == [2]
    assert [data["type"] for data in second.data] == ["UPDATE"]


async def test_tokens_may_name_any_role_of_the_database(listen, note, sql):
    role = f"clerk_{uuid.uuid4().hex[:8]}"
    await sql.execute(f"CREATE ROLE {role}; GRANT SELECT (id, org_id) ON {note} TO {role}")
    clerk = await listen(note, token(role, org_id="a"))

    await sql.execute(f"INSERT INTO {note} VALUES (1, 'a', 'not for clerks'), (2, 'b', '')")

    ((record),) = [data["record"] for data in await clerk.heard(1)]
    assert record == {"id": 1, "org_id": "a"}


async def test_subscribers_whose_claims_differ_only_where_no_policy_looks_cost_one_check(gateway, note):
    connection = await open_connection(gateway.database_url)
    oid = await connection.fetchval("SELECT $1::text::regclass::oid", note)
    table = await read_table(connection, oid, frozenset({"authenticated"}))
    assert table is not None

    claims = [{"role": "authenticated", "org_id": "a", "sub": str(n), "session_id": n, "exp": n} for n in range(1000)]
    viewers = {Viewer.of(one, table.reads) for one in claims}

    assert viewers == {Viewer("authenticated", '{"org_id":"a","role":"authenticated"}')}
    await connection.close()
