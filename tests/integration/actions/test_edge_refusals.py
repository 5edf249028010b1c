"""What the wrapper around every handler refuses by itself, seen of every action."""

import json
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from pydantic import ValidationError

from actions.app import HANDLERS
from contracts.base import Action
from contracts.registry import ACTIONS
from tests.contract.laws.law_10.whole import edge_codes
from tests.support.ledger import ADMIN, Api, Caller, onboarded, organization

_ID = str(uuid4())
_DIGEST = "sha256:" + "0" * 64
# Inputs that fit their contracts, whether or not there is what they speak of, of those actions whose contract asks for
# more than its JSON Schema says; for all others one is made from the schema.
FITTING: dict[str, dict[str, Any]] = {
    "onboard_organization": organization(),
    "add_member": {"name": "Ada", "role": "viewer", "email": "ada@test.example"},
    "change_member": {"principal_id": _ID, "role": "viewer"},
    "declare_endpoint": {"name": "a", "kind": "git", "public_url": "https://git.example/a.git"},
    "declare_secret_contract": {"name": "a", "purpose": "To read.", "reference": "secret://file/a/b#c"},
    "revise_endpoint": {"endpoint_id": _ID, "public_url": "https://git.example/a.git"},
    "revise_secret_contract": {"secret_contract_id": _ID, "purpose": "To read.", "reference": "secret://file/a/b#c"},
    "create_call": {
        "title": "Call it",
        "endpoint_id": _ID,
        "runtime_asset_id": _ID,
        "call": {"method": "GET", "path": "/things", "why": "To see them."},
    },
    "approve_proposal": {"proposal_id": _ID, "digest": _DIGEST},
    "reject_proposal": {"proposal_id": _ID, "digest": _DIGEST, "reason": "No."},
    "send_secret_value": {
        "secret_contract_id": _ID,
        "version": 1,
        "key_id": "a" * 32,
        "sealed": "A" * 68,
    },
}


def fitting(action: Action) -> dict[str, Any]:
    """An input of the action that fits, without the key that every mutation has."""
    schema = action.takes.model_json_schema()
    given = FITTING.get(action.name) or made_of(schema, schema.get("$defs", {}))
    return {name: value for name, value in given.items() if name != "idempotency_key"}


def made_of(schema: dict[str, Any], named: dict[str, Any]) -> Any:
    """The smallest value that a schema of ours allows."""
    if "$ref" in schema:
        return made_of(named[schema["$ref"].rpartition("/")[2]], named)
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return made_of(schema["anyOf"][0], named)
    match schema.get("type"):
        case "object":
            return {name: made_of(schema["properties"][name], named) for name in schema.get("required", ())}
        case "array":
            return [made_of(schema["items"], named)] * schema.get("minItems", 0)
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case _:
            return _ID if schema.get("format") == "uuid" else "a" * max(1, schema.get("minLength", 1))


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


@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.name)
def test_every_action_has_an_input_that_fits(action: Action):
    key = {"idempotency_key": _ID} if action.operation == "mutation" else {}
    try:
        action.takes.model_validate_json(json.dumps({**key, **fitting(action)}))
    except ValidationError as error:
        pytest.fail(f"give {action.name} an input in FITTING of this file: {error}")


@each("INVALID_INPUT")
async def test_what_the_contract_does_not_know_is_refused(api: Api, action: Action):
    caller = await permitted(api, action)

    refused = await code_of(api, action, {**fitting(action), "surplus": True}, caller.session)

    assert refused == "INVALID_INPUT"


@each("UNAUTHENTICATED")
async def test_nobody_is_refused(api: Api, action: Action):
    assert await code_of(api, action, fitting(action), {}) == "UNAUTHENTICATED"


@each("FORBIDDEN")
async def test_a_stranger_is_refused_whatever_the_token_says(api: Api, action: Action):
    org, other = await onboarded(api), await onboarded(api)
    stranger = Caller("owner", org.id, other.callers["owner"].principal_id)

    assert await code_of(api, action, fitting(action), stranger.session) == "FORBIDDEN"


@each("IDEMPOTENCY_CONFLICT")
async def test_a_key_that_another_request_used_is_refused(api: Api, action: Action):
    caller, key = await permitted(api, action), uuid4()
    await api.ok("onboard_organization", organization(name="The first to use the key"), key=key)

    assert await code_of(api, action, fitting(action), caller.session, key) == "IDEMPOTENCY_CONFLICT"


@each("UNAVAILABLE")
async def test_a_database_that_is_away_is_said_and_may_be_tried_again(api: Api, action: Action):
    class Away:
        def acquire(self):
            raise ConnectionRefusedError

    caller = await permitted(api, action)
    app = api.http._transport.app  # type: ignore[attr-defined]  - the ASGI application that the fixture built
    app.state.pool = Away()
    try:
        refused = await code_of(api, action, fitting(action), caller.session)
    finally:
        app.state.pool = api.pool

    assert refused == "UNAVAILABLE"


@each("INTERNAL")
async def test_a_fault_of_ours_is_told_without_its_insides(api: Api, action: Action, monkeypatch: pytest.MonkeyPatch):
    async def broken(*_: object) -> None:
        raise ZeroDivisionError("the insides")

    caller = await permitted(api, action)
    monkeypatch.setitem(HANDLERS, action.name, broken)

    assert await code_of(api, action, fitting(action), caller.session) == "INTERNAL"
