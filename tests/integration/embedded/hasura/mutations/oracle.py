"""Random permissions, and what they mean for a row, worked out in Python without SQL.

Truth has three values as in SQL: None is "unknown", and only True lets anything pass.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
Truth = bool | None
Test = Callable[[Row], Truth]

USER, GROUP = "ann", 2
SESSION = {"User_Id": USER, "Group": str(GROUP)}
OWNERS, LEVELS, GROUPS = (None, "ann", "bob"), (None, 0, 1, 2, 3), (None, 1, 2, 3)
LEADS = {1: "ann", 2: "bob", 3: None}


@dataclass(frozen=True)
class Filter:
    """A filter as metadata writes it, and the same as a function of a row."""

    written: dict[str, Any]
    holds: Test


def both(items: list[Test]) -> Test:
    def test(row: Row) -> Truth:
        truths = [item(row) for item in items]
        return False if False in truths else None if None in truths else True

    return test


def either(items: list[Test]) -> Test:
    def test(row: Row) -> Truth:
        truths = [item(row) for item in items]
        return True if True in truths else None if None in truths else False

    return test


def opposite(item: Test) -> Test:
    def test(row: Row) -> Truth:
        truth = item(row)
        return None if truth is None else not truth

    return test


def compared(column: str, operator: str, value: Any) -> Test:
    def test(row: Row) -> Truth:
        left = row[column]
        if operator == "_is_null":
            return (left is None) == value
        right = row[value] if operator in {"_ceq", "_cneq"} else value
        if left is None or right is None:
            return None
        match operator:
            case "_eq" | "_ceq":
                return left == right
            case "_neq" | "_cneq":
                return left != right
            case "_gt":
                return left > right
            case "_lt":
                return left < right
            case "_in":
                return left in right
            case _:
                return left not in right

    return test


class Filters:
    """Makes random filters over the table `doc`."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def make(self, depth: int = 3) -> Filter:
        """A filter at most so deep."""
        kind = self._chance.choice(("leaf", "leaf", "and", "or", "not") if depth else ("leaf",))
        if kind == "leaf":
            return self._leaf()
        if kind == "not":
            inner = self.make(depth - 1)
            return Filter({"_not": inner.written}, opposite(inner.holds))
        items = [self.make(depth - 1) for _ in range(self._chance.randint(0, 3))]
        join = both if kind == "and" else either
        return Filter({f"_{kind}": [item.written for item in items]}, join([item.holds for item in items]))

    def _leaf(self) -> Filter:
        choice = self._chance.choice
        match choice(("owner", "level", "set", "null", "columns", "session", "lead", "exists", "all")):
            case "owner":
                return self._compared("owner", choice(("_eq", "_neq")), choice(OWNERS[1:]))
            case "level":
                return self._compared("level", choice(("_eq", "_neq", "_gt", "_lt")), choice(LEVELS[1:]))
            case "set":
                values = [value for value in LEVELS[1:] if choice((True, False))]
                return self._compared("level", choice(("_in", "_nin")), values)
            case "null":
                return self._compared(choice(("owner", "level", "team_id")), "_is_null", choice((True, False)))
            case "columns":
                return self._compared("level", choice(("_ceq", "_cneq")), "team_id")
            case "session":
                mine = Filter({"owner": "X-Hasura-User-Id"}, compared("owner", "_eq", USER))
                return choice((mine, Filter({"team_id": {"_eq": "X-Hasura-Group"}}, compared("team_id", "_eq", GROUP))))
            case "lead":
                return Filter({"team": {"lead": "X-Hasura-User-Id"}}, lambda row: LEADS.get(row["team_id"]) == USER)
            case "exists":
                lead = choice(("ann", "nobody"))
                found = lead in LEADS.values()
                return Filter({"_exists": {"_table": "team", "_where": {"lead": lead}}}, lambda _row: found)
            case _:
                return Filter({}, lambda _row: True)

    def _compared(self, column: str, operator: str, value: Any) -> Filter:
        return Filter({column: {operator: value}}, compared(column, operator, value))
