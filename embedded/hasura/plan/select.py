"""Fields of tables as plans: rows, single rows, aggregates, nested as deep as the client asks."""

from embedded.hasura.catalogue.tree import TEXT, SqlType
from embedded.hasura.document.tree import FromVariable, InputValue, Scalar, Selected
from embedded.hasura.document.variables import Variables
from embedded.hasura.json_path import json_path
from embedded.hasura.plan.columns import chosen_columns
from embedded.hasura.plan.functions import computed_call, function_call
from embedded.hasura.plan.order import OrderBy, distinct_columns
from embedded.hasura.plan.permissions import cell, computed_cell, visible_list, visible_rows
from embedded.hasura.plan.stream import stream_query
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
    SubjectValue,
    Text,
    Value,
)
from embedded.hasura.plan.values import row_count, single
from embedded.hasura.plan.where import Where
from embedded.hasura.schema.conditions import All, ColumnOf, Compare, Constant, Parameter, Source, Subject
from embedded.hasura.schema.meanings import (
    AggregateFunction,
    AggregatePart,
    CallFunction,
    CallFunctionAggregate,
    ComputedAggregate,
    ComputedRows,
    Count,
    ReadColumn,
    ReadComputed,
    Related,
    RelatedAggregate,
    SelectAggregate,
    SelectByKey,
    SelectRows,
    StreamRows,
    TypeName,
)
from embedded.hasura.schema.tracked import TrackedTable
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
                return RootQuery(selected.key, "list", self._list(selected, table), selected.path)
            case SelectAggregate(table):
                rows = self._rows(selected, table, ())
                return RootQuery(selected.key, "aggregate", self._aggregated(selected, table, rows), selected.path)
            case StreamRows(table):
                where = self._where.read(selected.arguments.get("where"))
                return stream_query(selected, table, self._view, where, self.members(selected.selections))
            case SelectByKey(table):
                return RootQuery(selected.key, "one", self._by_key(selected, table), selected.path)
            case CallFunction(function, table) if not function.returns_set:
                rows = visible_rows(self._view, table, Rows(function_call(function, selected)))
                return RootQuery(selected.key, "one", OneOf(rows, self.members(selected.selections)), selected.path)
            case CallFunction(function, table):
                rows = self._rows(selected, table, (), function_call(function, selected))
                return RootQuery(selected.key, "list", self._listed(selected, table, rows), selected.path)
            case CallFunctionAggregate(function, table):
                rows = self._rows(selected, table, (), function_call(function, selected))
                return RootQuery(selected.key, "aggregate", self._aggregated(selected, table, rows), selected.path)
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
                of, path = cell(self._view, column), self._path(selected.arguments.get("path"))
                if isinstance(of, ColumnOf):
                    return ColumnValue(of.name, path, self._as_text(column.type), column.type.whole_number)
                return SubjectValue(of, path, self._as_text(column.type))
            case ReadComputed(computed):
                of = computed_cell(self._view, computed, computed_call(computed, selected))
                return SubjectValue(of, self._path(selected.arguments.get("path")), self._as_text(computed.type))
            case ComputedRows(computed, target):
                rows = self._rows(selected, target, (), computed_call(computed, selected))
                return self._listed(selected, target, rows)
            case ComputedAggregate(computed, target):
                rows = self._rows(selected, target, (), computed_call(computed, selected))
                return self._aggregated(selected, target, rows)
            case Related(relationship, target) if relationship.kind == "object":
                rows = Rows(target.name, relationship.mapping)
                return OneOf(visible_rows(self._view, target, rows), self.members(selected.selections))
            case Related(relationship, target):
                return self._list(selected, target, relationship.mapping)
            case RelatedAggregate(relationship, target):
                return self._aggregated(selected, target, self._rows(selected, target, relationship.mapping))
            case TypeName():
                return Text(selected.type_name)
            case _:
                raise TypeError(selected.name)

    def _list(self, selected: Selected, table: TrackedTable, mapping: Mapping = ()) -> ListOf:
        return self._listed(selected, table, self._rows(selected, table, mapping))

    def _listed(self, selected: Selected, table: TrackedTable, rows: Rows) -> ListOf:
        return ListOf(visible_list(self._view, table, rows), self.members(selected.selections))

    def _by_key(self, selected: Selected, table: TrackedTable) -> OneOf:
        keys = [column for column in table.columns.values() if column.field in selected.arguments]
        where = All(
            tuple(
                Compare(cell(self._view, column), "_eq", single(selected.arguments[column.field], column.type))
                for column in keys
            )
        )
        rows = visible_rows(self._view, table, Rows(table.name, where=where))
        return OneOf(rows, self.members(selected.selections))

    def _rows(self, selected: Selected, table: TrackedTable, mapping: Mapping, source: Source | None = None) -> Rows:
        arguments = selected.arguments
        ordering = self._order.read(arguments.get("order_by"))
        distinct_on = self._cells(table, arguments.get("distinct_on"))
        return Rows(
            table=table.name if source is None else source,
            mapping=mapping,
            where=self._where.read(arguments.get("where")),
            ordering=ordering,
            distinct_on=distinct_columns(distinct_on, ordering, f"{selected.path}.args"),
            limit=row_count(arguments.get("limit")),
            offset=row_count(arguments.get("offset")),
        )

    def _aggregated(self, selected: Selected, table: TrackedTable, rows: Rows) -> Aggregated:
        parts = tuple((part.key, self._part(part, table)) for part in selected.selections)
        return Aggregated(visible_rows(self._view, table, rows), parts)

    def _part(self, selected: Selected, table: TrackedTable) -> Group | Nodes | Text:
        match selected.meaning:
            case AggregatePart("nodes"):
                return Nodes(self.members(selected.selections), self._view.grant(table).limit)
            case AggregatePart("aggregate"):
                return Group(tuple((field.key, self._aggregate(field, table)) for field in selected.selections))
            case _:
                return Text(selected.type_name)

    def _aggregate(self, selected: Selected, table: TrackedTable) -> Applied | Group | Text:
        match selected.meaning:
            case Count():
                return self._count(selected.arguments, table)
            case AggregateFunction(name):
                return Group(tuple((field.key, self._applied(name, field)) for field in selected.selections))
            case _:
                return Text(selected.type_name)

    def _cells(self, table: TrackedTable, value: InputValue | None) -> tuple[Subject, ...]:
        return tuple(cell(self._view, column) for column in chosen_columns(table, value))

    def _count(self, arguments: dict[str, InputValue], table: TrackedTable) -> Applied:
        match arguments.get("distinct"):
            case Scalar(bool(written)):
                distinct = written
            case FromVariable(name):
                distinct = bool(self._variables.read(name))
            case _:
                distinct = False
        return Applied("count", self._cells(table, arguments.get("columns")), distinct)

    def _applied(self, function: str, selected: Selected) -> Applied | Text:
        match selected.meaning:
            case ReadColumn(column):
                return Applied(function, (cell(self._view, column),), as_text=self._as_text(column.type))
            case ReadComputed(computed):
                of = computed_cell(self._view, computed, computed_call(computed, selected))
                return Applied(function, (of,), as_text=self._as_text(computed.type))
            case _:
                return Text(selected.type_name)

    def _as_text(self, sql_type: SqlType) -> bool:
        return self._numbers_as_text and sql_type.exceeds_double

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
