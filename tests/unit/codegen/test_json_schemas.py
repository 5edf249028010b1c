"""The JSON Schemas say what the contracts say."""

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

from codegen import json_schemas
from contracts.base import Contract
from contracts.harness_lines import HARNESS_LINES, HarnessLine
from contracts.proposals import PROPOSAL_KINDS, ApplyProposal
from contracts.registry import ACTIONS, EVENTS
from tests.unit.codegen.instances import breakages, instances

FAMILIES = json_schemas.families()
ALL = {f"{family}/{name}": schema for family, members in FAMILIES.items() for name, schema in members.items()}
# What each schema speaks of; a command's schema speaks of what its mutation records, which has a test of its own.
CONTRACTS: dict[str, Any] = {
    **{f"actions/{name}": action.takes for name, action in ACTIONS.items()},
    **{f"events/{name}": event for name, event in EVENTS.items()},
    **{f"proposals/{kind.value}": held for kind, held in PROPOSAL_KINDS.items()},
    **{f"harness_lines/{name}": line for name, line in HARNESS_LINES.items()},
    **{f"contracts/{one.__name__}": one for one in json_schemas.named()},
    "harness_lines/any": HarnessLine,
    "commands/proposals.apply": ApplyProposal,
}
DESCRIBED = sorted(ALL.keys() & CONTRACTS.keys())
ONBOARDING: dict[str, Any] = {
    "idempotency_key": "e3e70682-c209-4cac-a29f-6fbed82c07cd",
    "slug": "ab",
    "name": "A",
    "principals": [{"name": "o", "role": "owner", "email": "o@a.example"}],
    "secret_contracts": [{"name": "t", "purpose": "to push", "reference": "secret://file/ab/git#token"}],
    "endpoints": [
        {
            "name": "r",
            "kind": "git",
            "public_url": "https://git.example/a.git",
            "auth": {"kind": "bearer", "secret_contract": "t"},
        }
    ],
    "runtime_assets": [{"name": "s", "capabilities": ["python"]}],
}
# An organization whose parts fit together is not found by chance.
FITTING = {"actions/onboard_organization": st.just(ONBOARDING)}
VALIDATORS = {
    name: Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for name, schema in ALL.items()
}
QUIET = settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def valid(name: str, value: Any) -> bool:
    """Whether the schema takes the value."""
    return VALIDATORS[name].is_valid(value)


@cache
def drawn(name: str) -> st.SearchStrategy[Any]:
    """Values that the schema takes."""
    return FITTING[name] if name in FITTING else instances(ALL[name])


def taken(contract: Any, value: Any) -> Any:
    """The value as its contract; where only several fields together are wrong, another value is tried."""
    faults: set[str] = set()
    body = None
    try:
        body = TypeAdapter[Any](contract).validate_python(value)
    except ValidationError as error:
        faults = {fault["type"] for fault in error.errors()}
    assert faults <= {"value_error"}
    assume(not faults)
    return body


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_schema_says_what_it_is(name: str):
    schema = ALL[name]

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].endswith(f"/{name}.json")
    assert schema["title"]
    assert schema["description"]
    Draft202012Validator.check_schema(schema)


def test_every_contract_has_a_schema():
    spoken_of = {CONTRACTS[name] for name in DESCRIBED if isinstance(CONTRACTS[name], type)}
    takes = {action.takes for action in ACTIONS.values()}
    bases = {"Contract", "Mutation", "EventData", "Action"}

    assert {one.__name__ for one in json_schemas.named() - spoken_of - takes} == bases
    assert ALL.keys() - CONTRACTS.keys() == {
        f"commands/{action.kind}" for action in ACTIONS.values() if action.operation == "mutation"
    }


@pytest.mark.parametrize("name", DESCRIBED)
@QUIET
@given(data=st.data())
def test_what_a_contract_writes_its_schema_takes(name: str, data: st.DataObject):
    value = data.draw(drawn(name))
    body = taken(CONTRACTS[name], value)

    assert valid(name, value)
    assert valid(name, body.model_dump(mode="json"))


@pytest.mark.parametrize("name", [name for name in DESCRIBED if name != "harness_lines/any"])
@QUIET
@given(data=st.data())
def test_what_is_broken_both_refuse(name: str, data: st.DataObject):
    contract: type[Contract] = CONTRACTS[name]
    value = data.draw(drawn(name))

    for what, broken in breakages(ALL[name], value):
        assert not valid(name, broken), what
        with pytest.raises(ValidationError):
            contract.model_validate(broken)


@pytest.mark.parametrize("action", [a for a in ACTIONS.values() if a.operation == "mutation"], ids=lambda a: a.name)
@QUIET
@given(data=st.data())
def test_what_a_command_keeps_its_schema_takes(action: Any, data: st.DataObject):
    body = taken(action.takes, data.draw(drawn(f"actions/{action.name}")))

    assert valid(f"commands/{action.kind}", body.recorded())
    assert not valid(f"commands/{action.kind}", body.model_dump(mode="json"))


def test_a_command_never_keeps_where_a_secret_lives():
    whole = FAMILIES["commands"]["onboarding.onboard"]

    assert "reference" not in whole["$defs"]["SecretContract"]["properties"]
    assert "reference" not in FAMILIES["commands"]["secrets.revise"]["properties"]
    assert "reference" in FAMILIES["actions"]["onboard_organization"]["$defs"]["SecretContract"]["properties"]
