"""Carry out a mutation's steps in one transaction, in order, and write each one's answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from embedded.hasura.execute.binding import Wire, bind
from embedded.hasura.execute.inserts import Inserts
from embedded.hasura.execute.transaction import Transaction
from embedded.hasura.execute.written import Written, refuse_unpermitted
from embedded.hasura.plan.tree import Text
from embedded.hasura.plan.write_tree import (
    DeleteStep,
    HowMany,
    InsertStep,
    Output,
    QueryStep,
    Response,
    RowsBack,
    SingleRow,
    Update,
    UpdatesStep,
    UpdateStep,
    WriteStep,
    objects_of,
    reads_on,
)
from embedded.hasura.sql.select import Statement, statement
from embedded.hasura.sql.writes import WRITTEN_ROWS, Wanted, delete_statement, reread_statement, update_statement


@dataclass(frozen=True)
class Values:
    """What the parameters of one request are filled from."""

    variables: Mapping[str, Any]
    session: Mapping[str, str]


async def perform(step: WriteStep, transaction: Transaction, values: Values) -> str:
    """The JSON text of one step's answer.

    Raises:
        EngineError: what Postgres or a permission says against it.
    """
    performing = _Performing(transaction, values)
    match step:
        case InsertStep(work=insert, output=output):
            written = await Inserts(transaction, performing.bound).rows(insert, {}, wanted(output))
            return await performing.answer(insert.table, written, output, insert.path)
        case UpdateStep(work=update, output=output):
            return await performing.updated(update, output)
        case UpdatesStep(works=updates, output=output):
            return "[" + ",".join([await performing.updated(update, output) for update in updates]) + "]"
        case DeleteStep(work=delete, output=output):
            written = await performing.written(delete_statement(delete, wanted(output)))
            return await performing.answer(delete.table, written, output, delete.path)
        case QueryStep(query=query):
            rows = await performing.rows(statement((query,)))
            return str(rows[0][0])


def wanted(output: Output) -> Wanted:
    """What a statement that writes must say for an answer: its objects, or the rows that they are then read from."""
    return Wanted(record=True) if reads_on(output) else Wanted(objects=objects_of(output))


class _Performing:
    def __init__(self, transaction: Transaction, values: Values) -> None:
        self._transaction = transaction
        self._values = values

    def bound(self, asked: Statement, supplied: Mapping[str, Wire] | None = None) -> list[Wire]:
        return bind(asked.parameters, self._values.variables, self._values.session, supplied=supplied)

    async def rows(self, asked: Statement, supplied: Mapping[str, Wire] | None = None) -> list[tuple[Any, ...]]:
        return await self._transaction.rows(asked, self.bound(asked, supplied))

    async def written(self, asked: Statement) -> Written:
        rows = await self.rows(asked)
        refuse_unpermitted(rows, asked.paths[0])
        return Written(len(rows), [row[1:] for row in rows])

    async def updated(self, update: Update, output: Output) -> str:
        if not update.changes:
            return composed(output, Written(0, []))
        written = await self.written(update_statement(update, wanted(output)))
        return await self.answer(update.table, written, output, update.path)

    async def answer(self, table: Any, written: Written, output: Output, path: str) -> str:
        """The answer of a step whose rows are written; if more is wanted than their columns, it is read now."""
        if reads_on(output) and written.rows:
            records = [row[0] for row in written.rows]
            asked = reread_statement(table, objects_of(output), path)
            written = Written(written.affected, await self.rows(asked, {WRITTEN_ROWS: records}))
        return composed(output, written)


def composed(output: Output, written: Written) -> str:
    """The JSON text of an answer, from the JSON texts of its rows' objects."""
    match output:
        case SingleRow():
            return str(written.rows[0][0]) if written.rows else "null"
        case Response(parts):
            lists = iter(range(len(parts)))
            return "{" + ",".join(f'"{key}":{_part(part, written, lists)}' for key, part in parts) + "}"


def _part(part: RowsBack | HowMany | Text, written: Written, lists: Any) -> str:
    match part:
        case HowMany():
            return str(written.affected)
        case Text(text):
            return json.dumps(text)
        case RowsBack():
            number = next(lists)
            return "[" + ",".join(row[number] for row in written.rows) + "]"
