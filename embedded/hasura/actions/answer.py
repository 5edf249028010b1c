"""Read a handler's answer: errors passed on, values checked against the output type."""

import json
from typing import Any, cast

from graphql import ListTypeNode, NamedTypeNode, NonNullTypeNode, TypeNode

from embedded.hasura.actions.call import Exchange
from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.actions import CustomTypes
from embedded.hasura.schema.actions import type_node
from embedded.hasura.schema.literals import ExactFloat
from embedded.hasura.schema.tracked import TrackedAction


def answer_of(exchange: Exchange, action: TrackedAction, types: CustomTypes) -> Any:
    """The JSON value a handler answered, known to fit the output type's top level.

    Raises:
        EngineError: the handler's own refusal, or unexpected if its answer makes no sense.
    """
    status = exchange.status
    if not (200 <= status < 300 or 400 <= status < 500):  # noqa: PLR2004  - the classes of HTTP statuses
        error = f"expecting 2xx or 4xx status code, but found {status}"
        raise EngineError("unexpected", "internal error", internal=exchange.internals(error))
    try:
        value = json.loads(exchange.text, parse_float=ExactFloat)
    except ValueError as error:
        message = "not a valid json response from webhook"
        raise EngineError("unexpected", message, internal=exchange.internals(str(error))) from None
    if status >= 400:  # noqa: PLR2004  - the same
        raise _refusal(value, exchange)
    _Check(exchange, types).value(value, type_node(action.action.definition.output_type))
    return value


def _refusal(value: Any, exchange: Exchange) -> EngineError:
    body = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    message = body.get("message")
    if not isinstance(message, str):
        text = "parsing webhook response failed: the key 'message' was not present"
        return EngineError("parse-failed", text, internal=exchange.internals(text))
    extensions = body.get("extensions")
    if isinstance(extensions, dict):
        return EngineError("unexpected", message, extensions=cast("dict[str, Any]", extensions))
    code = body.get("code")
    return EngineError(code if isinstance(code, str) else "unexpected", message, status=400)


class _Check:
    """Checks the top level of an answer, lists included."""

    def __init__(self, exchange: Exchange, types: CustomTypes) -> None:
        self._exchange = exchange
        self._objects = {t.name: t for t in types.objects}

    def value(self, value: Any, expected: TypeNode) -> None:
        """Refuse a value that does not fit the type."""
        if isinstance(expected, NonNullTypeNode):
            if value is None:
                self._refuse("got null for the action webhook response")
            self.value(value, expected.type)
        elif value is None:
            return
        elif isinstance(expected, ListTypeNode):
            if not isinstance(value, list):
                self._refuse("expecting array for the action webhook response")
            for item in cast("list[Any]", value):
                self.value(item, expected.type)
        elif isinstance(expected, NamedTypeNode):
            self._named(value, expected.name.value)

    def _named(self, value: Any, name: str) -> None:
        if isinstance(value, list):
            if name in self._objects or name in {"Int", "Float", "String", "Boolean"}:
                self._refuse(f"got array for the action webhook response, expecting {name}")
            return
        if name not in self._objects:
            return
        if not isinstance(value, dict):
            self._refuse(f"got scalar {_scalar(value)} for the action webhook response, expecting {name}")
        given = cast("dict[str, Any]", value)
        for field in self._objects[name].fields:
            if field.type.endswith("!"):
                if field.name not in given:
                    self._refuse(f'field "{field.name}" expected in webhook response, but not found')
                if given[field.name] is None:
                    self._refuse(f'expecting not null value for field "{field.name}"')

    def _refuse(self, message: str) -> None:
        raise EngineError("unexpected", message, internal=self._exchange.internals("unexpected response"))


def _scalar(value: Any) -> str:
    match value:
        case bool():
            return "Boolean"
        case str():
            return "String"
        case int():
            return "Int"
        case _:
            return "Float"
