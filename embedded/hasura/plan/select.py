"""Fields of tables as plans: rows, single rows, aggregates, nested as deep as the client asks."""

from embedded.hasura.catalogue.tree import TEXT
from embedded.hasura.document.tree import Chosen, FromVariable, InputValue, Listed, Scalar, Selected
from embedded.hasura.document.variables import Variables
from embedded.hasura.json_path import json_path
from embedded.hasura.plan.order import OrderBy, distinct_columns
from embedded.hasura.plan.permissions import visible_list, visible_rows
from embedded.hasura.plan.tree import (
    Aggregated,
    Applied,
    ColumnValue,
    Group,
    Joined,
    ListOf,
    Member,
    Nodes,
    OneOf,
    RecordField,
    RootQuery,
    Rows,
    Text,
    Value,
)
from embedded.hasura.plan.values import row_count, single
from embedded.hasura.plan.where import Where
from embedded.hasura.schema.conditions import All, ColumnOf, Compare, Constant, Parameter
from embedded.hasura.schema.meanings import (
    AggregateFunction,
    AggregatePart,
    Count,
    ReadColumn,
    Related,
    RelatedAggregate,
    SelectAggregate,
    SelectByKey,
    SelectRows,
    TypeName,
)
from embedded.hasura.schema.tracked import TrackedColumn, TrackedTable
from embedded.hasura.schema.view import RoleView

Mapping = tuple[tuple[str, str], ...]


class Select:
    """Plans the table fields of one operation for one role."""

    def __init__(self, view: RoleView, variables: Variables, *, numbers_as_text: bool = False) -> None:
        self._numbers_as_text = numbers_as_text
        self._view = view
        self._variables = variables
        self._where = Where(view, variables)
        self._order = OrderBy(view)

    def root(self, selected: Selected) -> RootQuery:
        """The plan of a root field about a table."""
        match selected.meaning:
            case SelectRows(table):
                return RootQuery(selected.key, "list", self._list(selected, table, ()), selected.path)
            case SelectAggregate(table):
                return RootQuery(selected.key, "aggregate", self._aggregated(selected, table, ()), selected.path)
            case SelectByKey(table):
                return RootQuery(selected.key, "one", self._by_key(selected, table), selected.path)
            case _:
                raise TypeError(selected.name)

    def members(self, selections: tuple[Selected, ...]) -> tuple[Member, ...]:
        """The members of a row's object."""
        return tuple(Member(selected.key, self._value(selected)) for selected in selections)

    def joined(self, selections: tuple[Selected, ...]) -> Joined | None:
        """The relationships among the fields of an action's answer, None without any."""
        related = [one for one in selections if isinstance(one.meaning, Related | RelatedAggregate)]
        if not related:
            return None
        fields: dict[str, RecordField] = {}
        for selected in related:
            if isinstance(selected.meaning, Related | RelatedAggregate):
                for mine, theirs in selected.meaning.relationship.mapping:
                    fields[mine] = RecordField(mine, selected.meaning.target.columns[theirs].type)
        return Joined(tuple(fields.values()), self.members(tuple(related)))

    def _value(self, selected: Selected) -> Value:
        match selected.meaning:
            case ReadColumn(column):
                return ColumnValue(column.name, self._path(selected.arguments.get("path")), self._as_text(column))
            case Related(relationship, target) if relationship.kind == "object":
                rows = Rows(target.name, relationship.mapping)
                return OneOf(visible_rows(self._view, target, rows), self.members(selected.selections))
            case Related(relationship, target):
                return self._list(selected, target, relationship.mapping)
            case RelatedAggregate(relationship, target):
                return self._aggregated(selected, target, relationship.mapping)
            case TypeName():
                return Text(selected.type_name)
            case _:
                raise TypeError(selected.name)

    def _list(self, selected: Selected, table: TrackedTable, mapping: Mapping) -> ListOf:
        rows = visible_list(self._view, table, self._rows(selected, table, mapping))
        return ListOf(rows, self.members(selected.selections))

    def _by_key(self, selected: Selected, table: TrackedTable) -> OneOf:
        keys = [column for column in table.columns.values() if column.field in selected.arguments]
        where = All(
            tuple(
                Compare(ColumnOf(column.name), "_eq", single(selected.arguments[column.field], column.type))
                for column in keys
            )
        )
        rows = visible_rows(self._view, table, Rows(table.name, where=where))
        return OneOf(rows, self.members(selected.selections))

    def _rows(self, selected: Selected, table: TrackedTable, mapping: Mapping) -> Rows:
        arguments = selected.arguments
        ordering = self._order.read(arguments.get("order_by"))
        return Rows(
            table=table.name,
            mapping=mapping,
            where=self._where.read(arguments.get("where")),
            ordering=ordering,
            distinct_on=distinct_columns(arguments.get("distinct_on"), ordering, f"{selected.path}.args"),
            limit=row_count(arguments.get("limit")),
            offset=row_count(arguments.get("offset")),
        )

    def _aggregated(self, selected: Selected, table: TrackedTable, mapping: Mapping) -> Aggregated:
        rows = visible_rows(self._view, table, self._rows(selected, table, mapping))
        limit_max = self._view.grant(table).limit
        return Aggregated(rows, tuple((part.key, self._part(part, limit_max)) for part in selected.selections))

    def _part(self, selected: Selected, limit_max: int | None) -> Group | Nodes | Text:
        match selected.meaning:
            case AggregatePart("nodes"):
                return Nodes(self.members(selected.selections), limit_max)
            case AggregatePart("aggregate"):
                return Group(tuple((field.key, self._aggregate(field)) for field in selected.selections))
            case _:
                return Text(selected.type_name)

    def _aggregate(self, selected: Selected) -> Applied | Group | Text:
        match selected.meaning:
            case Count():
                return self._count(selected.arguments)
            case AggregateFunction(name):
                return Group(tuple((field.key, self._applied(name, field)) for field in selected.selections))
            case _:
                return Text(selected.type_name)

    def _count(self, arguments: dict[str, InputValue]) -> Applied:
        columns = arguments.get("columns")
        names = tuple(c.value for c in columns.items if isinstance(c, Chosen)) if isinstance(columns, Listed) else ()
        match arguments.get("distinct"):
            case Scalar(bool(written)):
                distinct = written
            case FromVariable(name):
                distinct = bool(self._variables.read(name))
            case _:
                distinct = False
        return Applied("count", names, distinct)

    def _applied(self, function: str, selected: Selected) -> Applied | Text:
        match selected.meaning:
            case ReadColumn(column):
                return Applied(function, (column.name,), as_text=self._as_text(column))
            case _:
                return Text(selected.type_name)

    def _as_text(self, column: TrackedColumn) -> bool:
        return self._numbers_as_text and column.type.exceeds_double

    def _path(self, value: InputValue | None) -> Parameter | None:
        match value:
            case Scalar(str(written)):
                text, where = written, value.path
            case FromVariable(name):
                text, where = str(self._variables.read(name)), value.path
            case _:
                return None
        steps = json_path(text, where)
        return Parameter(Constant(steps), TEXT, as_array=True) if steps else None
