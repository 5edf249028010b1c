"""The live read is held against its events and repaired through the program `fractalops`, on the whole stack."""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from tests.support.command_line import Person, signed_in
from tests.support.moments import Held, assert_nothing_is_lost_or_done_twice, kill, paused
from tests.support.world import Organization, World, repository


@dataclass
class Place:
    """An organization that has done its work: an onboarding, and a change that was carried out and proved."""

    world: World
    org: Organization
    operator: Person
    viewer: Person
    harnesses: list[UUID]

    async def tampered(self, sql: str, *values: Any) -> None:
        await self.world.ask_database(sql, *values)

    async def row(self, harness_id: UUID) -> dict[str, Any]:
        rows = await self.world.ask_database("SELECT * FROM harness_projection WHERE harness_id = $1", harness_id)
        return dict(rows[0])


@pytest_asyncio.fixture(scope="module")
async def place(world: World, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Place]:
    folder = tmp_path_factory.mktemp("projection")
    org = await world.organization(repository(folder).as_uri())
    await org.carried_out(await org.proposed("echo ran >> runs.txt"))
    operator = await signed_in(world, org, "operator", folder / "operator")
    viewer = await signed_in(world, org, "viewer", folder / "viewer")
    rows = await world.ask_database(
        "SELECT harness_id FROM harness_projection WHERE org_id = $1 ORDER BY started_at", UUID(org.id)
    )
    yield Place(world, org, operator, viewer, [row["harness_id"] for row in rows])
    await org.close()


async def test_the_rows_of_the_whole_path_agree_with_their_events(place: Place):
    found = await place.viewer.does("projection", "check")

    assert (found["harnesses"] >= 2, found["differences"]) == (True, [])


async def test_changed_missing_and_surplus_rows_are_told_repaired_and_proved(place: Place):
    changed, missing, surplus = *place.harnesses[:2], uuid4()
    before = [await place.row(changed), await place.row(missing)]
    await place.tampered(
        "UPDATE harness_projection SET phase = 'succeeded', headline = 'All is well.', last_position = 99999"
        " WHERE harness_id = $1",
        changed,
    )
    await place.tampered("DELETE FROM harness_projection WHERE harness_id = $1", missing)
    await place.tampered(
        "INSERT INTO harness_projection SELECT (jsonb_populate_record(h, jsonb_build_object('harness_id', $2::uuid))).*"
        " FROM harness_projection h WHERE harness_id = $1",
        changed,
        surplus,
    )

    found = await place.viewer.run("projection", "check", "--json")
    told = {one["harness_id"]: (one["kind"], one["fields"]) for one in found.json["differences"]}
    assert found.code == 1
    assert told[str(changed)] == ("changed", ["last_position", "headline"])
    assert {told[str(missing)][0], told[str(surplus)][0]} == {"missing", "surplus"}

    repaired = await place.operator.does("projection", "check", "--repair")

    assert repaired["differences"] == []
    assert repaired["repair"]["phase"] == "succeeded"
    assert "3 of" in repaired["repair"]["headline"]
    assert [await place.row(changed), await place.row(missing)] == before
    assert (await place.viewer.run("projection", "check")).code == 0
    await assert_proved(place, repaired)


async def assert_proved(place: Place, repaired: dict[str, Any]) -> None:
    """The proof of a repair verifies, and its statement has each row's digest before and after."""
    report = await place.viewer.does("proofs", "verify", repaired["repair"]["proof_id"])
    predicate = report["statement"]["predicate"]
    assert report["verified"]
    assert predicate["execution"]["outcome"] == "succeeded"
    stated = {one["harness"]: (one["kind"], one["before"], one["after"]) for one in predicate["repair"]["first"]}
    told = {one["harness_id"]: (one["kind"], one["shown"], one["folded"]) for one in repaired["repaired"]}
    assert stated == told
    shown = await place.viewer.does("harness", "show", repaired["repair"]["harness_id"])
    assert shown["executions"][0]["proof"]["id"] == repaired["repair"]["proof_id"]


async def test_a_repair_with_nothing_to_mend_ends_well_and_says_so(place: Place):
    ran = await place.operator.run("projection", "check", "--repair")

    assert ran.code == 0, ran
    assert "nothing had to be repaired" in ran.out
    assert "Every row agrees" in ran.out


async def test_the_same_repair_again_is_the_same_command(place: Place):
    key = str(uuid4())

    first = await place.operator.does("projection", "check", "--repair", "--idempotency-key", key)
    again = await place.operator.does("projection", "check", "--repair", "--idempotency-key", key)

    assert first["repair"] == again["repair"]


async def test_a_viewer_may_check_and_not_repair(place: Place):
    ran = await place.viewer.run("projection", "check", "--repair", "--json")

    assert ran.code == 1
    assert json.loads(ran.out)["error"]["code"]


async def test_every_repair_has_one_execution_and_one_proof(place: Place):
    await assert_nothing_is_lost_or_done_twice(place.org)


async def test_a_worker_that_is_killed_in_a_repair_leaves_no_half_of_it(place: Place):
    harness_id = place.harnesses[0]
    before = await place.row(harness_id)
    wrong = "UPDATE harness_projection SET headline = 'Other' WHERE harness_id = $1"
    await place.tampered(wrong, harness_id)
    with paused(place.world.stack, "dispatcher"):
        queued = await place.org.act("operator", "repair_projection", "RepairProjection")
        # The report is written after the rows, in their transaction.
        held = await Held.artifact(place.world, UUID(place.org.id), UUID(queued["id"]), "repair-0001")
    await held.reached()

    kill(place.world.stack, "worker")
    await held.release()

    assert (await place.org.ended(queued["id"]))["phase"] == "succeeded"
    assert await place.row(harness_id) == before
    await assert_nothing_is_lost_or_done_twice(place.org)
