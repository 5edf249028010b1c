"""Before anything is measured: do all peers answer the same?"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.request import Request, urlopen

from tests.bench.engine.load import Order

_DIGITS = 9


def values(order: Order) -> list[Any]:
    """All values in the answer to an order's first question, as they come, numbers and times in one spelling.

    Where they stand is left out: PostGraphile puts a count beside the aggregates, not among them.
    """
    headers = {"Content-Type": "application/json", **order.headers}
    request = Request(f"http://{order.host}:{order.port}{order.path}", order.bodies[0].encode(), headers)
    with urlopen(request) as response:  # noqa: S310  - the address is ours
        return list(_leaves(json.load(response)))


def _leaves(value: Any) -> Iterator[Any]:
    match value:
        case dict():
            for item in value.values():
                yield from _leaves(item)
        case list():
            for item in value:
                yield from _leaves(item)
        case str():
            yield _written(value)
        case int() | float() if not isinstance(value, bool):
            yield round(float(value), _DIGITS)
        case _:
            yield value


def _written(text: str) -> Any:
    for read in (lambda: round(float(text), _DIGITS), lambda: datetime.fromisoformat(text)):
        try:
            return read()
        except ValueError:
            continue
    return text
