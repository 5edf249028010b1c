"""Plans kept by what they depend on: the text, the operation's name, the role, and the shape of the variables.

A plan depends on the *values* of only some variables (a whole `where`, an ordering, an `@include`); of all others it
matters whether they are absent, null or there. Which is which is learned while planning, so an entry starts with what
the last plan found and grows. Session values never matter: statements read them as parameters.
"""

import json
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Plan = TypeVar("Plan")
Key = tuple[str, str | None, str, bool]
Shape = tuple[tuple[str, ...], tuple[str, ...]]

_ENTRIES_MAX = 2_000
_SHAPES_MAX = 50


@dataclass
class _Entry(Generic[Plan]):
    declared: tuple[str, ...]
    structural: frozenset[str] = frozenset()
    plans: "OrderedDict[Shape, Plan]" = field(default_factory=OrderedDict[Shape, Any])


class PlanCache(Generic[Plan]):
    """A bounded cache; the least recently used goes first."""

    def __init__(self, entries_max: int = _ENTRIES_MAX) -> None:
        self._entries_max = entries_max
        self._entries: OrderedDict[Key, _Entry[Plan]] = OrderedDict()

    def find(self, key: Key, sent: dict[str, Any]) -> Plan | None:
        """The plan made for such variables before, None if there is none."""
        entry = self._entries.get(key)
        if entry is None or not entry.plans:
            return None
        for name in sent:
            if name not in entry.declared:
                return None
        shape = _shape(entry, sent)
        plan = entry.plans.get(shape)
        if plan is not None:
            self._entries.move_to_end(key)
            entry.plans.move_to_end(shape)
        return plan

    def keep(self, key: Key, sent: dict[str, Any], declared: tuple[str, ...], structural: set[str], plan: Plan) -> None:
        """Remember a plan; `structural` are the variables whose values it depends on."""
        entry = self._entries.setdefault(key, _Entry(declared))
        entry.structural = entry.structural | structural
        entry.plans[_shape(entry, sent)] = plan
        if len(entry.plans) > _SHAPES_MAX:
            entry.plans.popitem(last=False)
        if len(self._entries) > self._entries_max:
            self._entries.popitem(last=False)

    def __len__(self) -> int:
        return sum(len(entry.plans) for entry in self._entries.values())


def _shape(entry: _Entry[Any], sent: dict[str, Any]) -> Shape:
    # The names stand in the shape: a plan kept before a variable was known to matter is then never found again.
    if not entry.declared:
        return (), ()
    values: list[str] = []
    names: list[str] = []
    for name in entry.declared:
        if name not in sent:
            values.append("absent")
        elif sent[name] is None:
            values.append("null")
        elif name in entry.structural:
            names.append(name)
            values.append(json.dumps(sent[name], sort_keys=False))
        else:
            values.append("there")
    return tuple(names), tuple(values)
