"""JSON values as the text Postgres reads them from."""

import json
from typing import Any, Self, cast

from embedded.hasura.catalogue.tree import SqlType


class ExactFloat(float):
    """A number that remembers how it was written, so that `1.50` stays `1.50` for a numeric column."""

    text: str

    def __new__(cls, text: str) -> Self:
        """The number `text` writes."""
        made = super().__new__(cls, text)
        made.text = text
        return made


def as_text(value: Any, sql_type: SqlType) -> str:
    """A JSON value as the text Postgres reads for `sql_type`."""
    if sql_type.is_json:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return value
    if isinstance(value, ExactFloat):
        return value.text
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if sql_type.element is not None and isinstance(value, list):
        return array_literal(cast("list[Any]", value), sql_type.element)
    return json.dumps(value, ensure_ascii=False)


def array_literal(items: list[Any], element: SqlType) -> str:
    """A JSON list as a Postgres array literal."""
    return "{" + ",".join(_array_item(item, element) for item in items) + "}"


def _array_item(item: Any, element: SqlType) -> str:
    if item is None:
        return "NULL"
    if isinstance(item, list):
        return array_literal(cast("list[Any]", item), element)
    return '"' + as_text(item, element).replace("\\", "\\\\").replace('"', '\\"') + '"'
