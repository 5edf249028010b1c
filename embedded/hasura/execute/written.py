"""What statements that write come back with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from embedded.hasura.errors import EngineError

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Written:
    """How many rows were written in all, and what was wanted of those that the field itself is about."""

    affected: int
    rows: list[Row]


def refuse_unpermitted(rows: Sequence[Row], path: str) -> None:
    """Refuse rows of which one does not meet the role's check; each begins with whether it does.

    Raises:
        EngineError: permission-error.
    """
    if not all(row[0] for row in rows):
        raise EngineError("permission-error", "check constraint of an insert/update permission has failed", path=path)
