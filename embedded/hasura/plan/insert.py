"""Rows to insert as a plan, with the related rows inside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from embedded.hasura.document.tree import Chosen, Entries, InputValue, Listed
from embedded.hasura.document.words import below
from embedded.hasura.errors import invalid
from embedded.hasura.plan.permissions import insert_check, insert_presets, updatable, update_check, update_presets
from embedded.hasura.plan.values import written_value
from embedded.hasura.plan.where import Where
from embedded.hasura.plan.write_tree import Conflict, Insert, NestedInsert, NewRow
from embedded.hasura.schema.conditions import Parameter, Supplied
from embedded.hasura.schema.insert_types import PLACEHOLDER
from embedded.hasura.schema.meanings import OnColumn, OnRelation
from embedded.hasura.schema.tracked import TrackedRelationship, TrackedTable
from embedded.hasura.schema.view import RoleView

# Inserts inside inserts; each level below the first costs a statement for every row.
_DEPTH_MAX = 10

# All rows of one field, nested ones included.
_ROWS_MAX = 10_000

Arguments = Mapping[str, InputValue | None]


@dataclass
class _Counted:
    rows: int = 0


class InsertPlanner:
    """Plans the inserts of one operation for one role."""

    def __init__(self, view: RoleView, where: Where) -> None:
        self._view = view
        self._where = where

    def read(self, table: TrackedTable, arguments: Arguments, path: str, *, one: bool) -> Insert:
        """The insert that the arguments of a root field ask for.

        Raises:
            EngineError: validation-failed, if a column is determined twice or too much is asked at once.
        """
        name = "object" if one else "objects"
        return _Reader(self._view, self._where, _Counted()).insert(
            table, arguments.get(name), arguments.get("on_conflict"), f"{path}.args.{name}", ()
        )


class _Reader:
    def __init__(self, view: RoleView, where: Where, counted: _Counted, depth: int = 0) -> None:
        self._view = view
        self._where = where
        self._counted = counted
        self._depth = depth

    def insert(
        self,
        table: TrackedTable,
        data: InputValue | None,
        on_conflict: InputValue | None,
        path: str,
        given: tuple[str, ...],
        *,
        numbered: bool = True,
    ) -> Insert:
        """The insert of `data`; `given` are columns that the row around it determines.

        A row's path has its number unless there can only be one.
        """
        listed = data.items if isinstance(data, Listed) else (data,)
        paths = [f"{path}[{i}]" if numbered else path for i in range(len(listed))]
        rows = tuple(self._row(table, item, where, given) for item, where in zip(listed, paths, strict=True))
        return Insert(
            table=table.name,
            any_column=next(iter(table.columns)),
            rows=rows,
            check=insert_check(self._view, table),
            conflict=self._conflict(table, on_conflict),
            path=path,
            given={name: Parameter(Supplied(name), table.columns[name].type) for name in given},
        )

    def _row(self, table: TrackedTable, value: InputValue | None, path: str, given: tuple[str, ...]) -> NewRow:
        self._count(path)
        values: dict[str, Parameter] = {}
        related: list[tuple[TrackedRelationship, TrackedTable, Entries]] = []
        for member in value.members if isinstance(value, Entries) else ():
            match member.meaning, member.value:
                case OnColumn(column), written:
                    values[column.name] = written_value(written, column)
                case OnRelation(relationship, target), Entries() as entries:
                    related.append((relationship, target, entries))
                case _:
                    continue
        _refuse_determined(values, given, path)
        before = tuple(self._before(*one, path, {*values, *given}) for one in related if not one[0].inserted_after)
        after = tuple(self._after(*one, path) for one in related if one[0].inserted_after)
        determined = {
            mine: Parameter(Supplied(mine), table.columns[mine].type) for nested in before for mine, _ in nested.mapping
        }
        presets = insert_presets(self._view, table)
        return NewRow({**determined, **values, **presets}, path, before, tuple(one for one in after if one.insert.rows))

    def _count(self, path: str) -> None:
        self._counted.rows += 1
        if self._counted.rows > _ROWS_MAX:
            raise invalid(f"more than {_ROWS_MAX} rows in one insert", path)

    def _before(
        self, relationship: TrackedRelationship, target: TrackedTable, entries: Entries, path: str, known: set[str]
    ) -> NestedInsert:
        """A row that must be there before this one, which gets the columns of the relationship from it."""
        here = below(path, relationship.name)
        twice = sorted(mine for mine, _ in relationship.mapping if mine in known)
        if twice:
            refused = f'cannot insert object relationship "{relationship.name}"'
            raise invalid(f"{refused} as {_shown(twice)} column values are already determined", here)
        return self._nested(relationship, target, entries, here, None)

    def _after(
        self, relationship: TrackedRelationship, target: TrackedTable, entries: Entries, path: str
    ) -> NestedInsert:
        """Rows that come after this one and get the columns of the relationship from it."""
        given = tuple(theirs for _, theirs in relationship.mapping)
        return self._nested(relationship, target, entries, below(path, relationship.name), given)

    def _nested(
        self,
        relationship: TrackedRelationship,
        target: TrackedTable,
        entries: Entries,
        path: str,
        given: tuple[str, ...] | None,
    ) -> NestedInsert:
        if self._depth >= _DEPTH_MAX:
            raise invalid("the insert is nested too deeply", path)
        inner = _Reader(self._view, self._where, self._counted, self._depth + 1)
        members = {member.name: member.value for member in entries.members}
        insert = inner.insert(
            target,
            members.get("data"),
            members.get("on_conflict"),
            f"{path}.data",
            given or (),
            numbered=given is not None,
        )
        return NestedInsert(relationship.name, relationship.mapping, insert, path)

    def _conflict(self, table: TrackedTable, value: InputValue | None) -> Conflict | None:
        if not isinstance(value, Entries):
            return None
        members = {member.name: member.value for member in value.members}
        constraint, where = members.get("constraint"), members.get("where")
        columns = tuple(_columns(members.get("update_columns")))
        if PLACEHOLDER in columns:
            raise invalid("erroneous column name", value.path)
        name = constraint.value if isinstance(constraint, Chosen) else ""
        if not columns:
            return Conflict(name)
        return Conflict(
            constraint=name,
            columns=columns,
            presets=tuple(update_presets(self._view, table).items()),
            where=updatable(self._view, table, self._where.read(where)),
            check=update_check(self._view, table),
        )


def _columns(value: InputValue | None) -> Iterator[str]:
    for item in value.items if isinstance(value, Listed) else ():
        if isinstance(item, Chosen):
            yield item.value


def _refuse_determined(values: dict[str, Parameter], given: tuple[str, ...], path: str) -> None:
    twice = sorted(set(values).intersection(given))
    if twice:
        refused = f"cannot insert {_shown(twice)} columns"
        raise invalid(f"{refused} as their values are already being determined by parent insert", path)


def _shown(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
