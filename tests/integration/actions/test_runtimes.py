"""Revising and retiring runtime assets through the action handlers."""

from typing import Any
from uuid import uuid4

import pytest

from tests.support.ledger import Api, Onboarded, onboarded, work_on


def revised(org: Onboarded, **changes: Any) -> dict[str, Any]:
    return {"runtime_asset_id": str(org.runtime_asset_id), "limits": {"run_timeout_s": 5}, **changes}


async def test_a_revision_is_a_new_version_with_a_new_digest(api: Api):
    org = await onboarded(api)
    before = await api.superuser.fetchrow("SELECT * FROM runtime_asset WHERE id = $1", org.runtime_asset_id)

    await api.ok("revise_runtime_asset", revised(org, capabilities=["git"]), as_=org.callers["owner"])

    after = await api.superuser.fetchrow("SELECT * FROM runtime_asset WHERE id = $1", org.runtime_asset_id)
    assert (after["version"], after["capabilities"]) == (before["version"] + 1, ["git"])
    assert after["limits"]["run_timeout_s"] == 5
    assert after["digest"] != before["digest"]


@pytest.mark.refuses("revise_runtime_asset", "NOT_FOUND")
async def test_an_unknown_a_retired_and_a_foreign_runtime_asset_are_not_found(api: Api):
    org, other = await onboarded(api), await onboarded(api)
    for runtime_asset_id in (str(uuid4()), str(other.runtime_asset_id)):
        given = revised(org, runtime_asset_id=runtime_asset_id)
        assert await api.refused("revise_runtime_asset", given, as_=org.callers["owner"]) == "NOT_FOUND"
    await api.superuser.execute("UPDATE runtime_asset SET state = 'retired' WHERE id = $1", org.runtime_asset_id)

    assert await api.refused("revise_runtime_asset", revised(org), as_=org.callers["owner"]) == "NOT_FOUND"


@pytest.mark.parametrize(
    "change",
    [
        {"limits": {"run_timeout_s": 0}},
        {"limits": {"run_timeout_s": 86_401}},
        {"limits": {"cpu": 64}},
        {"limits": {"snapshot": ""}},
        {"capabilities": "git"},
        {"capabilities": [""]},
        {"name": "another"},
        {"kind": "browser"},
        {"runtime_asset_id": "sandbox"},
    ],
    ids=repr,
)
async def test_limits_that_do_not_fit_are_refused(api: Api, change: dict[str, Any]):
    org = await onboarded(api)

    given = revised(org, **change)

    assert await api.refused("revise_runtime_asset", given, as_=org.callers["owner"]) == "INVALID_INPUT"


@pytest.mark.parametrize("role", ["viewer", "operator", "approver"])
async def test_only_an_owner_revises_a_runtime_asset(api: Api, role: str):
    org = await onboarded(api)

    assert await api.refused("revise_runtime_asset", revised(org), as_=org.callers[role]) == "FORBIDDEN"


@pytest.mark.refuses("retire_runtime_asset", "NOT_FOUND")
@pytest.mark.refuses("launch_work", "WRONG_STATE")
async def test_a_retired_runtime_asset_takes_no_work_and_is_not_retired_again(api: Api):
    org, other = await onboarded(api), await onboarded(api)
    work = await api.ok("create_work", work_on(org), as_=org.callers["operator"])
    given = {"runtime_asset_id": str(org.runtime_asset_id)}

    assert (await api.ok("retire_runtime_asset", given, as_=org.callers["owner"]))["state"] == "retired"

    assert await api.refused("create_work", work_on(org), as_=org.callers["operator"]) == "WRONG_STATE"
    launch = {"work_id": work["id"]}
    assert await api.refused("launch_work", launch, as_=org.callers["operator"]) == "WRONG_STATE"
    for asset_id in (org.runtime_asset_id, other.runtime_asset_id):
        given = {"runtime_asset_id": str(asset_id)}
        assert await api.refused("retire_runtime_asset", given, as_=org.callers["owner"]) == "NOT_FOUND"
