"""Checks of one organization that two harnesses run: whichever sees the last one pass activates it."""

from uuid import UUID

import pytest

from contracts.queue import Queued
from ledger.pool import Pool, connect
from tests.support.ledger import Api, Ledger, Onboarded, onboarded
from workflows.activities.onboarding import Checked, Finished, Onboarding, Seen

ASSET = {"name": "another sandbox"}


async def queued_by(api: Api, org: Onboarded, command_id: UUID) -> Queued:
    """The command as its workflow has it, once it runs."""
    sql = "UPDATE ledger.command SET state = 'running' WHERE id = $1 RETURNING kind, harness_id"
    row = await api.superuser.fetchrow(sql, command_id)
    for state in ("launching", "running"):
        await api.superuser.execute("UPDATE harness SET state = $1 WHERE id = $2", state, row["harness_id"])
    return Queued(
        command_id=command_id,
        org_id=org.id,
        harness_id=row["harness_id"],
        principal_id=None,
        kind=row["kind"],
        payload={},
    )


async def looked(worker: Pool, queued: Queued, *, passed: bool = True) -> Checked:
    """What the harness was asked for, each looked at and recorded."""
    onboarding = Onboarding(worker)
    finished = [
        Finished(asked=asked, seen=Seen(passed=passed, detail="Looked."), done=number)
        for number, asked in enumerate(await onboarding.checks(queued), start=1)
    ]
    for one in finished:
        await onboarding.record(one)
    return Checked(queued=queued, finished=tuple(finished))


async def state_of(api: Api, org: Onboarded) -> str:
    return await api.superuser.fetchval("SELECT state FROM organization WHERE id = $1", org.id)


async def test_an_organization_is_active_when_the_last_of_all_checks_has_passed(api: Api, ledger: Ledger):
    org = await onboarded(api, active=False)
    declared = await api.ok("declare_runtime_asset", ASSET, as_=org.callers["owner"])
    worker = await connect(ledger.url_of("fo_worker"), size_max=2, application="test-worker")
    first, second = await queued_by(api, org, org.command_id), await queued_by(api, org, UUID(declared["command_id"]))

    before = await looked(worker, first)
    await Onboarding(worker).conclude(before)
    while_another_waits = await state_of(api, org)
    after = await looked(worker, second)
    await Onboarding(worker).conclude(after)

    assert ([len(one.finished) for one in (before, after)], while_another_waits) == ([3, 1], "onboarding")
    assert await state_of(api, org) == "active"
    headline = "SELECT headline FROM harness_projection WHERE harness_id = $1"
    assert await api.superuser.fetchval(headline, first.harness_id) == (
        "3 of 3 checks passed; 1 other check has not passed yet."
    )
    await worker.close()


async def test_a_check_that_fails_later_puts_the_organization_back_and_concluding_again_changes_nothing(
    api: Api, ledger: Ledger
):
    org = await onboarded(api, active=False)
    worker = await connect(ledger.url_of("fo_worker"), size_max=2, application="test-worker")
    passed = await looked(worker, await queued_by(api, org, org.command_id))
    await Onboarding(worker).conclude(passed)
    assert await state_of(api, org) == "active"
    declared = await api.ok("declare_runtime_asset", ASSET, as_=org.callers["owner"])
    failed = await looked(worker, await queued_by(api, org, UUID(declared["command_id"])), passed=False)

    await Onboarding(worker).conclude(failed)
    await Onboarding(worker).conclude(passed)

    assert await state_of(api, org) == "onboarding"
    await worker.close()


@pytest.mark.parametrize(("late", "last", "stands"), [(True, False, "onboarding"), (False, True, "active")])
async def test_what_a_harness_sees_late_does_not_count_over_what_a_later_one_saw(
    api: Api, ledger: Ledger, *, late: bool, last: bool, stands: str
):
    org = await onboarded(api, active=False)
    worker = await connect(ledger.url_of("fo_worker"), size_max=2, application="test-worker")
    onboarding, first = Onboarding(worker), await queued_by(api, org, org.command_id)
    asked = await onboarding.checks(first)
    again = await api.ok("check_onboarding", {}, as_=org.callers["operator"])
    second = await looked(worker, await queued_by(api, org, UUID(again["command_id"])), passed=last)
    await onboarding.conclude(second)

    finished = [
        Finished(asked=one, seen=Seen(passed=late, detail="Looked late."), done=number)
        for number, one in enumerate(asked, start=1)
    ]
    for one in finished:
        await onboarding.record(one)
    await onboarding.conclude(Checked(queued=first, finished=tuple(finished)))

    assert await state_of(api, org) == stands
    rows = await api.superuser.fetch("SELECT DISTINCT detail FROM onboarding_check WHERE org_id = $1", org.id)
    assert [row["detail"] for row in rows] == ["Looked."]
    assert await api.superuser.fetchval(
        "SELECT phase FROM harness_projection WHERE harness_id = $1", first.harness_id
    ) == ("succeeded" if late else "failed")
    await worker.close()
