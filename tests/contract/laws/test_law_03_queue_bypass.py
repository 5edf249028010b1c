"""Law 3: proposal-bound work cannot bypass the queue, whichever database role tries."""

from collections.abc import AsyncGenerator

import asyncpg
import pytest
import pytest_asyncio

from tests.contract.laws.law_03.attempts import WENT_THROUGH, Connection, Finding, attempt, findings, place_of
from tests.contract.laws.law_03.scene import Scene, scene_of
from tests.contract.laws.law_03.writes import GRANT, ROLES, WRITES
from tests.support.ledger import PASSWORD, Api, Ledger
from tests.support.ledger import ROLES as LOGIN_ROLES
from tests.support.proposals import workers_of

# Of Supabase's roles nobody logs in as one: a visitor's connection is a member and takes the role.
VISITOR = "law_visitor"
PLANTED = {
    "a grant": (
        "GRANT INSERT ON public.execution TO fo_api",
        "fo_api",
        "an execution without a command",
        "revoke it in a new migration",
    ),
    "a missing trigger on executions": (
        "DROP TRIGGER execution_checked ON public.execution",
        "fo_worker",
        "an execution of a command of another kind",
        "Put execution_needs_command back",
    ),
    "a missing trigger on commands": (
        "DROP TRIGGER command_mover ON ledger.command",
        "fo_dispatcher",
        "a command set done by who did not carry it out",
        "Put command_mover back",
    ),
    "a missing constraint": (
        "ALTER TABLE ledger.command DROP CONSTRAINT command_effect_needs_approval",
        "fo_api",
        "a command with an effect, by its kind, without a consumed approval",
        "Put command_effect_needs_approval back",
    ),
    "a table that can be written": (
        "GRANT UPDATE ON public.harness_projection TO authenticated",
        "authenticated",
        "a row of the live read changed",
        "revoke it in a new migration",
    ),
    "a function for everybody": (
        "GRANT EXECUTE ON FUNCTION ledger.repair_projection TO fo_api",
        "fo_api",
        "a row of the live read repaired without a running repair",
        "revoke it in a new migration",
    ),
}
# Every function of ours that can be called, and who may; triggers are called by their tables alone.
CALLS = {
    "ledger.access_token_hook": set[str](),
    "ledger.append_event": {"fo_api", "fo_worker", "fo_runtime"},
    "ledger.read_stream": {"fo_api", "fo_worker", "fo_runtime"},
    "ledger.repair_projection": {"fo_worker"},
    "live_event_beginning": {"fo_hasura"},
    "live_event_size_bytes": {"fo_hasura"},
}


@pytest_asyncio.fixture(scope="module")
async def scene(api: Api, ledger: Ledger) -> Scene:
    async with workers_of(ledger) as workers:
        return await scene_of(api, workers)


@pytest_asyncio.fixture(scope="module")
async def as_(api: Api, ledger: Ledger) -> AsyncGenerator[dict[str, Connection]]:
    """A connection of each role, as it comes in from outside."""
    await api.superuser.execute(f"CREATE ROLE {VISITOR} LOGIN PASSWORD '{PASSWORD}' IN ROLE authenticated, anon")
    connections = {role: await asyncpg.connect(ledger.url_of(role)) for role in LOGIN_ROLES}
    for role in set(ROLES) - set(LOGIN_ROLES):
        connections[role] = await asyncpg.connect(ledger.url_of(VISITOR))
        await connections[role].execute(f"SET ROLE {role}")
    yield connections
    for connection in connections.values():
        await connection.close()
    await api.superuser.execute(f"DROP ROLE {VISITOR}")


def told(found: list[Finding]) -> str:
    return "\n".join(map(str, found))


@pytest.mark.parametrize("role", ROLES)
async def test_every_way_around_the_queue_is_refused(as_: dict[str, Connection], scene: Scene, role: str):
    found = await findings(as_[role], role, WRITES, scene)

    assert not found, told(found)


async def test_every_role_is_tried_with_every_write_that_is_not_its_own_step():
    tried = sum(write.refused_by(role) is not None for write in WRITES for role in ROLES)

    assert len({write.what for write in WRITES}) == len(WRITES)
    assert tried > 550


@pytest.mark.parametrize("role", ROLES)
async def test_no_role_lacks_the_grant_for_its_own_step(as_: dict[str, Connection], scene: Scene, role: str):
    own = [write for write in WRITES if role in write.may]

    assert [write.what for write in own if await attempt(as_[role], write, scene) == GRANT] == []


@pytest.mark.parametrize("planted", PLANTED)
async def test_a_planted_way_around_is_told_with_role_write_and_remedy(ledger: Ledger, scene: Scene, planted: str):
    sql, role, what, remedy = PLANTED[planted]
    connection = await asyncpg.connect(ledger.url)
    try:
        await connection.transaction().start()
        await connection.execute(sql)
        await connection.execute(f"SET LOCAL ROLE {role}")
        found = await findings(connection, role, [write for write in WRITES if not write.by_session], scene)
    finally:
        # What was planted goes with its connection.
        await connection.close()

    assert what in {one.write.what for one in found}, told(found)
    message = next(str(one) for one in found if one.write.what == what)
    assert message.startswith(f"{role} tried {what!r}")
    assert remedy in message
    assert "hasura/migrations/default/1790000" in message
    assert ("went through" in message) == (next(one for one in found if one.write.what == what).found == WENT_THROUGH)


async def test_everything_that_holds_a_write_stands_in_a_migration():
    for write in WRITES:
        for held in {GRANT, *write.held.values()}:
            assert "up.sql:" in place_of(held, write), (write.what, held)


async def test_no_role_calls_a_function_that_is_not_on_its_list(api: Api):
    rows = await api.superuser.fetch(
        "SELECT p.oid::regproc::text AS name, r.role, has_function_privilege(r.role, p.oid, 'EXECUTE')"
        " AND has_schema_privilege(r.role, p.pronamespace, 'USAGE') AS may"
        " FROM pg_proc p CROSS JOIN unnest($1::text[]) AS r (role)"
        " WHERE p.pronamespace IN ('public'::regnamespace, 'ledger'::regnamespace)"
        " AND p.prorettype <> 'trigger'::regtype",
        list(ROLES),
    )

    found = {row["name"]: set[str]() for row in rows}
    for row in rows:
        if row["may"]:
            found[row["name"]].add(row["role"])
    assert found == CALLS


async def test_no_role_is_a_member_of_another(api: Api):
    rows = await api.superuser.fetch(
        "SELECT member::regrole::text, roleid::regrole::text FROM pg_auth_members"
        " WHERE member::regrole::text = ANY ($1)",
        list(ROLES),
    )

    assert rows == []
