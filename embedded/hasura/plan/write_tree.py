"""The plan of a mutation: rows to insert, update or delete, checks that must hold, and what is answered.

As in `tree`, names are the database's, and permissions are already in it.
"""

from dataclasses import dataclass, field

from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.plan.tree import ColumnValue, Member, RootQuery, Text
from embedded.hasura.schema.conditions import TRUE, Condition, Parameter

Mapping = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Conflict:
    """What to do with a row that violates `constraint`: update `columns`, or skip it if there are none.

    `presets` are set as well. A row that is there is updated only if it meets `where`; `check` must hold afterwards,
    None meaning that the check of inserted rows does.
    """

    constraint: str
    columns: tuple[str, ...] = ()
    presets: tuple[tuple[str, Parameter], ...] = ()
    where: Condition = TRUE
    check: Condition | None = None


@dataclass(frozen=True)
class NestedInsert:
    """Rows inserted along with a row, through a relationship joined by `mapping` (the row's column, theirs)."""

    name: str
    mapping: Mapping
    insert: "Insert"
    path: str


@dataclass(frozen=True)
class NewRow:
    """One row to insert: values by column, rows that must be there before it, rows that come after it."""

    values: dict[str, Parameter]
    path: str
    before: tuple[NestedInsert, ...] = ()
    after: tuple[NestedInsert, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether nothing else is inserted along with it."""
        return not self.before and not self.after


@dataclass(frozen=True)
class Insert:
    """Rows to insert into one table; all of them must meet `check`.

    `given` are columns whose values the row around this insert determines, with their types in parameters.
    """

    table: QualifiedName
    any_column: str
    rows: tuple[NewRow, ...]
    check: Condition
    conflict: Conflict | None
    path: str
    given: dict[str, Parameter] = field(default_factory=dict[str, Parameter])

    @property
    def alone(self) -> bool:
        """Whether one statement can insert all rows."""
        return all(row.alone for row in self.rows)


@dataclass(frozen=True)
class Change:
    """A column's new value; `operator` is a name such as `_set` or `_inc`."""

    column: str
    operator: str
    value: Parameter


@dataclass(frozen=True)
class Update:
    """Rows of a table to change; all of them must meet `check` afterwards. Without changes nothing is done."""

    table: QualifiedName
    changes: tuple[Change, ...]
    where: Condition
    check: Condition
    path: str = "$"


@dataclass(frozen=True)
class Delete:
    """Rows of a table to delete."""

    table: QualifiedName
    where: Condition
    path: str = "$"


@dataclass(frozen=True)
class RowsBack:
    """The rows that were written, each as an object."""

    members: tuple[Member, ...]


@dataclass(frozen=True)
class HowMany:
    """The number of rows that were written."""


@dataclass(frozen=True)
class Response:
    """A mutation's response."""

    parts: tuple[tuple[str, RowsBack | HowMany | Text], ...]


@dataclass(frozen=True)
class SingleRow:
    """The one row that was written, null if none was."""

    members: tuple[Member, ...]


Output = Response | SingleRow


def objects_of(output: Output) -> tuple[tuple[Member, ...], ...]:
    """The objects that are wanted of each row that was written."""
    match output:
        case SingleRow(members):
            return (members,)
        case Response(parts):
            return tuple(part.members for _, part in parts if isinstance(part, RowsBack))


def reads_on(output: Output) -> bool:
    """Whether more is wanted than the written rows' own columns, which must then be read afterwards."""
    members = (member for wanted in objects_of(output) for member in wanted)
    return not all(isinstance(member.value, ColumnValue | Text) for member in members)


@dataclass(frozen=True)
class InsertStep:
    """An insert and its answer."""

    key: str
    work: Insert
    output: Output


@dataclass(frozen=True)
class UpdateStep:
    """An update and its answer."""

    key: str
    work: Update
    output: Output


@dataclass(frozen=True)
class UpdatesStep:
    """Updates in order, and an answer for each."""

    key: str
    works: tuple[Update, ...]
    output: Output


@dataclass(frozen=True)
class DeleteStep:
    """A delete and its answer."""

    key: str
    work: Delete
    output: Output


@dataclass(frozen=True)
class QueryStep:
    """A query that changes something, such as a call of a volatile function."""

    key: str
    query: RootQuery


WriteStep = InsertStep | UpdateStep | UpdatesStep | DeleteStep | QueryStep
