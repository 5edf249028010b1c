"""Declaring more after an organization was recorded: each thing with its check, which one harness is queued to run."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support.ledger import Api, Caller, Onboarded, onboarded

ENDPOINT = {"name": "registry", "kind": "nexus", "public_url": "https://nexus.example"}
ASSET = {"name": "large sandbox", "limits": {"run_timeout_s": 7_200}}
KINDS = {
    "declare_endpoint": "endpoint",
    "declare_secret_contract": "secret_contract",
    "declare_runtime_asset": "runtime_asset",
}


async def secret(api: Api, org: Onboarded, **changes: Any) -> dict[str, Any]:
    slug = await api.superuser.fetchval("SELECT slug FROM organization WHERE id = $1", org.id)
    return {
        "name": "registry token",
        "purpose": "To read.",
        "reference": f"secret://file/{slug}/nexus#token",
        **changes,
    }


async def declared(api: Api, org: Onboarded) -> list[tuple[str, dict[str, Any]]]:
    """Everything that an owner can declare, in the order in which one names the other."""
    auth = {"kind": "bearer", "secret_contract": "registry token"}
    return [
        ("declare_secret_contract", await secret(api, org)),
        ("declare_endpoint", {**ENDPOINT, "auth": auth}),
        ("declare_runtime_asset", ASSET),
    ]


async def test_whatever_is_declared_is_recorded_once_with_a_check_of_its_own_harness(api: Api):
    org = await onboarded(api)

    for action, given in await declared(api, org):
        key = uuid4()
        answers = [await api.ok(action, given, as_=org.callers["owner"], key=key) for _ in range(2)]

        assert (answers[0], answers[0]["state"]) == (answers[1], "pending")
        check = await api.superuser.fetchrow(
            "SELECT * FROM onboarding_check WHERE subject_id = $1", UUID(answers[0]["id"])
        )
        queued = await api.superuser.fetchrow(
            "SELECT c.state, c.workflow, p.steps_total, p.title FROM ledger.command c"
            " JOIN harness_projection p ON p.harness_id = c.harness_id WHERE c.harness_id = $1",
            check["harness_id"],
        )
        assert (check["subject_kind"], check["subject_name"], check["state"]) == (
            KINDS[action],
            given["name"],
            "pending",
        )
        assert (queued["state"], queued["workflow"], queued["steps_total"]) == ("queued", "onboarding.check", 1)
        assert given["name"] in queued["title"]


async def test_an_endpoint_takes_the_readiness_of_its_kind_and_the_secret_contract_that_it_names(api: Api):
    org = await onboarded(api)
    (_, contract), (_, given), _ = await declared(api, org)
    secret_id = (await api.ok("declare_secret_contract", contract, as_=org.callers["owner"]))["id"]

    answer = await api.ok("declare_endpoint", given, as_=org.callers["owner"])

    row = await api.superuser.fetchrow("SELECT * FROM endpoint WHERE id = $1", UUID(answer["id"]))
    assert row["readiness"]["path"] == "/service/rest/v1/status"
    assert (row["secret_contract_id"], row["auth_kind"], row["version"]) == (UUID(secret_id), "bearer", 1)


async def test_where_a_declared_secret_lives_is_in_no_command_event_or_answer(api: Api):
    org = await onboarded(api)
    given = await secret(api, org)

    answer = await api.ok("declare_secret_contract", given, as_=org.callers["owner"])

    said = await api.superuser.fetchval(
        "SELECT (SELECT string_agg(c::text, '') FROM ledger.command c WHERE org_id = $1)"
        " || (SELECT string_agg(e::text, '') FROM portal_live_events e WHERE org_id = $1)",
        org.id,
    )
    kept = await api.superuser.fetchval(
        "SELECT reference FROM ledger.secret_reference WHERE secret_contract_id = $1", UUID(answer["id"])
    )
    assert "secret://" not in said + str(answer)
    assert kept == given["reference"]


@pytest.mark.refuses("declare_endpoint", "ALREADY_EXISTS")
@pytest.mark.refuses("declare_secret_contract", "ALREADY_EXISTS")
@pytest.mark.refuses("declare_runtime_asset", "ALREADY_EXISTS")
async def test_a_name_that_is_taken_in_the_organization_is_refused(api: Api):
    org, other = await onboarded(api), await onboarded(api)

    for action, given in await declared(api, org):
        await api.ok(action, given, as_=org.callers["owner"])
        assert await api.refused(action, given, as_=org.callers["owner"]) == "ALREADY_EXISTS"
    await api.ok("declare_runtime_asset", ASSET, as_=other.callers["owner"])


@pytest.mark.refuses("declare_endpoint", "UNKNOWN_ENDPOINT_KIND")
async def test_an_endpoint_of_a_kind_that_the_catalogue_lacks_is_refused(api: Api):
    org = await onboarded(api)

    refused = await api.refused("declare_endpoint", {**ENDPOINT, "kind": "mainframe"}, as_=org.callers["owner"])

    assert refused == "UNKNOWN_ENDPOINT_KIND"


@pytest.mark.refuses("declare_endpoint", "NOT_FOUND")
async def test_an_endpoint_names_no_secret_contract_of_another_organization(api: Api):
    org, other = await onboarded(api), await onboarded(api)
    await api.ok("declare_secret_contract", await secret(api, other), as_=other.callers["owner"])
    given = {**ENDPOINT, "auth": {"kind": "bearer", "secret_contract": "registry token"}}

    assert await api.refused("declare_endpoint", given, as_=org.callers["owner"]) == "NOT_FOUND"


@pytest.mark.refuses("declare_secret_contract", "INVALID_INPUT")
async def test_a_secret_that_lives_below_another_organization_is_refused(api: Api):
    org, other = await onboarded(api), await onboarded(api)

    assert await api.refused("declare_secret_contract", await secret(api, other), as_=org.callers["owner"]) == (
        "INVALID_INPUT"
    )


@pytest.mark.refuses("declare_secret_contract", "NOT_FOUND")
@pytest.mark.refuses("declare_runtime_asset", "NOT_FOUND")
async def test_nothing_is_declared_in_no_organization(api: Api):
    org = await onboarded(api)

    for action, given in await declared(api, org):
        assert await api.refused(action, given, as_=Caller("admin", uuid4())) == "NOT_FOUND"


@pytest.mark.parametrize("role", ["viewer", "operator", "approver"])
async def test_only_an_owner_declares(api: Api, role: str):
    org = await onboarded(api)

    for action, given in await declared(api, org):
        assert await api.refused(action, given, as_=org.callers[role]) == "FORBIDDEN"


async def test_checking_again_is_asked_of_all_that_is_in_use(api: Api):
    org = await onboarded(api)
    await api.ok("declare_runtime_asset", ASSET, as_=org.callers["owner"])
    await api.ok("retire_endpoint", {"endpoint_id": str(org.endpoint_id)}, as_=org.callers["owner"])

    answer = await api.ok("check_onboarding", {}, as_=org.callers["operator"])

    harness = await api.superuser.fetchval(
        "SELECT harness_id FROM ledger.command WHERE id = $1", UUID(answer["command_id"])
    )
    asked = await api.superuser.fetch("SELECT subject_name FROM onboarding_check WHERE harness_id = $1", harness)
    total = await api.superuser.fetchval("SELECT steps_total FROM harness_projection WHERE harness_id = $1", harness)
    assert sorted(row["subject_name"] for row in asked) == ["large sandbox", "sandbox", "token"]
    assert total == 3
