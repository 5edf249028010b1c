"""What actions really did, held against what their contracts declare and what a test is marked to produce."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from contracts.base import EDGE_REFUSALS, Action, Edge


@dataclass
class Truth:
    """What one test saw."""

    refused: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    undeclared: list[str] = field(default_factory=list[str])

    def refusal(self, action: Action, code: str) -> None:
        """An action refused with this code."""
        self.refused.add((action.name, code))
        if code not in {*action.refusals, *EDGE_REFUSALS}:
            self.undeclared.append(f"{action.name} refused with {code}: add it to `refusals` in its contract")

    def success(self, action: Action, told: set[str], tied: Iterable[Edge]) -> None:
        """An action succeeded, told these types of events and tied these edges."""
        declared = {event.type_name() for event in action.events}
        if told != declared:
            self.undeclared.append(
                f"{action.name} told {sorted(told)}: let `events` in its contract say so, not {sorted(declared)}"
            )
        self.undeclared += [
            f"{action.name} tied {edge}: add it to `lineage` in its contract"
            for edge in sorted(set(tied) - set(action.lineage))
        ]

    def faults(self, marked: Iterable[tuple[str, ...]]) -> list[str]:
        """What the test's author has to mend; `marked` are the refusals that the test says it produces."""
        missing = [f"refuses({', '.join(map(repr, one))})" for one in sorted(set(marked) - self.refused)]
        remedy = "ask the action so that it refuses with this code, or take the mark off"
        return [
            *self.undeclared,
            *(f"this test is marked {mark} and that did not happen in it: {remedy}" for mark in missing),
        ]
