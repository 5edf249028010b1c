"""Orderings of clients, and the columns they want to be distinct on."""

from collections.abc import Callable, Iterator

from embedded.hasura.document.tree import Chosen, Entries, InputValue, Listed, Member
from embedded.hasura.errors import invalid
from embedded.hasura.plan.permissions import visible
from embedded.hasura.plan.tree import OrderByAggregate, OrderByColumn, OrderByRelated, Ordering, OrderKey
from embedded.hasura.schema.meanings import OnAggregate, OnColumn, OnRelation
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
                yield Ordering(wrap(OrderByColumn(column.name)), direction)
            case OnRelation(relationship, target), Entries() as entries:
                where = visible(self._view, target)

                def related(key: OrderKey) -> OrderKey:
                    return wrap(OrderByRelated(target.name, relationship.mapping, where, key))

                yield from self._entries(entries, related)
            case OnAggregate() as meaning, Entries() as entries:
                yield from self._aggregate(meaning, entries, wrap)
            case _:
                return

    def _aggregate(self, meaning: OnAggregate, entries: Entries, wrap: Wrap) -> Iterator[Ordering]:
        where = visible(self._view, meaning.target)

        def step(function: str, column: str | None, direction: str) -> Ordering:
            mapping = meaning.relationship.mapping
            return Ordering(wrap(OrderByAggregate(meaning.target.name, mapping, where, function, column)), direction)

        for member in entries.members:
            match member.value:
                case Chosen(name=direction):
                    yield step("count", None, direction)
                case Entries(members):
                    for inner in members:
                        if isinstance(inner.meaning, OnColumn) and isinstance(inner.value, Chosen):
                            yield step(member.name, inner.meaning.column.name, inner.value.name)
                case _:
                    continue


def _as_it_is(key: OrderKey) -> OrderKey:
    return key


def distinct_columns(value: InputValue | None, ordering: tuple[Ordering, ...], path: str) -> tuple[str, ...]:
    """The columns of `distinct_on`, which must be those the ordering begins with.

    Raises:
        EngineError: validation-failed, if they are not.
    """
    items = value.items if isinstance(value, Listed) else ()
    columns = tuple(item.value for item in items if isinstance(item, Chosen))
    leading = {step.key.column for step in ordering[: len(columns)] if isinstance(step.key, OrderByColumn)}
    if columns and ordering and leading != set(columns):
        raise invalid('"distinct_on" columns must match initial "order_by" columns', path)
    return columns
