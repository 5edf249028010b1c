"""What stands: figures, failing cases, and whether that is enough."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from tests.conformance.results import PRIORITIES, Case

ADMIN_PASS_PERCENT_MIN = 90
_NAMED = re.compile(r"`([^`\s]+#[^`\s]+)`")
_DETAIL_CHARS_MAX = 300
_NAMES_MAX = 5


def known(page: str) -> set[str]:
    """The ids of cases that the page of known differences names, each between backticks."""
    return set(_NAMED.findall(page))


def lines(cases: Sequence[Case], known_ids: Collection[str], *, verbose: bool) -> Iterator[str]:
    """The summary for people: failing cases first, then the figures."""
    for priority in PRIORITIES:
        failing = [case for case in cases if case.priority == priority and case.failures]
        if failing:
            yield f"Failing cases of priority {priority}:"
        for case in failing:
            mark = " (known difference)" if case.id in known_ids else ""
            shown = case.failures if verbose else case.failures[:1]
            yield f"  {case.id}{mark}"
            yield from (f"      {_short(failure)}" for failure in shown)
    yield from _unasked(cases)
    yield ""
    yield from _table("priority", cases, lambda case: case.priority, PRIORITIES)
    yield ""
    yield from _table("category", cases, lambda case: case.category, sorted({case.category for case in cases}))


def faults(cases: Sequence[Case], known_ids: Collection[str]) -> list[str]:
    """Why this is not enough, one sentence each; empty if it is."""
    found: list[str] = []
    core = [case for case in cases if case.priority == "core" and case.failures]
    if core:
        found.append(f"{len(core)} core cases fail; every one must pass.")
    admin = [case for case in cases if case.priority == "admin" and case.ran]
    passed = sum(case.passed for case in admin)
    if passed * 100 < ADMIN_PASS_PERCENT_MIN * len(admin):
        found.append(f"{passed} of {len(admin)} admin cases pass; {ADMIN_PASS_PERCENT_MIN} % are needed.")
    unnamed = [case.id for case in admin if case.failures and case.id not in known_ids]
    if unnamed:
        found.append(
            f"{len(unnamed)} failing admin cases are not named in embedded/hasura/KNOWN_DIFFERENCES.md: "
            + ", ".join(unnamed[:_NAMES_MAX])
            + (" and more." if len(unnamed) > _NAMES_MAX else ".")
        )
    return found


def stale(cases: Sequence[Case], known_ids: Collection[str]) -> list[str]:
    """The cases that the page names although they pass."""
    return [case.id for case in cases if case.passed and case.id in known_ids]


def _unasked(cases: Sequence[Case]) -> Iterator[str]:
    unasked = [case for case in cases if not case.ran]
    if unasked:
        yield "Cases that no mode could run:"
    for case in unasked:
        yield f"  {case.id}: {case.needs}"


def _table(title: str, cases: Sequence[Case], key: Callable[[Case], str], rows: Sequence[str]) -> Iterator[str]:
    yield f"{title:20} {'cases':>6} {'passed':>7} {'failed':>7} {'not run':>8} {'%':>6} {'checks':>7}"
    groups = [(row, [case for case in cases if key(case) == row]) for row in rows]
    for name, group in [*groups, ("all", list(cases))]:
        if group:
            ran = sum(case.ran for case in group)
            passed = sum(case.passed for case in group)
            percent = f"{100 * passed / ran:.1f}" if ran else "-"
            checks = sum(case.checks for case in group)
            yield f"{name:20} {len(group):6} {passed:7} {ran - passed:7} {len(group) - ran:8} {percent:>6} {checks:7}"


def _short(text: str) -> str:
    return text if len(text) <= _DETAIL_CHARS_MAX else text[:_DETAIL_CHARS_MAX] + "…"
