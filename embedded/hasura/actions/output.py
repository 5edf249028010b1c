"""Write what the client asked of a handler's answer, with what tables say about it, as JSON text."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, cast

from embedded.hasura.plan.actions import Output, OutputField
from embedded.hasura.plan.tree import Joined
from embedded.hasura.schema.exact import exact_json

# For a list of records, the JSON texts of what is joined to each, in order.
Join = Callable[[Joined, list[dict[str, Any]]], Awaitable[Sequence[Sequence[str | None]]]]

_Joined = dict[int, dict[str, str]]


async def written(answer: Any, output: Output, join: Join) -> str:
    """The answer cut down to the selected fields, by alias and in the client's order, as JSON text.

    Raises:
        RecursionError: if it is nested too deeply.
    """
    found: _Joined = {}
    await _look_up(answer, output, join, found)
    return _text(answer, output, found)


async def _look_up(answer: Any, output: Output, join: Join, found: _Joined) -> None:
    """Ask for everything that is joined, one statement for each level of the answer."""
    if not output.joins:
        return
    records = list(_records(answer))
    if output.joined is not None and records:
        rows = await join(output.joined, records)
        keys = [member.key for member in output.joined.members]
        for record, row in zip(records, rows, strict=True):
            texts = ("null" if text is None else text for text in row)
            found[id(record)] = dict(zip(keys, texts, strict=True))
    for field in output.fields:
        if field.name is not None:
            await _look_up([record.get(field.name) for record in records], field.output, join, found)


def _records(answer: Any) -> Iterator[dict[str, Any]]:
    if isinstance(answer, list):
        for item in cast("list[Any]", answer):
            yield from _records(item)
    elif isinstance(answer, dict):
        yield cast("dict[str, Any]", answer)


def _text(answer: Any, output: Output, found: _Joined) -> str:
    if not output.fields:
        return exact_json(answer)
    if isinstance(answer, list):
        return "[" + ",".join([_text(item, output, found) for item in cast("list[Any]", answer)]) + "]"
    if not isinstance(answer, dict):
        # An object was promised; whatever stands in its place has none of the fields.
        return "null"
    given = cast("dict[str, Any]", answer)
    return "{" + ",".join([f'"{field.key}":{_member(given, field, found)}' for field in output.fields]) + "}"


def _member(given: dict[str, Any], field: OutputField, found: _Joined) -> str:
    if field.name is not None:
        value = given.get(field.name)
        return exact_json(value) if not field.output.fields else _text(value, field.output, found)
    if field.constant is not None:
        return exact_json(field.constant)
    return found.get(id(given), {}).get(field.key, "null")
