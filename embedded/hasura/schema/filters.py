"""Translate the filter language of permissions into conditions.

The language is that of `where`, with more: `$eq` spellings, bare values, comparisons of columns, `_exists`, and session
variables. It speaks of all columns and relationships of a table by their database names, whatever a role may see.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from embedded.hasura.catalogue.tree import BOOLEAN, TEXT, SqlType
from embedded.hasura.metadata.names import QualifiedName, qualified
from embedded.hasura.schema.calls import called_on_row
from embedded.hasura.schema.conditions import (
    All,
    AnyOf,
    Cast,
    ColumnOf,
    Compare,
    Condition,
    Constant,
    Exists,
    Gathered,
    IsNull,
    Not,
    Parameter,
    SessionVariable,
    Subject,
    both,
)
from embedded.hasura.schema.literals import as_text
from embedded.hasura.schema.operators import OPERAND_TYPES, operators_of
from embedded.hasura.schema.tracked import Inconsistency, TrackedColumn, TrackedComputed, TrackedTable

_SYNONYMS = {"_ne": "_neq", "_cne": "_cneq"}
_COLUMN_COMPARISONS = {
    "_ceq": "_eq", "_cneq": "_neq", "_cgt": "_gt", "_cgte": "_gte", "_clt": "_lt", "_clte": "_lte",
}  # fmt: skip

Tables = Mapping[QualifiedName, TrackedTable]


class FilterReader:
    """Reads filters written about one table; `root` is the table the whole filter belongs to."""

    def __init__(self, tables: Tables, table: TrackedTable, root: TrackedTable | None = None) -> None:
        self._tables = tables
        self._table = table
        self._root = root or table

    def read(self, written: Any) -> Condition:
        """The condition that `written` stands for.

        Raises:
            Inconsistency: if it names what is not there.
        """
        if not isinstance(written, dict):
            raise Inconsistency("expected an object in a boolean expression")
        items = [self._entry(key, value) for key, value in cast("dict[str, Any]", written).items()]
        condition: Condition = All(())
        for item in items:
            condition = both(condition, item)
        return condition

    def _entry(self, key: str, value: Any) -> Condition:
        match _spelled(key):
            case "_and":
                return All(tuple(self.read(item) for item in _listed(value)))
            case "_or":
                return AnyOf(tuple(self.read(item) for item in _listed(value)))
            case "_not":
                return Not(self.read(value))
            case "_exists":
                return self._exists(value)
            case _:
                return self._member(key, value)

    def _exists(self, value: Any) -> Condition:
        if not isinstance(value, dict) or "_table" not in value:
            raise Inconsistency("_exists needs _table and _where")
        written = cast("dict[str, Any]", value)
        try:
            target = self._tables.get(qualified(written["_table"]))
        except ValueError as error:
            raise Inconsistency(str(error)) from None
        if target is None:
            raise Inconsistency(f'table "{qualified(written["_table"]).display}" does not exist')
        return Exists(target.name, (), self._about(target).read(written.get("_where", {})))

    def _member(self, key: str, value: Any) -> Condition:
        column = self._table.columns.get(key)
        if column is not None:
            return self._column(column, value)
        computed = self._table.computed.get(key)
        if computed is not None:
            return self._computed(computed, value)
        relationship = self._table.relationships.get(key)
        if relationship is None:
            raise Inconsistency(f'column "{key}" does not exist')
        where = self._about(self._tables[relationship.target]).read(value)
        return Exists(relationship.target, relationship.mapping, where)

    def _computed(self, computed: TrackedComputed, value: Any) -> Condition:
        if computed.takes_arguments:
            raise Inconsistency(f'computed field "{computed.name}" takes arguments and cannot stand in a filter')
        call = called_on_row(computed)
        if computed.returns is not None:
            return Exists(call, (), self._about(self._tables[computed.returns]).read(value))
        return self._comparisons(Compared(computed.name, computed.type, call), value)

    def _about(self, table: TrackedTable) -> "FilterReader":
        return FilterReader(self._tables, table, self._root)

    def _column(self, column: TrackedColumn, value: Any) -> Condition:
        return self._comparisons(Compared(column.name, column.type, ColumnOf(column.name)), value)

    def _comparisons(self, compared: "Compared", value: Any) -> Condition:
        if not isinstance(value, dict):
            return self._operator(compared, "_eq", value)
        condition: Condition = All(())
        for operator, operand in cast("dict[str, Any]", value).items():
            condition = both(condition, self._operator(compared, _spelled(operator), operand))
        return condition

    def _operator(self, compared: "Compared", operator: str, operand: Any) -> Condition:
        here, sql_type = compared.subject, compared.type
        if operator in _COLUMN_COMPARISONS:
            return Compare(here, _COLUMN_COMPARISONS[operator], self._other_column(operand))
        if operator == "_cast" and sql_type.name == "jsonb":
            return self._cast(compared, operand)
        kind = operators_of(sql_type).get(operator)
        if kind is None:
            raise Inconsistency(f'unexpected operator "{operator}" for column "{compared.name}"')
        match kind:
            case "boolean":
                return _null_test(here, operand)
            case "list" | "texts":
                element = OPERAND_TYPES.get(operator) or (TEXT if kind == "texts" else sql_type)
                return Compare(here, operator, _list_value(operand, element))
            case "text":
                return Compare(here, operator, _value(operand, OPERAND_TYPES.get(operator, TEXT)))
            case _:
                return Compare(here, operator, _value(operand, sql_type))

    def _cast(self, compared: "Compared", operand: Any) -> Condition:
        if not isinstance(operand, dict) or set(cast("dict[str, Any]", operand)) - {"String"}:
            raise Inconsistency("_cast takes an object with the key String")
        cast_to = Compared(compared.name, TEXT, Cast(compared.subject, TEXT))
        return self._comparisons(cast_to, cast("dict[str, Any]", operand).get("String", {}))

    def _other_column(self, operand: Any) -> ColumnOf:
        match operand:
            case ["$", str(name)]:
                table, of = self._root, "root"
            case str(name) | [str(name)]:
                table, of = self._table, "row"
            case _:
                raise Inconsistency("a column comparison takes the name of a column")
        if name not in table.columns:
            raise Inconsistency(f'column "{name}" does not exist')
        return ColumnOf(name, "root" if of == "root" else "row")


@dataclass(frozen=True)
class Compared:
    """The left side of a comparison, and what messages call it."""

    name: str
    type: SqlType
    subject: Subject


def _null_test(subject: Subject, operand: Any) -> Condition:
    if isinstance(operand, bool):
        return IsNull(subject, operand)
    return Compare(subject, "_is_null", _value(operand, BOOLEAN))


def _spelled(key: str) -> str:
    name = "_" + key[1:] if key.startswith("$") else key
    return _SYNONYMS.get(name, name)


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Inconsistency("expected a list in a boolean expression")
    return cast("list[Any]", value)


def session_variable(value: Any) -> SessionVariable | None:
    """The session variable that a metadata string names, None if it is an ordinary value."""
    if isinstance(value, str) and value.lower().startswith("x-hasura-"):
        return SessionVariable(value.lower())
    return None


def _value(value: Any, sql_type: SqlType) -> Parameter:
    if value is None:
        raise Inconsistency("unexpected null value in a boolean expression")
    return Parameter(session_variable(value) or Constant(as_text(value, sql_type)), sql_type)


def _list_value(value: Any, sql_type: SqlType) -> Parameter:
    variable = session_variable(value)
    if variable is not None:
        return Parameter(variable, sql_type, as_array=True)
    items = _listed(value)
    if any(session_variable(item) is not None for item in items):
        sources = tuple(session_variable(item) or Constant(as_text(item, sql_type)) for item in items)
        return Parameter(Gathered(sources), sql_type, as_array=True)
    return Parameter(Constant(tuple(as_text(item, sql_type) for item in items)), sql_type, as_array=True)
