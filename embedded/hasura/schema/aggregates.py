"""The aggregate functions there are, and the columns each makes sense for."""

from typing import TypeVar

from embedded.hasura.schema.tracked import TrackedColumn, TrackedComputed

Typed = TypeVar("Typed", TrackedColumn, TrackedComputed)

_STATISTICS = ("avg", "stddev", "stddev_pop", "stddev_samp", "var_pop", "var_samp", "variance")
_EXTREMES = ("max", "min")

AGGREGATES = tuple(sorted((*_STATISTICS, *_EXTREMES, "sum")))


def columns_of(function: str, columns: list[Typed]) -> list[Typed]:
    """Those of `columns`, or of computed fields, that `function` can aggregate."""
    if function in _EXTREMES:
        return [column for column in columns if column.type.comparable]
    return [column for column in columns if column.type.numeric]


def answers_float(function: str) -> bool:
    """Whether the function's answer is a Float, whatever the column's type."""
    return function in _STATISTICS
