"""Law 10: every action is whole, and what one lacks is told with where to add it."""

import json
import subprocess
import sys
from dataclasses import replace
from functools import cache

import pytest
import yaml
from pydantic import ValidationError

from actions.app import HANDLERS
from contracts.base import Action
from contracts.proposals import ProposalApproved
from contracts.refusals import Code
from contracts.registry import ACTIONS
from contracts.vocabulary import Role
from tests.contract.laws.law_10 import code, collecting, whole
from tests.contract.laws.law_10.truth import Truth
from tests.contract.laws.law_10.whole import Surroundings, lacks
from tests.contract.laws.planting import ROOT

LAUNCH = ACTIONS["launch_work"]


@cache
def tree() -> Surroundings:
    """What the tree says of its actions."""
    metadata = yaml.safe_load((ROOT / "hasura" / "metadata" / "actions.yaml").read_text())
    return Surroundings(
        handlers=HANDLERS,
        said={name: code.read(handler) for name, handler in HANDLERS.items()},
        permissions={one["name"]: [p["role"] for p in one["permissions"]] for one in metadata["actions"]},
        tested=marked_refusals(),
        page=(ROOT / "docs" / "actions.md").read_text(),
    )


def marked_refusals() -> set[tuple[str, str]]:
    """The refusals that tests of the actions are marked to produce."""
    collected = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--collect-only",
            "-q",
            "-p",
            collecting.__name__,
            "tests/integration/actions",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    line = next(line for line in collected.stdout.splitlines() if line.startswith(collecting.SAYS))
    return {(action, refusal) for action, refusal in json.loads(line.removeprefix(collecting.SAYS))}


@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.name)
def test_the_action_is_whole(action: Action):
    assert lacks(action, tree()) == []


def test_every_handler_has_its_action_and_every_action_a_kind_of_its_own():
    assert set(HANDLERS) == set(ACTIONS)
    assert len({action.kind for action in ACTIONS.values()}) == len(ACTIONS)


def test_no_test_is_marked_for_what_no_action_refuses():
    known = {
        (action.name, refusal.value)
        for action in ACTIONS.values()
        for refusal in (*action.refusals, *whole.edge_codes(action))
    }

    assert tree().tested - known == set()


@pytest.mark.parametrize("part", ["takes", "kind", "roles", "events", "lineage", "refusals", "says", "answers"])
def test_an_action_that_leaves_a_part_out_cannot_be_written_down(part: str):
    parts = {name: getattr(LAUNCH, name) for name in Action.model_fields if name != part}

    with pytest.raises(ValidationError, match=f"{part}\n  Field required"):
        Action(**parts)


PLANTED: dict[str, tuple[dict[str, object], str]] = {
    "a contract": (
        {"takes": ACTIONS["verify_proof"].takes},
        "takes VerifyProof, which is no Mutation: derive it, or make the action a query",
    ),
    "a command kind": (
        {"kind": "launching"},
        "has the command kind 'launching': call it <feature>.<verb>, with a feature of contracts/registry.py",
    ),
    "its permissions": (
        {"roles": (Role.VIEWER,)},
        "is permitted to ['operator', 'owner'] and stated for ['viewer']: run `make codegen`",
    ),
    "an event": (
        {"events": ()},
        "tells no event: add an EventData in the past tense to the contract, and append it in the handler",
    ),
    "the right event": (
        {"events": (ProposalApproved,)},
        (
            "declares the events ['ProposalApproved'] and its handler makes ['HarnessQueued']:"
            " let `events` in the contract say what the handler tells"
        ),
    ),
    "its lineage rule": (
        {"lineage": (("work", "launched", "harness"),)},
        (
            "declares the edges [('work', 'launched', 'harness')] and its handler ties"
            " [('harness', 'resumed_from', 'harness')]: let `lineage` in the contract say what the handler ties"
        ),
    ),
    "a refusal that its docstring names": (
        {"refusals": LAUNCH.refusals[1:]},
        (
            "declares the refusals ['NOTHING_TO_RESUME', 'NOT_ACTIVE', 'WRONG_STATE'] and its handler's docstring says"
            " ['NOTHING_TO_RESUME', 'NOT_ACTIVE', 'NOT_FOUND', 'WRONG_STATE']:"
            " let `refusals` in the contract and `Raises: Refusal: …` in the handler say the same"
        ),
    ),
    "a test of a refusal": (
        {"refusals": (*LAUNCH.refusals, Code.EXPIRED)},
        (
            "has no test that produces EXPIRED: add one to tests/integration/actions/ and mark it"
            ' @pytest.mark.refuses("launch_work", "EXPIRED")'
        ),
    ),
    "a sentence": ({"says": "Launch"}, "says no sentence: let `says` end with a full stop"),
}


@pytest.mark.parametrize("lacking", PLANTED)
def test_an_action_that_lacks_something_is_told_what_and_where(lacking: str):
    changes, told = PLANTED[lacking]

    said = lacks(LAUNCH.model_copy(update=changes), tree())

    assert f"{whole.where(LAUNCH)}: launch_work {told}" in said
    assert whole.where(LAUNCH).startswith("contracts/work.py:")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"said": {}}, "has no handler: add one to HANDLERS in actions/, in the feature's file"),
        ({"permissions": {}}, "stands not in hasura/metadata/actions.yaml: run `make codegen`"),
        ({"page": "# Actions\n"}, "has no section in docs/actions.md: run `make codegen`"),
    ],
)
def test_an_action_that_the_tree_does_not_know_is_told_what_to_do(change: dict[str, object], told: str):
    assert any(line.endswith(told) for line in lacks(LAUNCH, replace(tree(), **change)))


def test_what_an_action_did_is_held_against_its_contract():
    truth = Truth()
    truth.success(LAUNCH, {"WorkCreated"}, [("work", "launched", "harness")])
    truth.refusal(LAUNCH, "EXPIRED")

    assert truth.faults([("launch_work", "EXPIRED"), ("launch_work", "NOT_FOUND")]) == [
        "launch_work told ['WorkCreated']: let `events` in its contract say so, not ['HarnessQueued']",
        "launch_work tied ('work', 'launched', 'harness'): add it to `lineage` in its contract",
        "launch_work refused with EXPIRED: add it to `refusals` in its contract",
        (
            "this test is marked refuses('launch_work', 'NOT_FOUND') and that did not happen in it: ask the action so"
            " that it refuses with this code, or take the mark off"
        ),
    ]


def test_a_handlers_code_is_read_with_what_it_calls():
    said = code.read(HANDLERS["approve_proposal"])

    assert said.events == {"ProposalApproved"}
    assert said.lineage == {("proposal", "approved_by", "decision"), ("proposal", "queued", "command")}
    assert said.refusals == {"NOT_FOUND", "WRONG_STATE", "EXPIRED", "STALE", "OWN_PROPOSAL", "FORBIDDEN"}
