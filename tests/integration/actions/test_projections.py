"""Holding the live read against its events through the action handlers, and queueing its repair."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from contracts.projections import DifferenceKind
from ledger import projections
from ledger.pool import transaction
from tests.support.ledger import Api, Caller, Onboarded, onboarded


async def asked(api: Api, as_: Caller, **given: Any) -> dict[str, Any]:
    body = {
        "action": {"name": "check_projection"},
        "input": {"input": given},
        "session_variables": as_.session,
    }
    return (await api.http.post("/actions/check_projection", json=body)).json()


async def wrong_headline(api: Api, org: Onboarded) -> None:
    await api.superuser.execute("UPDATE harness_projection SET headline = 'Other' WHERE org_id = $1", org.id)


async def test_a_viewer_is_told_which_fields_of_which_row_differ(api: Api):
    org, other = await onboarded(api), await onboarded(api)
    await wrong_headline(api, org)

    report = await asked(api, org.callers["viewer"])

    assert (report["harnesses"], report["next"]) == (1, None)
    assert [(one["harness_id"], one["kind"], one["fields"]) for one in report["differences"]] == [
        (str(org.harness_id), "changed", ["headline"])
    ]
    assert (await asked(api, other.callers["viewer"]))["differences"] == []


async def test_pages_follow_one_another_until_every_harness_was_held_against_its_events(api: Api):
    org = await onboarded(api)
    for _ in range(4):
        await api.ok("check_onboarding", {}, as_=org.callers["owner"])

    async with transaction(api.pool) as tx:
        seen: list[UUID] = []
        after: UUID | None = None
        for _ in range(3):
            page = await projections.page(tx, org.id, after=after, harnesses_max=2)
            seen += [one.harness_id for one in page.rows]
            after = page.next

    assert (len(seen), len(set(seen)), after) == (5, 5, None)
    report = await asked(api, org.callers["viewer"], after=str(seen[2]))
    assert report["harnesses"] == 2


async def test_a_row_is_compared_with_all_of_its_columns(api: Api):
    columns = await api.superuser.fetch(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'harness_projection'::regclass AND attnum > 0"
    )

    assert {row["attname"] for row in columns} == set(projections.COLUMNS)


@pytest.mark.parametrize(("column", "value"), [("last_position", "9223372036854775807"), ("started_at", "'infinity'")])
async def test_values_that_no_event_makes_are_found_like_any_other(api: Api, column: str, value: str):
    org = await onboarded(api)
    sql = f"UPDATE harness_projection SET {column} = {value} WHERE org_id = $1"  # noqa: S608  - columns of the table
    await api.superuser.execute(sql, org.id)

    report = await asked(api, org.callers["viewer"])

    assert [one["fields"] for one in report["differences"]] == [[column]]


@pytest.mark.parametrize("column", [name for name in projections.COLUMNS if name not in {"org_id", "harness_id"}])
async def test_a_difference_in_any_column_is_found(api: Api, column: str):
    org = await onboarded(api)
    kind = await api.superuser.fetchval(
        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'harness_projection'::regclass"
        " AND attname = $1",
        column,
    )
    other = {"text": "'other'", "uuid": "gen_random_uuid()", "boolean": f"NOT {column}"}.get(kind)
    other = other or {"timestamp with time zone": "'2020-01-01'"}.get(kind, f"{column} + 1")
    sql = f"UPDATE harness_projection SET {column} = {other} WHERE org_id = $1"  # noqa: S608  - columns of the table
    await api.superuser.execute(sql, org.id)

    report = await asked(api, org.callers["viewer"])

    assert [one["fields"] for one in report["differences"]] == [[column]]


async def test_missing_and_surplus_rows_are_found(api: Api):
    org, surplus = await onboarded(api), uuid4()
    await api.superuser.execute("UPDATE harness_projection SET harness_id = $2 WHERE org_id = $1", org.id, surplus)

    report = await asked(api, org.callers["viewer"])

    found = {one["harness_id"]: one for one in report["differences"]}
    assert found[str(surplus)]["kind"] == DifferenceKind.SURPLUS
    assert found[str(surplus)]["folded"] is None
    assert found[str(org.harness_id)]["kind"] == DifferenceKind.MISSING
    assert found[str(org.harness_id)]["shown"] is None


async def test_a_repair_is_queued_as_a_harness_of_its_own(api: Api):
    org = await onboarded(api)

    answer = await api.ok("repair_projection", {}, as_=org.callers["operator"])

    command = await api.superuser.fetchrow("SELECT * FROM ledger.command WHERE id = $1", answer["command_id"])
    shown = await api.superuser.fetchrow("SELECT * FROM harness_projection WHERE harness_id = $1", answer["id"])
    assert answer["state"] == "queued"
    assert (command["kind"], command["workflow"], command["state"]) == (
        *("projections.repair", "projections.repair"),
        "queued",
    )
    assert (shown["purpose"], shown["phase"]) == ("repair", "queued")


async def test_the_same_repair_again_even_at_once_is_queued_once(api: Api):
    org, key = await onboarded(api), uuid4()

    answers = await asyncio.gather(
        *(api.ok("repair_projection", {}, as_=org.callers["operator"], key=key) for _ in range(4))
    )

    assert len({answer["id"] for answer in answers}) == 1
    count = "SELECT count(*) FROM ledger.command WHERE org_id = $1 AND kind = 'projections.repair'"
    assert await api.superuser.fetchval(count, org.id) == 1


@pytest.mark.parametrize("role", ["viewer", "approver"])
async def test_who_may_not_repair_is_refused(api: Api, role: str):
    org = await onboarded(api)

    assert await api.refused("repair_projection", {}, as_=org.callers[role]) == "FORBIDDEN"


@pytest.mark.refuses("check_projection", "NOT_FOUND")
@pytest.mark.refuses("repair_projection", "NOT_FOUND")
async def test_an_organization_that_is_not_there_is_neither_checked_nor_repaired(api: Api):
    nowhere = Caller("admin", uuid4())

    assert (await asked(api, nowhere))["extensions"]["code"] == "NOT_FOUND"
    assert await api.refused("repair_projection", {}, as_=nowhere) == "NOT_FOUND"


async def test_who_belongs_to_another_organization_is_told_nothing(api: Api):
    org, other = await onboarded(api), await onboarded(api)
    stranger = Caller("viewer", org.id, other.callers["viewer"].principal_id)

    assert (await asked(api, stranger))["extensions"]["code"] == "FORBIDDEN"


async def test_a_command_that_is_no_repair_never_runs_the_repair(api: Api):
    org = await onboarded(api)
    sql = (
        "INSERT INTO ledger.command (id, org_id, kind, idempotency_key, input_digest, workflow, state)"
        " VALUES (gen_random_uuid(), $1, $2, gen_random_uuid(), '', $3, 'queued')"
    )

    for kind, workflow in (("work.launch", "projections.repair"), ("projections.repair", "work.run")):
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await api.pool.execute(sql, org.id, kind, workflow)
        assert refused.value.constraint_name == "command_repair_is_named"
