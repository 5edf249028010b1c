"""Insert rows with the rows nested in them: each one's object relationships first, then itself, then the others."""

from collections.abc import Mapping
from typing import Protocol

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import Wire
from embedded.hasura.execute.transaction import Transaction
from embedded.hasura.execute.written import Row, Written, refuse_unpermitted
from embedded.hasura.plan.write_tree import Insert, NestedInsert, NewRow
from embedded.hasura.sql.select import Statement
from embedded.hasura.sql.writes import Wanted, insert_statement

Known = Mapping[str, str | None]


class Binds(Protocol):
    """Fills the parameters of a statement."""

    def __call__(self, asked: Statement, supplied: Mapping[str, Wire] | None = None) -> list[Wire]:
        """The arguments, in the parameters' order."""
        ...


class Inserts:
    """Inserts rows in one transaction."""

    def __init__(self, transaction: Transaction, bound: Binds) -> None:
        self._transaction = transaction
        self._bound = bound

    async def rows(self, insert: Insert, given: Known, wanted: Wanted) -> Written:
        """What was written, nested rows counted as well; `given` are values that the row around determines.

        Raises:
            EngineError: what Postgres or a permission says against it, or not-supported if a row that others hang on
                was not inserted because it is there already.
        """
        if not insert.rows:
            return Written(0, [])
        if insert.alone:
            rows = await self._written(insert, insert.rows, given, wanted, insert.path)
            return Written(len(rows), [row[1:] for row in rows])
        affected = 0
        kept: list[Row] = []
        for row in insert.rows:
            written = await self._row(insert, row, given, wanted)
            affected += written.affected
            kept.extend(written.rows)
        return Written(affected, kept)

    async def _row(self, insert: Insert, row: NewRow, given: Known, wanted: Wanted) -> Written:
        """One row with all that is nested in it."""
        affected = 0
        known = dict(given)
        for nested in row.before:
            count, determined = await self._before(nested)
            affected += count
            known.update(determined)
        needed = tuple(dict.fromkeys(mine for nested in row.after for mine, _ in nested.mapping))
        asked = Wanted(wanted.record, (*wanted.columns, *needed), wanted.objects)
        rows = await self._written(insert, (row,), known, asked, row.path)
        affected += len(rows)
        if row.after and not rows:
            message = "cannot proceed to insert array relations since insert to table"
            raise EngineError("not-supported", f'{message} "{insert.table.display}" affects zero rows', path=row.path)
        start = 1 + wanted.record + len(wanted.columns)
        for nested in row.after:
            values = dict(zip(needed, rows[0][start : start + len(needed)], strict=True))
            inherited = {theirs: values[mine] for mine, theirs in nested.mapping}
            affected += (await self.rows(nested.insert, inherited, Wanted())).affected
        return Written(affected, [one[1:start] + one[start + len(needed) :] for one in rows])

    async def _before(self, nested: NestedInsert) -> tuple[int, Known]:
        """How many rows were written for an object relationship, and the columns they determine."""
        theirs = tuple(name for _, name in nested.mapping)
        written = await self._row(nested.insert, nested.insert.rows[0], {}, Wanted(columns=theirs))
        if not written.rows:
            message = f'cannot proceed to insert object relation "{nested.name}" since insert to table'
            raise EngineError(
                "not-supported", f'{message} "{nested.insert.table.display}" affects zero rows', path=nested.path
            )
        values = dict(zip(theirs, written.rows[0], strict=True))
        return written.affected, {mine: values[name] for mine, name in nested.mapping}

    async def _written(
        self, insert: Insert, rows: tuple[NewRow, ...], known: Known, wanted: Wanted, path: str
    ) -> list[Row]:
        asked = insert_statement(insert, rows, wanted, path)
        written = await self._transaction.rows(asked, self._bound(asked, known))
        refuse_unpermitted(written, path)
        return written
