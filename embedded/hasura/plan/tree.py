"""The plan of an operation: what to select from where, with permissions already in it.

Names here are the database's; keys of the answer are the client's. The SQL stage turns this tree into text and needs to
know nothing of GraphQL, roles or metadata.
"""

from dataclasses import dataclass
from typing import Literal

from embedded.hasura.catalogue.tree import SqlType
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.schema.conditions import TRUE, Condition, Parameter, Source, Subject


@dataclass(frozen=True)
class OrderByColumn:
    """Order by a column of the row."""

    column: str


@dataclass(frozen=True)
class OrderByRelated:
    """Order by something of the one related row that meets `where`."""

    table: QualifiedName
    mapping: tuple[tuple[str, str], ...]
    where: Condition
    key: "OrderKey"


@dataclass(frozen=True)
class OrderByValue:
    """Order by something else that the row says of itself: a computed field, an aggregate of related rows."""

    of: Subject


OrderKey = OrderByColumn | OrderByRelated | OrderByValue


@dataclass(frozen=True)
class Ordering:
    """One step of an ordering; `direction` is a value of the enum `order_by`."""

    key: OrderKey
    direction: str


@dataclass(frozen=True)
class Rows:
    """Rows of a source: joined to the outer row by `mapping` (outer column, own column), filtered, ordered, cut."""

    table: Source
    mapping: tuple[tuple[str, str], ...] = ()
    where: Condition = TRUE
    ordering: tuple[Ordering, ...] = ()
    distinct_on: tuple[Subject, ...] = ()
    limit: Parameter | None = None
    limit_max: int | None = None
    offset: Parameter | None = None

    @property
    def cut(self) -> bool:
        """Whether more is asked than all rows in any order."""
        bounded = self.limit is not None or self.limit_max is not None or self.offset is not None
        return bounded or bool(self.ordering) or bool(self.distinct_on)


@dataclass(frozen=True)
class ColumnValue:
    """A column; `path` leads to a part of a JSON column, `as_text` makes a string of a number.

    `whole_number` says that its text is its JSON, which makes it quicker to write.
    """

    column: str
    path: Parameter | None = None
    as_text: bool = False
    whole_number: bool = False


@dataclass(frozen=True)
class SubjectValue:
    """Something else that the row says of itself, read as a `ColumnValue` is."""

    of: Subject
    path: Parameter | None = None
    as_text: bool = False


@dataclass(frozen=True)
class Text:
    """A constant text, such as a type's name."""

    text: str


@dataclass(frozen=True)
class ListOf:
    """A JSON list of objects, one for each row."""

    rows: Rows
    members: "tuple[Member, ...]"


@dataclass(frozen=True)
class OneOf:
    """The JSON object of one row, null if there is none."""

    rows: Rows
    members: "tuple[Member, ...]"


@dataclass(frozen=True)
class Applied:
    """An aggregate function applied to columns of all rows; `count` may take none."""

    function: str
    columns: tuple[Subject, ...]
    distinct: bool = False
    as_text: bool = False


@dataclass(frozen=True)
class Group:
    """An object of aggregates."""

    members: "tuple[tuple[str, Applied | Group | Text], ...]"


@dataclass(frozen=True)
class Nodes:
    """The rows beside their aggregates, at most `limit_max` of them."""

    members: "tuple[Member, ...]"
    limit_max: int | None


@dataclass(frozen=True)
class Aggregated:
    """Aggregates over rows, and the rows."""

    rows: Rows
    parts: tuple[tuple[str, Group | Nodes | Text], ...]


Value = ColumnValue | SubjectValue | Text | ListOf | OneOf | Aggregated


@dataclass(frozen=True)
class Member:
    """One key of a JSON object."""

    key: str
    value: Value


@dataclass(frozen=True)
class RecordField:
    """A field of a record that is not in the database, with the type to read it as."""

    name: str
    type: SqlType


@dataclass(frozen=True)
class Joined:
    """What tables say about records from elsewhere: `members` for each record that the host sends along."""

    fields: tuple[RecordField, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True)
class RootQuery:
    """A root field that the database answers; `path` is where its errors belong.

    `cursor` is the column whose values a stream follows, None for everything that is no stream.
    """

    key: str
    kind: Literal["list", "one", "aggregate"]
    value: ListOf | OneOf | Aggregated
    path: str
    cursor: str | None = None
