"""What the wrapper around every handler refuses by itself, seen of every action."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from actions.app import HANDLERS
from contracts.base import Action
from contracts.registry import ACTIONS
from tests.contract.laws.law_10.whole import edge_codes
from tests.support.ledger import ADMIN, Api, Caller, onboarded, organization

_ID = str(uuid4())
_DIGEST = "sha256:" + "0" * 64
# An input of every action that fits its contract, whether or not there is what it speaks of.
FITTING: dict[str, dict[str, Any]] = {
    "onboard_organization": organization(),
    "check_onboarding": {},
    "revise_endpoint": {"endpoint_id": _ID, "public_url": "https://git.example/a.git"},
    "retire_endpoint": {"endpoint_id": _ID},
    "revise_secret_contract": {"secret_contract_id": _ID, "purpose": "To read.", "reference": "secret://file/a/b#c"},
    "revise_runtime_asset": {"runtime_asset_id": _ID},
    "create_work": {
        "title": "Tidy up",
        "endpoint_id": _ID,
        "runtime_asset_id": _ID,
        "specification": {"run": "true", "verify": "true"},
    },
    "launch_work": {"work_id": _ID},
    "approve_proposal": {"proposal_id": _ID, "digest": _DIGEST},
    "reject_proposal": {"proposal_id": _ID, "digest": _DIGEST, "reason": "No."},
    "withdraw_proposal": {"proposal_id": _ID},
    "verify_proof": {"proof_id": _ID},
    "check_projection": {},
    "repair_projection": {},
}


def each(code: str) -> pytest.MarkDecorator:
    """Every action that the wrapper may refuse with the code, each marked to be refused with it."""
    return pytest.mark.parametrize(
        "action",
        [
            pytest.param(action, id=action.name, marks=pytest.mark.refuses(action.name, code))
            for action in ACTIONS.values()
            if code in edge_codes(action)
        ],
    )


async def code_of(
    api: Api, action: Action, given: dict[str, Any], session: dict[str, str], key: UUID | None = None
) -> str:
    """The code with which the action refuses."""
    keyed = {"idempotency_key": str(key or uuid4())} if action.operation == "mutation" else {}
    body = {"input": {"input": {**keyed, **given}}, "session_variables": session}
    answer: httpx.Response = await api.http.post(f"/actions/{action.name}", json=body)
    assert answer.status_code == 400, answer.text
    return answer.json()["extensions"]["code"]


async def permitted(api: Api, action: Action) -> Caller:
    """Somebody who may call the action, in an organization of their own."""
    org = await onboarded(api)
    return org.callers[action.roles[0]] if action.roles else ADMIN


def test_every_action_has_an_input_that_fits():
    assert set(FITTING) == set(ACTIONS), "give FITTING in this file an input for each action"


@each("INVALID_INPUT")
async def test_what_the_contract_does_not_know_is_refused(api: Api, action: Action):
    caller = await permitted(api, action)

    refused = await code_of(api, action, {**FITTING[action.name], "surplus": True}, caller.session)

    assert refused == "INVALID_INPUT"


@each("UNAUTHENTICATED")
async def test_nobody_is_refused(api: Api, action: Action):
    assert await code_of(api, action, FITTING[action.name], {}) == "UNAUTHENTICATED"


@each("FORBIDDEN")
async def test_a_stranger_is_refused_whatever_the_token_says(api: Api, action: Action):
    org, other = await onboarded(api), await onboarded(api)
    stranger = Caller("owner", org.id, other.callers["owner"].principal_id)

    assert await code_of(api, action, FITTING[action.name], stranger.session) == "FORBIDDEN"


@each("IDEMPOTENCY_CONFLICT")
async def test_a_key_that_another_request_used_is_refused(api: Api, action: Action):
    caller, key = await permitted(api, action), uuid4()
    await api.ok("onboard_organization", organization(name="The first to use the key"), key=key)

    assert await code_of(api, action, FITTING[action.name], caller.session, key) == "IDEMPOTENCY_CONFLICT"


@each("UNAVAILABLE")
async def test_a_database_that_is_away_is_said_and_may_be_tried_again(api: Api, action: Action):
    class Away:
        def acquire(self):
            raise ConnectionRefusedError

    caller = await permitted(api, action)
    app = api.http._transport.app  # type: ignore[attr-defined]  - the ASGI application that the fixture built
    app.state.pool = Away()
    try:
        refused = await code_of(api, action, FITTING[action.name], caller.session)
    finally:
        app.state.pool = api.pool

    assert refused == "UNAVAILABLE"


@each("INTERNAL")
async def test_a_fault_of_ours_is_told_without_its_insides(api: Api, action: Action, monkeypatch: pytest.MonkeyPatch):
    async def broken(*_: object) -> None:
        raise ZeroDivisionError("the insides")

    caller = await permitted(api, action)
    monkeypatch.setitem(HANDLERS, action.name, broken)

    assert await code_of(api, action, FITTING[action.name], caller.session) == "INTERNAL"
