"""Root fields of mutations as steps, each with what it answers."""

from embedded.hasura.document.tree import Selected
from embedded.hasura.document.variables import Variables
from embedded.hasura.plan.insert import InsertPlanner
from embedded.hasura.plan.permissions import deletable
from embedded.hasura.plan.select import Select
from embedded.hasura.plan.tree import Text
from embedded.hasura.plan.update import UpdatePlanner, by_key
from embedded.hasura.plan.where import Where
from embedded.hasura.plan.write_tree import (
    Delete,
    DeleteStep,
    HowMany,
    InsertStep,
    Output,
    Response,
    RowsBack,
    SingleRow,
    UpdatesStep,
    UpdateStep,
    WriteStep,
)
from embedded.hasura.schema.tracked import TrackedTable
from embedded.hasura.schema.update_types import key_columns
from embedded.hasura.schema.view import RoleView
from embedded.hasura.schema.write_meanings import AffectedRows, DeleteRows, InsertRows, Returning, UpdateRows


class Writes:
    """Plans the fields of one operation that change tables, for one role."""

    def __init__(self, view: RoleView, variables: Variables, select: Select) -> None:
        self._view = view
        self._select = select
        self._where = Where(view, variables)
        self._insert = InsertPlanner(view, self._where)
        self._update = UpdatePlanner(view, self._where)

    def step(self, selected: Selected) -> WriteStep:
        """The plan of a root field.

        Raises:
            EngineError: validation-failed, for what no type of the schema forbids.
        """
        arguments = selected.arguments
        arguments_path = f"{selected.path}.args"
        match selected.meaning:
            case InsertRows(table, one):
                insert = self._insert.read(table, arguments, selected.path, one=one)
                return InsertStep(selected.key, insert, self._output(selected, single=one))
            case UpdateRows(table, "where"):
                update = self._update.where(table, arguments, arguments_path)
                return UpdateStep(selected.key, update, self._output(selected, single=False))
            case UpdateRows(table, "key"):
                update = self._update.key(table, arguments, arguments_path)
                return UpdateStep(selected.key, update, self._output(selected, single=True))
            case UpdateRows(table):
                updates = self._update.many(table, arguments, arguments_path)
                return UpdatesStep(selected.key, updates, self._output(selected, single=False))
            case DeleteRows(table, form):
                delete = self._delete(selected, table, keyed=form == "key")
                return DeleteStep(selected.key, delete, self._output(selected, single=form == "key"))
            case _:
                raise TypeError(selected.name)

    def _delete(self, selected: Selected, table: TrackedTable, *, keyed: bool) -> Delete:
        if keyed:
            values = {column.name: selected.arguments[column.field] for column in key_columns(table)}
            wanted = by_key(table, values)
        else:
            wanted = self._where.read(selected.arguments.get("where"))
        return Delete(table.name, deletable(self._view, table, wanted))

    def _output(self, selected: Selected, *, single: bool) -> Output:
        if single:
            return SingleRow(self._select.members(selected.selections))
        return Response(tuple((part.key, self._part(part)) for part in selected.selections))

    def _part(self, selected: Selected) -> RowsBack | HowMany | Text:
        match selected.meaning:
            case AffectedRows():
                return HowMany()
            case Returning():
                return RowsBack(self._select.members(selected.selections))
            case _:
                return Text(selected.type_name)
