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

    items: "tuple[Constant | SessionVariable | RequestVariable, ...]"


@dataclass(frozen=True)
class SessionObject:
    """All session variables, as one JSON object."""


@dataclass(frozen=True)
class Records:
    """The records a statement is to be run for, as JSON that the host supplies."""


@dataclass(frozen=True)
class StreamPosition:
    """Where a stream stands: `start` at first, then the value of the last row that was sent."""

    start: "Constant | RequestVariable"


@dataclass(frozen=True)
class Supplied:
    """A value, or a list of values, that the host learns only while it carries out the request."""

    name: str
    is_list: bool = False


@dataclass(frozen=True)
class Cells:
    """One column of several rows: a list of texts, each of a value of `type`."""

    items: "tuple[Constant | RequestVariable, ...]"
    type: SqlType


ValueSource = (
    Constant | SessionVariable | SessionObject | RequestVariable | Gathered | Records | Supplied | Cells
    | StreamPosition
)  # fmt: skip


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
class WholeRow:
    """The current row as a value of its table's row type, which has exactly these columns."""

    table: QualifiedName
    columns: tuple[str, ...]


@dataclass(frozen=True)
class CallArgument:
    """What a function is given; `name` is None for an argument passed by its position."""

    value: Parameter | WholeRow
    name: str | None = None


@dataclass(frozen=True)
class Call:
    """A function called, as a value or for the rows it returns."""

    function: QualifiedName
    arguments: tuple[CallArgument, ...]


Source = QualifiedName | Call
"""Where rows come from: a table, or a function that returns rows."""


@dataclass(frozen=True)
class AggregateOf:
    """An aggregate over the rows of `source` that are joined to this one by `mapping` and meet `where`.

    Without `columns` it is applied to whole rows, which only a count can be.
    """

    source: Source
    mapping: tuple[tuple[str, str], ...]
    where: "Condition"
    function: str
    columns: "tuple[Subject, ...]" = ()
    distinct: bool = False


@dataclass(frozen=True)
class Cast:
    """A value read as another type."""

    of: "Subject"
    type: SqlType


@dataclass(frozen=True)
class Guarded:
    """A value that stands only in rows that meet `seen`; in others it is NULL."""

    of: "Subject"
    seen: "Condition"


Subject = ColumnOf | Call | AggregateOf | Cast | Guarded
"""What a row says of itself: something to show, compare or order by."""


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

    left: Subject
    operator: str
    right: Operand


@dataclass(frozen=True)
class IsNull:
    """Whether something is NULL."""

    of: Subject
    wanted: bool


@dataclass(frozen=True)
class Exists:
    """Whether `table` has a row that is joined to this one by `mapping` (mine, theirs) and meets `where`."""

    table: Source
    mapping: tuple[tuple[str, str], ...]
    where: "Condition"


@dataclass(frozen=True)
class Rooted:
    """A condition that starts from the current row, wherever it stands: `root` is this row inside it."""

    item: "Condition"


Condition = All | AnyOf | Not | Compare | IsNull | Exists | Rooted

TRUE = All(())


def both(first: Condition, second: Condition) -> Condition:
    """The two joined by AND, without needless nesting."""
    items = tuple(item for one in (first, second) for item in (one.items if isinstance(one, All) else (one,)))
    return items[0] if len(items) == 1 else All(items)
