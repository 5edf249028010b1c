"""Sending sealed values through the action handlers: what is kept of them, where, and what is refused at the edge."""

import base64
import logging
import os
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.support.ledger import Api, Ledger, Onboarded, onboarded

KEY_ID = "0" * 32
SEALED = base64.b64encode(b"s" * 64).decode()


async def known_key(api: Api, key_id: str = KEY_ID) -> None:
    await api.superuser.execute(
        "INSERT INTO sealing_key (key_id, public_key) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        key_id,
        base64.b64encode(bytes(32)).decode(),
    )


async def sent(api: Api, org: Onboarded, **changes: Any) -> dict[str, Any]:
    await known_key(api)
    return {
        "secret_contract_id": str(org.secret_contract_id),
        "version": 1,
        "key_id": KEY_ID,
        "sealed": SEALED,
        **changes,
    }


async def waiting(api: Api, org: Onboarded) -> list[asyncpg.Record]:
    return await api.superuser.fetch("SELECT * FROM ledger.sealed_value WHERE org_id = $1", org.id)


async def test_a_sealed_value_waits_for_the_runtime_and_its_check_is_queued_once(api: Api):
    org, key = await onboarded(api), uuid4()
    given = await sent(api, org)

    answers = [await api.ok("send_secret_value", given, as_=org.callers["owner"], key=key) for _ in range(2)]

    (kept,) = await waiting(api, org)
    command = await api.superuser.fetchrow("SELECT * FROM ledger.command WHERE id = $1", kept["command_id"])
    check = await api.superuser.fetchrow(
        "SELECT state, harness_id FROM onboarding_check WHERE subject_id = $1", org.secret_contract_id
    )
    assert (answers[0], answers[0]["state"]) == (answers[1], "pending")
    assert (kept["sealed"], kept["version"], kept["key_id"]) == (b"s" * 64, 1, KEY_ID)
    assert (command["workflow"], command["state"]) == ("secrets.keep", "queued")
    assert (check["state"], check["harness_id"]) == ("pending", command["harness_id"])


async def test_not_even_what_is_sealed_is_in_a_command_event_or_answer(api: Api):
    org = await onboarded(api)

    answer = await api.ok("send_secret_value", await sent(api, org), as_=org.callers["owner"])

    said = await api.superuser.fetchval(
        "SELECT (SELECT string_agg(c::text, '') FROM ledger.command c WHERE org_id = $1)"
        " || (SELECT string_agg(e::text, '') FROM portal_live_events e WHERE org_id = $1)",
        org.id,
    )
    assert "SecretValueReceived" in said
    assert SEALED not in said + str(answer)
    assert (b"s" * 64).hex() not in said


async def test_the_newest_value_takes_the_place_of_one_that_still_waits(api: Api):
    org = await onboarded(api)
    await api.ok("send_secret_value", await sent(api, org), as_=org.callers["owner"])
    newer = base64.b64encode(b"n" * 64).decode()

    answer = await api.ok("send_secret_value", await sent(api, org, sealed=newer), as_=org.callers["owner"])

    (kept,) = await waiting(api, org)
    assert (kept["sealed"], str(kept["command_id"])) == (b"n" * 64, answer["command_id"])


@pytest.mark.parametrize("state", ["done", "failed"])
async def test_what_was_sent_is_erased_once_its_command_has_ended(api: Api, ledger: Ledger, state: str):
    org = await onboarded(api)
    answer = await api.ok("send_secret_value", await sent(api, org), as_=org.callers["owner"])
    worker = await asyncpg.connect(ledger.url_of("fo_worker"))

    for move in ("running", state):
        assert len(await waiting(api, org)) == 1
        await worker.execute("UPDATE ledger.command SET state = $2 WHERE id = $1", UUID(answer["command_id"]), move)

    assert await waiting(api, org) == []
    await worker.close()


@pytest.mark.refuses("send_secret_value", "NOT_FOUND")
async def test_nothing_is_sent_for_a_contract_of_another_organization(api: Api):
    org, other = await onboarded(api), await onboarded(api)

    for contract_id in (other.secret_contract_id, uuid4()):
        given = await sent(api, org, secret_contract_id=str(contract_id))
        assert await api.refused("send_secret_value", given, as_=org.callers["owner"]) == "NOT_FOUND"
    assert await waiting(api, other) == []


