"""Conditions on rows, the tree that permission filters and clients' `where` both become.

Values never stand in it as text: each is a `Parameter` with the source its value is taken from when the statement runs.
"""

from dataclasses import dataclass
from typing import Literal

from embedded.hasura.catalogue.tree import SqlType
from embedded.hasura.metadata.names import QualifiedName


@dataclass(frozen=True)
class Constant:
    """A value known when the plan is made: text, a list of texts, or SQL NULL."""

    value: str | tuple[str | None, ...] | None


@dataclass(frozen=True)
class SessionVariable:
    """A session variable, named in lower case."""

    name: str


@dataclass(frozen=True)
class RequestVariable:
    """A GraphQL variable of the request; `scalar` is the GraphQL name of the type its value must have."""

    name: str
    scalar: str
    is_list: bool
    path: str


@dataclass(frozen=True)
class Gathered:
    """A list made of several sources."""

    items: "tuple[Constant | RequestVariable, ...]"


@dataclass(frozen=True)
class Records:
    """The records a statement is to be run for, as JSON that the host supplies."""


ValueSource = Constant | SessionVariable | RequestVariable | Gathered | Records


@dataclass(frozen=True)
class Parameter:
    """A bound value, cast to `type`; `as_array` casts to an array of it."""

    source: ValueSource
    type: SqlType
    as_array: bool = False


@dataclass(frozen=True)
class ColumnOf:
    """A column of the current row, or of the row the whole condition is about (`root`)."""

    name: str
    of: Literal["row", "root"] = "row"


Operand = Parameter | ColumnOf


@dataclass(frozen=True)
class All:
    """True if all items are; true without items."""

    items: "tuple[Condition, ...]"


@dataclass(frozen=True)
class AnyOf:
    """True if one item is; false without items."""

    items: "tuple[Condition, ...]"


@dataclass(frozen=True)
class Not:
    """True if the item is not."""

    item: "Condition"


@dataclass(frozen=True)
class Compare:
    """`left operator right`, `operator` being one of the keys of the SQL stage's operator table."""

    left: ColumnOf
    operator: str
    right: Operand


@dataclass(frozen=True)
class IsNull:
    """Whether the column is NULL."""

    column: ColumnOf
    wanted: bool


@dataclass(frozen=True)
class Exists:
    """Whether `table` has a row that is joined to this one by `mapping` (mine, theirs) and meets `where`."""

    table: QualifiedName
    mapping: tuple[tuple[str, str], ...]
    where: "Condition"


Condition = All | AnyOf | Not | Compare | IsNull | Exists

TRUE = All(())


def both(first: Condition, second: Condition) -> Condition:
    """The two joined by AND, without needless nesting."""
    items = tuple(item for one in (first, second) for item in (one.items if isinstance(one, All) else (one,)))
    return items[0] if len(items) == 1 else All(items)
