"""Revising secret contracts through the action handlers: where a value lives, never the value."""

import logging
from typing import Any
from uuid import uuid4

import pytest

from tests.support.ledger import Api, Onboarded, onboarded


async def slug_of(api: Api, org: Onboarded) -> str:
    return await api.superuser.fetchval("SELECT slug FROM organization WHERE id = $1", org.id)


async def elsewhere(api: Api, org: Onboarded) -> str:
    """A place of the organization's where its secret does not live yet."""
    return f"secret://vault/{await slug_of(api, org)}/git#password"


async def revised(api: Api, org: Onboarded, **changes: Any) -> dict[str, Any]:
    return {
        "secret_contract_id": str(org.secret_contract_id),
        "purpose": "To push.",
        "reference": await elsewhere(api, org),
        **changes,
    }


async def test_a_revision_moves_the_reference_and_forgets_what_was_probed(api: Api):
    org = await onboarded(api)
    await api.superuser.execute(
        "UPDATE secret_contract SET status = 'resolvable' WHERE id = $1", org.secret_contract_id
    )
    before = await api.superuser.fetchrow("SELECT * FROM secret_contract WHERE id = $1", org.secret_contract_id)

    answer = await api.ok("revise_secret_contract", await revised(api, org), as_=org.callers["owner"])

    after = await api.superuser.fetchrow("SELECT * FROM secret_contract WHERE id = $1", org.secret_contract_id)
    reference = await api.superuser.fetchval(
        "SELECT reference FROM ledger.secret_reference WHERE secret_contract_id = $1", org.secret_contract_id
    )
    assert answer["state"] == "unchecked"
    assert (after["version"], after["status"], reference) == (before["version"] + 1, None, await elsewhere(api, org))
    assert after["digest"] != before["digest"]


async def test_where_a_secret_lives_is_in_no_command_event_or_answer(api: Api):
    org = await onboarded(api)

    answer = await api.ok("revise_secret_contract", await revised(api, org), as_=org.callers["owner"])

    said = await api.superuser.fetchval(
        "SELECT (SELECT string_agg(c::text, '') FROM ledger.command c WHERE org_id = $1)"
        " || (SELECT string_agg(e::text, '') FROM portal_live_events e WHERE org_id = $1)",
        org.id,
    )
    assert "secret://" not in said + str(answer)


@pytest.mark.parametrize(
    "reference",
    [
        "hunter2-the-value-itself",
        "secret://nowhere/a#b",
        "secret://file/a",
        "secret://file/../a#b",
        "secret://env/a-b#c",
        "secret://file/a#b\x00",
        "secret://file/" + "a" * 600 + "#b",
        "",
        None,
    ],
    ids=repr,
)
async def test_what_is_no_reference_is_refused_without_being_repeated(
    api: Api, reference: str | None, caplog: pytest.LogCaptureFixture
):
    org = await onboarded(api)

    with caplog.at_level(logging.DEBUG):
        answer = await api.call(
            "revise_secret_contract", await revised(api, org, reference=reference), as_=org.callers["owner"]
        )

    assert (answer.status_code, answer.json()["extensions"]["code"]) == (400, "INVALID_INPUT")
    if reference:
        assert reference not in answer.text
        assert reference not in caplog.text


@pytest.mark.refuses("revise_secret_contract", "NOT_FOUND")
async def test_an_unknown_secret_contract_and_one_of_another_organization_are_not_found(api: Api):
    org, other = await onboarded(api), await onboarded(api)

    for secret_contract_id in (str(uuid4()), str(other.secret_contract_id)):
        given = await revised(api, org, secret_contract_id=secret_contract_id)
        assert await api.refused("revise_secret_contract", given, as_=org.callers["owner"]) == "NOT_FOUND"
    assert (
        await api.superuser.fetchval(
            "SELECT reference FROM ledger.secret_reference WHERE secret_contract_id = $1", other.secret_contract_id
        )
        == f"secret://file/{await slug_of(api, other)}/repository#token"
    )


@pytest.mark.refuses("revise_secret_contract", "INVALID_INPUT")
async def test_a_place_of_another_organization_is_refused(api: Api):
    org, other = await onboarded(api), await onboarded(api)

    for reference in (await elsewhere(api, other), "secret://vault/git#password"):
        given = await revised(api, org, reference=reference)
        assert await api.refused("revise_secret_contract", given, as_=org.callers["owner"]) == "INVALID_INPUT"


@pytest.mark.parametrize("role", ["viewer", "operator", "approver"])
async def test_only_an_owner_revises_a_secret_contract(api: Api, role: str):
    org = await onboarded(api)

    assert await api.refused("revise_secret_contract", await revised(api, org), as_=org.callers[role]) == "FORBIDDEN"