@pytest.mark.refuses("send_secret_value", "WRONG_STATE")
@pytest.mark.parametrize("backend", ["vault", "env"])
async def test_only_what_lives_in_the_encrypted_files_is_sent(api: Api, backend: str):
    org = await onboarded(api)
    slug = await api.superuser.fetchval("SELECT slug FROM organization WHERE id = $1", org.id)
    place = slug.replace("-", "") if backend == "env" else slug
    # A part of an env reference has no hyphen; such an organization's slug has none either.
    await api.superuser.execute("UPDATE organization SET slug = $2 WHERE id = $1", org.id, place)
    revision = {
        "secret_contract_id": str(org.secret_contract_id),
        "purpose": "To read.",
        "reference": f"secret://{backend}/{place}/git#token",
    }
    await api.ok("revise_secret_contract", revision, as_=org.callers["owner"])

    answer = await api.call("send_secret_value", await sent(api, org, version=2), as_=org.callers["owner"])

    assert answer.json()["extensions"]["code"] == "WRONG_STATE"
    assert f"lives in {backend}" in answer.json()["message"]


@pytest.mark.refuses("send_secret_value", "STALE")
async def test_a_value_that_was_sealed_for_another_version_is_stale(api: Api):
    org = await onboarded(api)

    given = await sent(api, org, version=2)

    assert await api.refused("send_secret_value", given, as_=org.callers["owner"]) == "STALE"


@pytest.mark.refuses("send_secret_value", "SEAL_KEY_UNKNOWN")
async def test_a_key_that_no_runtime_announced_is_unknown(api: Api):
    org = await onboarded(api)

    given = await sent(api, org, key_id="f" * 32)

    assert await api.refused("send_secret_value", given, as_=org.callers["owner"]) == "SEAL_KEY_UNKNOWN"
    assert await waiting(api, org) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"sealed": "hunter2-the-value-itself!"},
        {"sealed": base64.b64encode(b"s" * 48).decode()},
        {"sealed": base64.b64encode(os.urandom(48 + 65_537)).decode()},
        {"sealed": SEALED[:-1]},
        {"sealed": f"{SEALED[:20]}\n{SEALED[20:]}"},
        {"sealed": ""},
        {"sealed": None},
        {"key_id": "../../secrets"},
        {"key_id": "A" * 32},
        {"version": 0},
    ],
    ids=["no-base64", "no-value", "too-long", "cut", "a-line-break", "empty", "null", "a-path", "capitals", "zero"],
)
async def test_what_is_no_sealed_value_is_refused_without_being_repeated(
    api: Api, wrong: dict[str, Any], caplog: pytest.LogCaptureFixture
):
    org = await onboarded(api)

    with caplog.at_level(logging.DEBUG):
        answer = await api.call("send_secret_value", await sent(api, org, **wrong), as_=org.callers["owner"])

    assert (answer.status_code, answer.json()["extensions"]["code"]) == (400, "INVALID_INPUT")
    given = wrong.get("sealed")
    if given:
        assert given not in answer.text
        assert given not in caplog.text


@pytest.mark.parametrize("role", ["viewer", "operator", "approver"])
async def test_only_an_owner_sends_a_value(api: Api, role: str):
    org = await onboarded(api)

    assert await api.refused("send_secret_value", await sent(api, org), as_=org.callers[role]) == "FORBIDDEN"


@pytest.mark.parametrize("role", ["fo_api", "fo_dispatcher", "fo_worker", "fo_hasura"])
async def test_only_the_execution_runtime_reads_what_was_sealed(ledger: Ledger, role: str):
    connection = await asyncpg.connect(ledger.url_of(role))

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.fetch("SELECT sealed FROM ledger.sealed_value")
    await connection.close()


@pytest.mark.parametrize("role", ["fo_api", "fo_dispatcher", "fo_worker", "fo_hasura", "fo_runtime"])
async def test_nobody_puts_another_key_under_a_known_name(api: Api, ledger: Ledger, role: str):
    await known_key(api)
    connection = await asyncpg.connect(ledger.url_of(role))

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("UPDATE sealing_key SET public_key = $1", "A" * 44)
    await connection.close()
