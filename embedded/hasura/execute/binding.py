"""Fill a statement's parameters from constants, session variables and the request's variables."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from embedded.hasura.catalogue.tree import SqlType
from embedded.hasura.document.inputs import check_variable
from embedded.hasura.errors import EngineError
from embedded.hasura.schema.conditions import (
    Cells,
    Constant,
    Gathered,
    Parameter,
    Records,
    RequestVariable,
    SessionObject,
    SessionVariable,
    StreamPosition,
    Supplied,
)
from embedded.hasura.schema.literals import as_text

Wire = str | None | list[str | None]


def bind(
    parameters: Sequence[Parameter],
    variables: Mapping[str, Any],
    session: Mapping[str, str],
    records: str | None = None,
    supplied: Mapping[str, Wire] | None = None,
) -> list[Wire]:
    """The arguments to send, in the parameters' order: texts, lists of texts, or None.

    `records` is the JSON list of a statement about records, `supplied` what else the host has learned by now.

    Raises:
        EngineError: not-found, if a session variable is missing.
    """
    return [
        _supplied(parameter.source, records, supplied or {})
        if isinstance(parameter.source, Records | Supplied)
        else _wire(parameter, variables, session)
        for parameter in parameters
    ]


def _supplied(source: Records | Supplied, records: str | None, supplied: Mapping[str, Wire]) -> Wire:
    return records if isinstance(source, Records) else supplied[source.name]


def _wire(parameter: Parameter, variables: Mapping[str, Any], session: Mapping[str, str]) -> Wire:
    match parameter.source:
        case Constant(value):
            return list(value) if isinstance(value, tuple) else value
        case SessionVariable(name):
            return session_value(name, session)
        case SessionObject():
            return json.dumps(dict(session), ensure_ascii=False)
        case RequestVariable() as source:
            return _request_value(source, parameter, variables)
        case Records() | Supplied():
            raise RuntimeError("what the host supplies is bound by whoever has it")
        case Cells(items, sql_type):
            return [_item(item, sql_type, variables, session) for item in items]
        case StreamPosition(start):
            return _item(start, parameter.type, variables, session)
        case Gathered(items):
            return [_item(item, parameter.type, variables, session) for item in items]


def session_value(name: str, session: Mapping[str, str]) -> str:
    """The value of a session variable.

    Raises:
        EngineError: not-found; a missing variable never means "no filter" or "no rows".
    """
    value = session.get(name)
    if value is None:
        raise EngineError("not-found", f'missing session variables: "{name}"', status=400)
    return value


def _request_value(source: RequestVariable, parameter: Parameter, variables: Mapping[str, Any]) -> Wire:
    value = variables[source.name]
    check_variable(value, source.scalar, is_list=source.is_list, path=source.path)
    if parameter.as_array:
        items = cast("list[Any]", value) if isinstance(value, list) else [value]
        return [as_text(item, parameter.type) for item in items]
    return as_text(value, parameter.type)


def _item(
    item: Constant | SessionVariable | RequestVariable,
    sql_type: SqlType,
    variables: Mapping[str, Any],
    session: Mapping[str, str],
) -> str | None:
    if isinstance(item, Constant):
        return item.value if isinstance(item.value, str) else None
    if isinstance(item, SessionVariable):
        return session_value(item.name, session)
    value = variables[item.name]
    check_variable(value, item.scalar, is_list=item.is_list, path=item.path)
    return as_text(value, sql_type)
