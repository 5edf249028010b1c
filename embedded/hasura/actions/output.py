"""Write what the client asked of a handler's answer, with what tables say about it, as JSON text."""

import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, cast

from embedded.hasura.plan.operation import OutputField
from embedded.hasura.plan.tree import Joined
from embedded.hasura.schema.literals import ExactFloat

# For a list of records, the JSON texts of what is joined to each, in order.
Join = Callable[[Joined, list[dict[str, Any]]], Awaitable[Sequence[Sequence[str | None]]]]

_Joined = dict[int, dict[str, str]]


async def written(answer: Any, output: tuple[OutputField, ...], joined: Joined | None, join: Join) -> str:
    """The answer cut down to the selected fields, by alias and in the client's order, as JSON text."""
    found: _Joined = {}
    await _look_up(answer, output, joined, join, found)
    return _text(answer, output, found)


async def _look_up(
    answer: Any, output: tuple[OutputField, ...], joined: Joined | None, join: Join, found: _Joined
) -> None:
    """Ask for everything that is joined, one statement for each level of the answer."""
    records = list(_records(answer))
    if joined is not None and records:
        rows = await join(joined, records)
        for record, row in zip(records, rows, strict=True):
            texts = ("null" if text is None else text for text in row)
            found[id(record)] = dict(zip((member.key for member in joined.members), texts, strict=True))
    for field in output:
        if field.name is not None and field.output:
            inner = [record.get(field.name) for record in records]
            await _look_up(inner, field.output, field.joined, join, found)


def _records(answer: Any) -> Iterator[dict[str, Any]]:
    if isinstance(answer, list):
        for item in cast("list[Any]", answer):
            yield from _records(item)
    elif isinstance(answer, dict):
        yield cast("dict[str, Any]", answer)


def _text(answer: Any, output: tuple[OutputField, ...], found: _Joined) -> str:
    if not output:
        return answer.text if isinstance(answer, ExactFloat) else _plain(answer)
    if isinstance(answer, list):
        return "[" + ",".join([_text(item, output, found) for item in cast("list[Any]", answer)]) + "]"
    if not isinstance(answer, dict):
        return _plain(answer)
    given = cast("dict[str, Any]", answer)
    return "{" + ",".join([f'"{field.key}":{_member(given, field, found)}' for field in output]) + "}"


def _member(given: dict[str, Any], field: OutputField, found: _Joined) -> str:
    if field.name is not None:
        return _text(given.get(field.name), field.output, found)
    if field.constant is not None:
        return _plain(field.constant)
    return found.get(id(given), {}).get(field.key, "null")


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
