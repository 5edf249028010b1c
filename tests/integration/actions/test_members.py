"""People come, change and go through the action handlers; an organization keeps an owner."""

import asyncio
import secrets
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support.ledger import Api, Caller, Onboarded, onboarded
from tests.support.waiting import until


def person(**changes: Any) -> dict[str, Any]:
    return {"name": "Ada", "role": "approver", "email": f"ada-{secrets.token_hex(4)}@test.example", **changes}


async def roles(api: Api, org: Onboarded) -> dict[UUID, str]:
    rows = await api.superuser.fetch("SELECT principal_id, role FROM membership WHERE org_id = $1", org.id)
    return {row["principal_id"]: row["role"] for row in rows}


def about(org: Onboarded, who: str, **given: Any) -> dict[str, Any]:
    return {"principal_id": str(org.callers[who].principal_id), **given}


async def test_a_person_is_added_once_however_often_it_is_asked(api: Api):
    org = await onboarded(api)
    given, key = person(email="Ada.Lovelace@Test.Example"), uuid4()

    answers = [await api.ok("add_member", given, as_=org.callers["owner"], key=key) for _ in range(2)]

    found = await api.superuser.fetchrow("SELECT * FROM principal WHERE id = $1", UUID(answers[0]["id"]))
    assert answers[0] == answers[1]
    assert (found["name"], found["email"]) == ("Ada", "ada.lovelace@test.example")
    assert (await roles(api, org))[found["id"]] == "approver"


async def test_a_person_of_another_organization_is_the_same_principal_here(api: Api):
    org, other, given = await onboarded(api), await onboarded(api), person()
    there = await api.ok("add_member", given, as_=other.callers["owner"])

    here = await api.ok("add_member", {**given, "name": "Somebody else", "role": "viewer"}, as_=org.callers["owner"])

    name = await api.superuser.fetchval("SELECT name FROM principal WHERE id = $1", UUID(here["id"]))
    told = await api.superuser.fetchval(
        "SELECT data ->> 'name' FROM portal_live_events WHERE org_id = $1 AND type = 'MemberAdded'", org.id
    )
    assert (here["id"], name, told) == (there["id"], "Ada", "Ada")
    assert (await roles(api, other))[UUID(here["id"])] == "approver"


async def test_a_person_whom_another_organization_adds_at_this_moment_is_added_all_the_same(api: Api):
    org, given = await onboarded(api), person()
    made = "INSERT INTO principal (id, kind, name, email) VALUES ($1, 'person', 'Ada', $2)"
    waits = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'transactionid' AND usename = 'fo_api')"

    async with api.superuser.acquire() as other:
        async with other.transaction():
            await other.execute(made, uuid4(), given["email"])
            adding = asyncio.create_task(api.call("add_member", given, as_=org.callers["owner"]))
            await until(lambda: api.superuser.fetchval(waits), within_s=10, what="the one who waits")
        answer = await adding

    assert answer.status_code == 200, answer.text


@pytest.mark.refuses("add_member", "ALREADY_EXISTS")
async def test_a_member_is_not_added_again(api: Api):
    org, given = await onboarded(api), person()
    await api.ok("add_member", given, as_=org.callers["owner"])

    assert await api.refused("add_member", {**given, "role": "owner"}, as_=org.callers["owner"]) == "ALREADY_EXISTS"


@pytest.mark.parametrize("change", [{"email": None}, {"email": "ada"}, {"role": "agent"}, {"name": " "}], ids=repr)
async def test_a_person_who_could_not_sign_in_or_act_is_refused(api: Api, change: dict[str, Any]):
    org = await onboarded(api)

    assert await api.refused("add_member", person(**change), as_=org.callers["owner"]) == "INVALID_INPUT"


async def test_another_role_counts_at_once_whatever_the_token_says(api: Api):
    org = await onboarded(api)

    await api.ok("change_member", about(org, "operator", role="viewer"), as_=org.callers["owner"])

    told = await api.superuser.fetchval(
        "SELECT data FROM portal_live_events WHERE org_id = $1 AND type = 'MemberChanged'", org.id
    )
    assert (told["former_role"], told["role"]) == ("operator", "viewer")
    assert await api.refused("check_onboarding", {}, as_=org.callers["operator"]) == "FORBIDDEN"


async def test_who_was_removed_is_a_stranger_and_what_they_did_stays(api: Api):
    org = await onboarded(api)

    await api.ok("remove_member", about(org, "operator"), as_=org.callers["owner"])

    gone = org.callers["operator"].principal_id
    assert await api.refused("check_onboarding", {}, as_=org.callers["operator"]) == "FORBIDDEN"
    assert await api.superuser.fetchval("SELECT count(*) FROM principal WHERE id = $1", gone) == 1


@pytest.mark.refuses("remove_member", "LAST_OWNER")
@pytest.mark.refuses("change_member", "LAST_OWNER")
async def test_the_last_owner_stays_an_owner(api: Api):
    org = await onboarded(api)
    owner = org.callers["owner"]

    assert await api.refused("change_member", about(org, "owner", role="viewer"), as_=owner) == "LAST_OWNER"
    assert await api.refused("remove_member", about(org, "owner"), as_=owner) == "LAST_OWNER"
    await api.ok("change_member", about(org, "owner", role="owner"), as_=owner)


async def test_two_owners_who_go_at_once_do_not_both_go(api: Api):
    org = await onboarded(api)
    await api.ok("change_member", about(org, "approver", role="owner"), as_=org.callers["owner"])
    second = Caller("owner", org.id, org.callers["approver"].principal_id)

    gone = await asyncio.gather(
        api.call("remove_member", about(org, "owner"), as_=second),
        api.call("remove_member", about(org, "approver"), as_=org.callers["owner"]),
    )

    assert sorted(answer.status_code for answer in gone) == [200, 400]
    assert list((await roles(api, org)).values()).count("owner") == 1


@pytest.mark.refuses("add_member", "NOT_FOUND")
@pytest.mark.refuses("change_member", "NOT_FOUND")
@pytest.mark.refuses("remove_member", "NOT_FOUND")
async def test_nobody_of_another_organization_is_touched_and_none_comes_into_no_organization(api: Api):
    org, other = await onboarded(api), await onboarded(api)
    owner = org.callers["owner"]

    assert await api.refused("change_member", about(other, "viewer", role="owner"), as_=owner) == "NOT_FOUND"
    assert await api.refused("remove_member", about(other, "viewer"), as_=owner) == "NOT_FOUND"
    assert await api.refused("add_member", person(), as_=Caller("admin", uuid4())) == "NOT_FOUND"
    assert sorted((await roles(api, other)).values()) == ["approver", "operator", "owner", "viewer"]


@pytest.mark.parametrize("role", ["viewer", "operator", "approver"])
async def test_only_an_owner_changes_who_belongs_to_the_organization(api: Api, role: str):
    org = await onboarded(api)

    for action, given in (
        ("add_member", person()),
        ("change_member", about(org, role, role="owner")),
        ("remove_member", about(org, "owner")),
    ):
        assert await api.refused(action, given, as_=org.callers[role]) == "FORBIDDEN"
