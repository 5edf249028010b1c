"""SQL's three-valued logic and operators, in Python: True, False, and None for unknown."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tests.integration.embedded.hasura.rows.world import Value

Truth = bool | None


def all_of(truths: Iterable[Truth]) -> Truth:
    """AND: false wins, then unknown; true without items."""
    found = list(truths)
    if False in found:
        return False
    return None if None in found else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """OR: true wins, then unknown; false without items."""
    found = list(truths)
    if True in found:
        return True
    return None if None in found else False


def negated(truth: Truth) -> Truth:
    """NOT: unknown stays unknown."""
    return None if truth is None else not truth


def compared(operator: str, left: Value, right: Any) -> Truth:
    """A comparison by one of the operators of GraphQL."""
    match operator:
        case "_is_null":
            return (left is None) == right
        case "_in":
            return any_of(compared("_eq", left, item) for item in right)
        case "_nin":
            return all_of(compared("_neq", left, item) for item in right)
        case _:
            return None if left is None or right is None else _OPERATORS[operator](left, right)


def like(text: str, pattern: str, *, fold: bool = False) -> bool:
    """LIKE, for patterns without a backslash."""
    pieces = {"%": ".*", "_": "."}
    expression = "".join(pieces.get(char, re.escape(char)) for char in pattern)
    return re.fullmatch(expression, text, re.DOTALL | (re.IGNORECASE if fold else 0)) is not None


_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "_eq": lambda left, right: left == right,
    "_neq": lambda left, right: left != right,
    "_gt": lambda left, right: left > right,
    "_gte": lambda left, right: left >= right,
    "_lt": lambda left, right: left < right,
    "_lte": lambda left, right: left <= right,
    "_like": like,
    "_nlike": lambda left, right: not like(left, right),
    "_ilike": lambda left, right: like(left, right, fold=True),
    "_nilike": lambda left, right: not like(left, right, fold=True),
    "_regex": lambda left, right: re.search(right, left) is not None,
    "_nregex": lambda left, right: re.search(right, left) is None,
}


def ordered(keyed: Sequence[tuple[Sequence[Value], Any]], directions: Sequence[str]) -> list[Any]:
    """The items sorted by their keys; plain `asc` puts NULL last, plain `desc` first."""
    items = list(keyed)
    for step in reversed(range(len(directions))):
        descending = directions[step].startswith("desc")
        nulls_first = directions[step].endswith("nulls_first") or directions[step] == "desc"
        nulls = [item for item in items if item[0][step] is None]
        others = [item for item in items if item[0][step] is not None]
        others.sort(key=lambda item: item[0][step], reverse=descending)
        items = [*nulls, *others] if nulls_first else [*others, *nulls]
    return [item for _, item in items]
