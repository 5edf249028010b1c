"""Orderings of clients, and the columns they want to be distinct on."""

from collections.abc import Callable, Iterator

from embedded.hasura.document.tree import Chosen, Entries, InputValue, Listed, Member
from embedded.hasura.errors import invalid
from embedded.hasura.plan.permissions import RelatedAggregates, cell, computed_cell, visible
from embedded.hasura.plan.tree import OrderByColumn, OrderByRelated, OrderByValue, Ordering, OrderKey
from embedded.hasura.schema.calls import called_on_row
from embedded.hasura.schema.conditions import ColumnOf, Subject
from embedded.hasura.schema.meanings import OnAggregate, OnColumn, OnComputed, OnComputedRows, OnRelation
from embedded.hasura.schema.view import RoleView

Wrap = Callable[[OrderKey], OrderKey]


class OrderBy:
    """Reads orderings for one role."""

    def __init__(self, view: RoleView) -> None:
        self._view = view

    def read(self, value: InputValue | None) -> tuple[Ordering, ...]:
        """The steps of the ordering, most important first; nulls are left out."""
        if isinstance(value, Listed):
            return tuple(step for item in value.items for step in self._entries(item, _as_it_is))
        return tuple(self._entries(value, _as_it_is))

    def _entries(self, value: InputValue | None, wrap: Wrap) -> Iterator[Ordering]:
        for member in value.members if isinstance(value, Entries) else ():
            yield from self._member(member, wrap)

    def _member(self, member: Member, wrap: Wrap) -> Iterator[Ordering]:
        match member.meaning, member.value:
            case OnColumn(column), Chosen(name=direction):
                of = cell(self._view, column)
                key = OrderByColumn(of.name) if isinstance(of, ColumnOf) else OrderByValue(of)
                yield Ordering(wrap(key), direction)
            case OnComputed(computed), Chosen(name=direction):
                yield Ordering(wrap(OrderByValue(computed_cell(self._view, computed))), direction)
            case OnRelation(relationship, target), Entries() as entries:
                where = visible(self._view, target)

                def related(key: OrderKey) -> OrderKey:
                    return wrap(OrderByRelated(target.name, relationship.mapping, where, key))

                yield from self._entries(entries, related)
            case OnAggregate(relationship, target), Entries() as entries:
                aggregates = RelatedAggregates(self._view, target.name, relationship.mapping, target)
                yield from self._aggregate(aggregates, entries, wrap)
            case OnComputedRows(computed, target), Entries() as entries:
                aggregates = RelatedAggregates(self._view, called_on_row(computed), (), target)
                yield from self._aggregate(aggregates, entries, wrap)
            case _:
                return

    def _aggregate(self, aggregates: RelatedAggregates, entries: Entries, wrap: Wrap) -> Iterator[Ordering]:
        def step(function: str, columns: tuple[Subject, ...], direction: str) -> Ordering:
            return Ordering(wrap(OrderByValue(aggregates.of(function, columns))), direction)

        for member in entries.members:
            match member.value:
                case Chosen(name=direction):
                    yield step("count", (), direction)
                case Entries(members):
                    for inner in members:
                        if isinstance(inner.meaning, OnColumn) and isinstance(inner.value, Chosen):
                            yield step(member.name, (cell(self._view, inner.meaning.column),), inner.value.name)
                case _:
                    continue


def _as_it_is(key: OrderKey) -> OrderKey:
    return key


def distinct_columns(columns: tuple[Subject, ...], ordering: tuple[Ordering, ...], path: str) -> tuple[Subject, ...]:
    """The columns of `distinct_on`, which must be those the ordering begins with.

    Raises:
        EngineError: validation-failed, if they are not.
    """
    leading = [_subject(step.key) for step in ordering[: len(columns)]]
    if columns and ordering and not all(column in leading for column in columns):
        raise invalid('"distinct_on" columns must match initial "order_by" columns', path)
    return columns


def _subject(key: OrderKey) -> Subject | None:
    match key:
        case OrderByColumn(name):
            return ColumnOf(name)
        case OrderByValue(of):
            return of
        case _:
            return None
