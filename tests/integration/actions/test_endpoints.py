"""Revising and retiring endpoint contracts through the action handlers."""

from typing import Any
from uuid import uuid4

import pytest

from tests.support.ledger import Api, Onboarded, onboarded

_URL = "https://git.example/b.git"


def revised(org: Onboarded, **changes: Any) -> dict[str, Any]:
    return {"endpoint_id": str(org.endpoint_id), "public_url": _URL, **changes}


async def test_a_revision_is_a_new_version_with_a_new_digest(api: Api):
    org = await onboarded(api)
    before = await api.superuser.fetchrow("SELECT * FROM endpoint WHERE id = $1", org.endpoint_id)

    await api.ok("revise_endpoint", revised(org), as_=org.callers["owner"])

    after = await api.superuser.fetchrow("SELECT * FROM endpoint WHERE id = $1", org.endpoint_id)
    assert (after["public_url"], after["version"]) == (_URL, before["version"] + 1)
    assert after["digest"] != before["digest"]


async def test_the_same_contract_again_keeps_its_digest(api: Api):
    org = await onboarded(api)
    await api.ok("revise_endpoint", revised(org), as_=org.callers["owner"])
    once = await api.superuser.fetchval("SELECT digest FROM endpoint WHERE id = $1", org.endpoint_id)

    await api.ok("revise_endpoint", revised(org), as_=org.callers["owner"])

    assert await api.superuser.fetchval("SELECT digest FROM endpoint WHERE id = $1", org.endpoint_id) == once


@pytest.mark.refuses("retire_endpoint", "NOT_FOUND")
@pytest.mark.refuses("revise_endpoint", "NOT_FOUND")
async def test_a_retired_endpoint_is_neither_revised_nor_retired_again(api: Api):
    org = await onboarded(api)
    given = {"endpoint_id": str(org.endpoint_id)}
    assert (await api.ok("retire_endpoint", given, as_=org.callers["owner"]))["state"] == "retired"

    assert await api.refused("retire_endpoint", given, as_=org.callers["owner"]) == "NOT_FOUND"
    assert await api.refused("revise_endpoint", revised(org), as_=org.callers["owner"]) == "NOT_FOUND"


@pytest.mark.refuses("revise_endpoint", "NOT_FOUND")
@pytest.mark.refuses("retire_endpoint", "NOT_FOUND")
async def test_an_unknown_endpoint_and_one_of_another_organization_are_not_found(api: Api):
    org, other = await onboarded(api), await onboarded(api)

    for endpoint_id in (str(uuid4()), str(other.endpoint_id)):
        given = revised(org, endpoint_id=endpoint_id)
        assert await api.refused("revise_endpoint", given, as_=org.callers["owner"]) == "NOT_FOUND"
        retired = await api.refused("retire_endpoint", {"endpoint_id": endpoint_id}, as_=org.callers["owner"])
        assert retired == "NOT_FOUND"
    assert await api.superuser.fetchval("SELECT state FROM endpoint WHERE id = $1", other.endpoint_id) == "active"


async def test_an_unknown_secret_contract_and_one_of_another_organization_cannot_be_named(api: Api):
    theirs = {"name": "theirs", "purpose": "To read.", "reference": "secret://file/named-by-them/a#token"}
    org, _ = await onboarded(api), await onboarded(api, slug="named-by-them", secret_contracts=[theirs])

    for name in ("nowhere", "theirs"):
        given = revised(org, auth={"kind": "bearer", "secret_contract": name})
        assert await api.refused("revise_endpoint", given, as_=org.callers["owner"]) == "NOT_FOUND"


@pytest.mark.parametrize(
    "change",
    [
        {"public_url": "git.example/a"},
        {"public_url": "gopher://git.example/a"},
        {"public_url": "https://user:password@git.example/a"},
        {"public_url": "https://"},
        {"public_url": "https://git.example/a\nb"},
        {"public_url": "https://[half"},
        {"public_url": "https://git.example/" + "a" * 2_000},
        {"auth": {"kind": "bearer"}},
        {"auth": {"kind": "none", "secret_contract": "token"}},
        {"auth": {"kind": "header", "secret_contract": "token"}},
        {"auth": {"kind": "password"}},
        {"readiness": {"path": "no-slash"}},
        {"readiness": {"expect_status": 99}},
        {"readiness": {"method": "DELETE"}},
        {"readiness": {"expect_json": {"nul": "\x00"}}},
        {"readiness": {"expect_json": {"nul \x00": 1}}},
        {"readiness": {"expect_json": {"half": "\ud800"}}},
        {"readiness": {"expect_json": {"huge": 2**60}}},
        {"kind": "http"},
    ],
    ids=repr,
)
async def test_a_contract_that_does_not_fit_is_refused_and_changes_nothing(api: Api, change: dict[str, Any]):
    org = await onboarded(api)

    assert await api.refused("revise_endpoint", revised(org, **change), as_=org.callers["owner"]) == "INVALID_INPUT"
    assert await api.superuser.fetchval("SELECT version FROM endpoint WHERE id = $1", org.endpoint_id) == 1


async def test_a_backslash_before_the_letters_of_an_escape_is_no_escape(api: Api):
    org = await onboarded(api)

    given = revised(org, readiness={"expect_json": {"a": "\\u0000"}})

    await api.ok("revise_endpoint", given, as_=org.callers["owner"])


@pytest.mark.parametrize("role", ["viewer", "operator", "approver"])
async def test_only_an_owner_revises_and_retires(api: Api, role: str):
    org = await onboarded(api)

    assert await api.refused("revise_endpoint", revised(org), as_=org.callers[role]) == "FORBIDDEN"
    given = {"endpoint_id": str(org.endpoint_id)}
    assert await api.refused("retire_endpoint", given, as_=org.callers[role]) == "FORBIDDEN"
