"""Inherited roles: what a role may read that has several others as its parents."""

from collections.abc import Iterator, Mapping
from typing import Any

from embedded.hasura.schema.conditions import AnyOf, Condition
from embedded.hasura.schema.tracked import Inconsistency, SelectGrant, TrackedTable

Parents = Mapping[str, tuple[str, ...]]


def parents_of(written: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """The parents of each inherited role, as metadata lists them."""
    return {
        str(entry["role_name"]): tuple(str(role) for role in entry.get("role_set") or ())
        for entry in written
        if entry.get("role_name")
    }


def ancestors(role: str, parents: Parents) -> frozenset[str]:
    """The role's parents, theirs, and so on.

    Raises:
        Inconsistency: if the role is its own ancestor.
    """
    found: set[str] = set()
    waiting = list(parents.get(role, ()))
    while waiting:
        parent = waiting.pop()
        if parent == role:
            raise Inconsistency(f'found cycle(s) in inherited roles: ["{role}"]')
        if parent not in found:
            found.add(parent)
            waiting.extend(parents.get(parent, ()))
    return frozenset(found)


def inherit(table: TrackedTable, role: str, parents: Parents) -> SelectGrant | None:
    """What an inherited role may read of the table: what is granted to itself, else what its parents have together."""
    own = table.grants.get(role)
    if own is not None or role not in parents:
        return own
    grants = [grant for parent in parents[role] if (grant := inherit(table, parent, parents)) is not None]
    return combined(table, grants)


def combined(table: TrackedTable, grants: list[SelectGrant]) -> SelectGrant | None:
    """One grant that allows what any of `grants` does, and no cell of a row that none of them shows; None of none."""
    if len(grants) < 2:  # noqa: PLR2004  - one grant is itself
        return grants[0] if grants else None
    cells = dict(_cells(table, grants))
    limits = [grant.limit for grant in grants if grant.limit is not None]
    return SelectGrant(
        columns=_union([grant.columns for grant in grants]),
        condition=AnyOf(tuple(grant.condition for grant in grants)),
        limit=max(limits) if limits else None,
        allow_aggregations=any(grant.allow_aggregations for grant in grants),
        query_root_fields=_union([grant.query_root_fields for grant in grants]),
        subscription_root_fields=_union([grant.subscription_root_fields for grant in grants]),
        computed=_union([grant.computed for grant in grants]),
        cells=cells,
    )


def _union(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    known = [one for one in sets if one is not None]
    return frozenset[str]().union(*known) if len(known) == len(sets) else None


def _cells(table: TrackedTable, grants: list[SelectGrant]) -> Iterator[tuple[str, Condition]]:
    for name in table.columns:
        yield from _cell(name, grants, [grant for grant in grants if grant.sees(name)])
    for name in table.computed:
        yield from _cell(name, grants, [grant for grant in grants if grant.sees_computed(name)])


def _cell(name: str, grants: list[SelectGrant], seeing: list[SelectGrant]) -> Iterator[tuple[str, Condition]]:
    guarded = any(name in grant.cells for grant in seeing)
    if seeing and (guarded or len(seeing) < len(grants)):
        yield name, AnyOf(tuple(grant.cells.get(name, grant.condition) for grant in seeing))
