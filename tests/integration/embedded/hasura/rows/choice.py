"""Cheap random choices: everything comes down to small integers, which are quick to draw and to shrink."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


@dataclass(frozen=True)
class Choice:
    """Chooses by a test's `draw`; what is mentioned first is what failures are shrunk to."""

    draw: Callable[[st.SearchStrategy[Any]], Any]

    def number(self, low: int, high: int) -> int:
        """A number between the two, both included."""
        return self.draw(st.integers(low, high)) if low < high else low

    def one(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.number(0, len(items) - 1)]

    def often(self, chances: int) -> bool:
        """True in all but one of so many chances."""
        return self.number(0, chances - 1) > 0

    def coin(self) -> bool:
        """True or false."""
        return self.number(0, 1) == 1

    def several(self, items: Sequence[T], *, low: int = 0, high: int) -> list[T]:
        """Some of the items, none twice, in any order."""
        left, chosen = list(items), list[T]()
        for _ in range(min(self.number(low, high), len(left))):
            chosen.append(left.pop(self.number(0, len(left) - 1)))
        return chosen

    def times(self, make: Callable[[], T], *, low: int = 0, high: int) -> list[T]:
        """What `make` gives, called several times."""
        return [make() for _ in range(self.number(low, high))]
