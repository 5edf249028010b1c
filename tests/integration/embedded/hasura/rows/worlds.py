"""Random worlds: small enough to meet their corners often."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.integration.embedded.hasura.rows.choice import Choice
from tests.integration.embedded.hasura.rows.filters import Permissions
from tests.integration.embedded.hasura.rows.world import (
    INHERITED,
    VALUES,
    Column,
    Grant,
    Relationship,
    Row,
    Table,
    World,
    together,
)

ROLES = ("reader", "other")
HEIR = INHERITED[0]

# What the two sessions say; lists are written as Postgres writes arrays.
SESSIONS: tuple[dict[str, tuple[Any, str]], ...] = (
    {
        "x-hasura-number": (1, "1"),
        "x-hasura-word": ("a", "a"),
        "x-hasura-flag": (True, "true"),
        "x-hasura-day": ("2024-01-01", "2024-01-01"),
        "x-hasura-numbers": ([1, 2], "{1,2}"),
        "x-hasura-words": (["a", "it's"], "{a,it's}"),
    },
    {
        "x-hasura-number": (2, "2"),
        "x-hasura-word": ("it's", "it's"),
        "x-hasura-flag": (False, "f"),
        "x-hasura-day": ("2024-02-29", "2024-02-29"),
        "x-hasura-numbers": ([], "{}"),
        "x-hasura-words": (["b", 'a"b'], '{b,"a\\"b"}'),
    },
)

_ROWS_MAX = 6


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Two or three tables with rows, and what two roles may see of them."""
    return _Worlds(Choice(draw)).world()


class _Worlds:
    def __init__(self, choice: Choice) -> None:
        self._choice = choice

    def world(self) -> World:
        names = ["album", "band", "crowd"][: self._choice.number(2, 3)]
        columns = {name: self._columns() for name in names}
        tables = {
            name: Table(name, columns[name], self._relationships(name, columns), self._rows(columns[name]))
            for name in names
        }
        bare = World(tables)
        grants = {role: {name: self._grant(bare, table) for name, table in tables.items()} for role in ROLES}
        # The other role misses a table now and then; a relationship to it must vanish then.
        hidden = self._choice.one([None, *names[1:]])
        grants["other"] = {name: grant for name, grant in grants["other"].items() if name != hidden}
        grants[HEIR] = _inherited(*(grants[role] for role in ROLES))
        return World(tables, grants)

    def _columns(self) -> tuple[Column, ...]:
        made = [Column("id", "integer", "id"), Column("other_id", "integer", "other_id")]
        for number in range(self._choice.number(2, 5)):
            name = f"c{number}"
            field = name if self._choice.often(4) else f"{name}Renamed"
            made.append(Column(name, self._choice.one(sorted(VALUES)), field))
        return tuple(made)

    def _relationships(self, name: str, columns: dict[str, tuple[Column, ...]]) -> tuple[Relationship, ...]:
        made: list[Relationship] = []
        for number in range(self._choice.number(1, 2)):
            mine = self._choice.one([column.name for column in columns[name] if column.type == "integer"][::-1])
            made.append(Relationship(f"one{number}", "object", self._choice.one(sorted(columns)), ((mine, "id"),)))
        for number in range(self._choice.number(1, 2)):
            target = self._choice.one(sorted(columns))
            pairs = [(a.name, b.name) for a in columns[name] for b in columns[target] if a.type == b.type]
            mapping = dict(self._choice.several(pairs, low=1, high=2))
            made.append(Relationship(f"many{number}", "array", target, tuple(mapping.items())))
        if self._choice.coin():
            # The same rows once more, as a computed field.
            made.append(replace(made[-1], name="computed", function=f"{name}_computed"))
        return tuple(made)

    def _rows(self, columns: tuple[Column, ...]) -> tuple[Row, ...]:
        return tuple(
            {
                column.name: number if column.name == "id" else self._choice.one([None, *VALUES[column.type]])
                for column in columns
            }
            for number in range(_ROWS_MAX - self._choice.number(0, _ROWS_MAX))
        )

    def _grant(self, world: World, table: Table) -> Grant:
        optional = [column.name for column in table.columns if column.name != "id"]
        with_id = self._choice.often(6)
        return Grant(
            columns=(*(["id"] if with_id else []), *self._choice.several(optional, low=1, high=len(optional))),
            filter=Permissions(self._choice, world, table).filter(),
            # Without its key there is no order that decides everything, and a cut would be anyone's guess.
            limit=self._choice.one([None, None, 1, 3]) if with_id else None,
            aggregations=self._choice.coin(),
        )


def _inherited(first: dict[str, Grant], second: dict[str, Grant]) -> dict[str, Grant]:
    """What an heir of both sees; a limit that it could not foresee the effect of is taken away from both."""
    for name in set(first) & set(second):
        if not together(first[name], second[name]).orders_all:
            first[name], second[name] = replace(first[name], limit=None), replace(second[name], limit=None)
    merged = {**first, **second}
    return {
        name: together(first[name], second[name]) if name in first and name in second else grant
        for name, grant in merged.items()
    }
