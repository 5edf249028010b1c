"""What Postgres says is there: tables with columns, types and keys, functions, the rows of enum tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from embedded.hasura.metadata.names import QualifiedName


@dataclass(frozen=True)
class EnumValue:
    """A value of an enum table, with the comment beside it."""

    name: str
    comment: str | None


@dataclass(frozen=True)
class EnumType:
    """The values an enum table allows; `name` is what GraphQL calls the type."""

    name: str
    values: tuple[EnumValue, ...] = field(compare=False)


@dataclass(frozen=True)
class SqlType:
    """A column's type: `name` as in pg_type, `sql` ready for a cast, `element` for arrays.

    `enum` is there if a foreign key to an enum table limits the values.
    """

    name: str
    sql: str
    category: str
    element: "SqlType | None" = None
    enum: EnumType | None = None

    @property
    def numeric(self) -> bool:
        """Whether sums and averages make sense."""
        return self.category == "N" and self.name in _NUMBERS

    @property
    def whole_number(self) -> bool:
        """Whether its values are integers; `sql` is looked at because a user's type may be called int4, too."""
        return self.sql in {"smallint", "integer", "bigint"}

    @property
    def comparable(self) -> bool:
        """Whether it has a smallest and a largest value."""
        if self.element is not None:
            return self.element.comparable
        return self.name in _ORDERED or self.category == "E"

    @property
    def exceeds_double(self) -> bool:
        """Whether some of its numbers are lost when a client reads them as doubles."""
        return self.name in {"int8", "numeric", "float8"}

    @property
    def is_json(self) -> bool:
        """Whether its values are JSON documents."""
        return self.name in {"json", "jsonb"}


_NUMBERS = {"int2", "int4", "int8", "float4", "float8", "numeric", "money"}
# Of the types with an order, those that Hasura knows; `time` and `interval` are not among them.
_ORDERED = _NUMBERS | {
    "text", "varchar", "bpchar", "citext", "uuid", "date", "timetz", "timestamp", "timestamptz",
}  # fmt: skip

BOOLEAN = SqlType("bool", "boolean", "B")
INTEGER = SqlType("int4", "integer", "N")
BIGINT = SqlType("int8", "bigint", "N")
TEXT = SqlType("text", "text", "S")
JSONB = SqlType("jsonb", "jsonb", "U")


@dataclass(frozen=True)
class Column:
    """One column of a table or view; `writable` unless Postgres alone decides on its values."""

    name: str
    type: SqlType
    nullable: bool
    description: str | None
    writable: bool = True


@dataclass(frozen=True)
class ForeignKey:
    """A foreign key: my `columns` point at `target_columns` of `target`."""

    name: str
    columns: tuple[str, ...]
    target: QualifiedName
    target_columns: tuple[str, ...]


@dataclass(frozen=True)
class UniqueKey:
    """A primary key or unique constraint."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Writes:
    """Which changes Postgres accepts for a table or view."""

    insert: bool = True
    update: bool = True
    delete: bool = True


@dataclass(frozen=True)
class Relation:
    """One table or view."""

    name: QualifiedName
    is_view: bool
    description: str | None
    columns: tuple[Column, ...]
    primary_key: UniqueKey | None
    unique_keys: tuple[UniqueKey, ...]
    foreign_keys: tuple[ForeignKey, ...]
    writes: Writes = Writes()

    @cached_property
    def columns_by_name(self) -> dict[str, Column]:
        """The columns, by their names."""
        return {column.name: column for column in self.columns}

    def foreign_keys_on(self, columns: list[str]) -> list[ForeignKey]:
        """The foreign keys over exactly these columns, in any order."""
        return [key for key in self.foreign_keys if sorted(key.columns) == sorted(columns)]


@dataclass(frozen=True)
class FunctionArgument:
    """An input argument; `type_name` is the type's own name, with its schema."""

    name: str | None
    type: SqlType
    type_name: QualifiedName
    has_default: bool

    @property
    def composite(self) -> bool:
        """Whether it takes rows."""
        return self.type.category == "C"


@dataclass(frozen=True)
class Function:
    """One function; `returns_table` is the table whose rows it returns, None if it returns something else."""

    name: QualifiedName
    arguments: tuple[FunctionArgument, ...]
    variadic: bool
    volatile: bool
    returns: SqlType
    returns_set: bool
    returns_table: QualifiedName | None
    description: str | None


@dataclass(frozen=True)
class Catalogue:
    """All relations of one database, its functions (several under one name if overloaded), and rows of enum tables.

    `enums` has the tables whose rows were read, as (value, comment) in the order of the values.
    """

    relations: dict[QualifiedName, Relation]
    functions: Mapping[QualifiedName, tuple[Function, ...]] = field(
        default_factory=dict[QualifiedName, tuple[Function, ...]]
    )
    enums: Mapping[QualifiedName, tuple[EnumValue, ...]] = field(
        default_factory=dict[QualifiedName, tuple[EnumValue, ...]]
    )

    def get(self, name: QualifiedName) -> Relation | None:
        """The relation of that name, None if the database has none."""
        return self.relations.get(name)


EMPTY = Catalogue({})
