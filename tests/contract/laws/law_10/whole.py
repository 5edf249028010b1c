"""Whether an action is whole: everything that law 10 asks of it, and where to add what it lacks."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.base import EDGE_REFUSALS, Action, Contract, Mutation
from contracts.refusals import Code
from contracts.registry import EVENTS, FEATURES
from tests.contract.laws.law_10.code import Said

ROOT = Path(__file__).resolve().parents[4]
# What can stand at the end of an edge; a word more is a word more for whoever asks where something came from.
NODES = {"work", "harness", "proposal", "decision", "command", "execution", "artifact", "proof"}
_KIND = re.compile(r"^([a-z_]+)\.[a-z_]+$")


@dataclass(frozen=True)
class Surroundings:
    """What the tree says of all actions, beside the actions themselves."""

    handlers: Mapping[str, Callable[..., Any]]
    said: Mapping[str, Said]
    permissions: Mapping[str, Collection[str]]
    tested: Collection[tuple[str, str]]
    page: str


def lacks(action: Action, tree: Surroundings) -> list[str]:
    """What the action lacks, each as `file:line: action: what is missing and where to add it`."""
    place = where(action)
    return [f"{place}: {action.name} {what}" for part in _PARTS for what in part(action, tree)]


def edge_codes(action: Action) -> tuple[Code, ...]:
    """The codes with which the wrapper refuses this action; a query has no idempotency key."""
    queries_never = {Code.IDEMPOTENCY_CONFLICT}
    return tuple(code for code in EDGE_REFUSALS if action.operation == "mutation" or code not in queries_never)


def where(action: Action) -> str:
    """File and line of the action's name in contracts/."""
    for feature in FEATURES:
        file = Path(str(feature.__file__))
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if f'name="{action.name}"' in line:
                return f"{file.relative_to(ROOT)}:{number}"
    return "contracts/:1"


def _contract(action: Action, _: Surroundings) -> Iterator[str]:
    wanted = Mutation if action.operation == "mutation" else Contract
    if not issubclass(action.takes, wanted):
        yield f"takes {action.takes.__name__}, which is no {wanted.__name__}: derive it, or make the action a query"
    for contract in (action.takes, action.answers):
        if not contract.__doc__ or contract.__doc__ == wanted.__doc__:
            yield f"has a contract without a sentence: give {contract.__name__} a docstring"


def _kind(action: Action, _: Surroundings) -> Iterator[str]:
    features = {feature.__name__.rpartition(".")[2] for feature in FEATURES}
    matched = _KIND.match(action.kind)
    if not matched or matched.group(1) not in features:
        yield f"has the command kind {action.kind!r}: call it <feature>.<verb>, with a feature of contracts/registry.py"


def _permissions(action: Action, tree: Surroundings) -> Iterator[str]:
    stated = {role.value for role in action.roles}
    generated = tree.permissions.get(action.name)
    if generated is None:
        yield "stands not in hasura/metadata/actions.yaml: run `make codegen`"
    elif set(generated) != stated:
        yield f"is permitted to {sorted(generated)} and stated for {sorted(stated)}: run `make codegen`"


def _events(action: Action, tree: Surroundings) -> Iterator[str]:
    declared = {event.type_name() for event in action.events}
    if action.operation == "mutation" and not declared:
        yield "tells no event: add an EventData in the past tense to the contract, and append it in the handler"
    for name in sorted(declared - set(EVENTS)):
        yield f"tells {name}, which no feature exports: add it to EVENTS in its contract"
    if (said := tree.said.get(action.name)) and said.events != declared:
        yield (
            f"declares the events {sorted(declared)} and its handler makes {sorted(said.events)}:"
            " let `events` in the contract say what the handler tells"
        )


def _lineage(action: Action, tree: Surroundings) -> Iterator[str]:
    for start, relation, end in action.lineage:
        for node in {start, end} - NODES:
            yield f"ties {relation} to {node!r}, which is no node of the lineage: use one of {sorted(NODES)}"
    if (said := tree.said.get(action.name)) and said.lineage != set(action.lineage):
        yield (
            f"declares the edges {sorted(action.lineage)} and its handler ties {sorted(said.lineage)}:"
            " let `lineage` in the contract say what the handler ties"
        )


def _refusals(action: Action, tree: Surroundings) -> Iterator[str]:
    declared = {code.value for code in action.refusals}
    if (said := tree.said.get(action.name)) and said.refusals != declared:
        yield (
            f"declares the refusals {sorted(declared)} and its handler's docstring says {sorted(said.refusals)}:"
            " let `refusals` in the contract and `Raises: Refusal: …` in the handler say the same"
        )
    for code in (*action.refusals, *edge_codes(action)):
        if (action.name, code.value) not in tree.tested:
            yield (
                f"has no test that produces {code.value}: add one to tests/integration/actions/ and mark it"
                f' @pytest.mark.refuses("{action.name}", "{code.value}")'
            )


def _documentation(action: Action, tree: Surroundings) -> Iterator[str]:
    said = tree.said.get(action.name)
    if said is None:
        yield "has no handler: add one to HANDLERS in actions/, in the feature's file"
    elif not said.documented:
        yield "has a handler without a docstring: say in its first line what it does"
    if not action.says.endswith("."):
        yield "says no sentence: let `says` end with a full stop"
    if not re.search(rf"^#+ .*\b{action.name}\b", tree.page, re.MULTILINE):
        yield "has no section in docs/actions.md: run `make codegen`"


_PARTS = (_contract, _kind, _permissions, _events, _lineage, _refusals, _documentation)
