"""Which sandboxes a list shows, in which order, a page at a time.

Pages continue after a key (creation time and id), so that deleting while listing loses no rows.
"""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from starlette.datastructures import QueryParams

from embedded.daytona.refusals import bad_request
from embedded.daytona.requests import whole_number
from embedded.daytona.sandbox.record import Record

_LIMIT_DEFAULT = 100
_LIMIT_MAX = 200
_KNOWN = {"cursor", "limit", "id", "name", "labels", "states", "order", "sort", "includeErroredDeleted"}


@dataclass(frozen=True)
class Page:
    """What one request asks for."""

    id: str
    name: str
    labels: dict[str, str]
    states: set[str]
    limit: int
    after: tuple[str, str] | None
    is_descending: bool


def parse(params: QueryParams) -> Page:
    """The page that a query asks for.

    Raises:
        Refusal: for a filter that this service does not know; ignoring it would show wrong rows.
    """
    for name in params:
        if name not in _KNOWN:
            raise bad_request(f"not supported by the embedded sandbox service: listing by {name}")
    if params.get("sort", "createdAt") != "createdAt":
        raise bad_request("the embedded sandbox service sorts by createdAt only")
    limit = whole_number(params.get("limit", str(_LIMIT_DEFAULT)), "limit")
    if limit < 1:
        raise bad_request("limit must be at least 1")
    return Page(
        id=params.get("id", ""),
        name=params.get("name", ""),
        labels=_labels(params.get("labels", "")),
        states=set(params.getlist("states")),
        limit=min(limit, _LIMIT_MAX),
        after=_decode(params["cursor"]) if params.get("cursor") else None,
        is_descending=params.get("order", "desc") == "desc",
    )


def _labels(text: str) -> dict[str, str]:
    try:
        labels: Any = json.loads(text) if text else {}
    except ValueError as error:
        raise bad_request("labels must be a JSON object") from error
    if not isinstance(labels, dict):
        raise bad_request("labels must be a JSON object")
    return cast("dict[str, str]", labels)


def select(records: Iterable[Record], page: Page) -> tuple[list[Record], str | None]:
    """The page's records, and the cursor of the next page or None after the last."""
    fitting = sorted((record for record in records if _fits(record, page)), key=_key, reverse=page.is_descending)
    if page.after is not None:
        after = page.after
        fitting = [r for r in fitting if (_key(r) < after if page.is_descending else _key(r) > after)]
    shown = fitting[: page.limit]
    return shown, _encode(_key(shown[-1])) if len(fitting) > len(shown) else None


def _key(record: Record) -> tuple[str, str]:
    return record.created_at, record.id


def _fits(record: Record, page: Page) -> bool:
    return (
        record.id.startswith(page.id)
        and record.name.startswith(page.name)
        and page.labels.items() <= record.labels.items()
        and (not page.states or record.state.value in page.states)
    )


def _encode(key: tuple[str, str]) -> str:
    return base64.urlsafe_b64encode("\n".join(key).encode()).decode()


def _decode(cursor: str) -> tuple[str, str]:
    try:
        text = base64.b64decode(cursor, altchars=b"-_", validate=True).decode()
    except ValueError as error:
        raise bad_request("the cursor is not one of this service") from error
    created_at, _, sandbox_id = text.partition("\n")
    return created_at, sandbox_id
