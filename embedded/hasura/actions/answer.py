"""Read a handler's answer: errors passed on, values checked against the output type."""

from typing import Any, cast

from embedded.hasura.actions.exchange import Exchange, Incoming
from embedded.hasura.errors import EngineError
from embedded.hasura.schema.action_output import ExpectedOutput, ListOutput, NamedOutput
from embedded.hasura.schema.exact import read_json


def answer_of(exchange: Exchange, incoming: Incoming, expected: ExpectedOutput) -> Any:
    """The JSON value a handler answered, known to fit the output type's top level.

    Raises:
        EngineError: the handler's own refusal, or unexpected if its answer makes no sense.
    """
    status = incoming.status
    try:
        value = read_json(incoming.text)
    except (ValueError, RecursionError) as error:
        message = "not a valid json response from webhook"
        raise EngineError("unexpected", message, internal=exchange.internals(f"invalid json: {error}")) from None
    if 200 <= status < 300:  # noqa: PLR2004  - the classes of HTTP statuses
        misfit = _misfit(value, expected)
        if misfit is not None:
            raise EngineError("unexpected", misfit, internal=exchange.internals("unexpected response"))
        return value
    if 400 <= status < 500:  # noqa: PLR2004  - the same
        raise _refusal(value, exchange)
    error = f"expecting 2xx or 4xx status code, but found {status}"
    raise EngineError("unexpected", "internal error", internal=exchange.internals(error))


def _refusal(value: Any, exchange: Exchange) -> EngineError:
    body = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    message, code = body.get("message"), body.get("code")
    if not isinstance(message, str):
        text = "parsing webhook response failed: the key 'message' was not present"
        return EngineError("parse-failed", text, internal=exchange.internals("unexpected response"))
    known = code if isinstance(code, str) else "unexpected"
    extensions = body.get("extensions")
    own = cast("dict[str, Any]", extensions) if isinstance(extensions, dict) else None
    return EngineError(known, message, status=400, extensions=own)


def _misfit(value: Any, expected: ExpectedOutput) -> str | None:
    """What is wrong with an answer, None if nothing is."""
    if isinstance(expected, NamedOutput) and expected.kind == "anything":
        return None
    if value is None:
        return None if expected.nullable else "got null for the action webhook response"
    if isinstance(expected, ListOutput):
        if not isinstance(value, list):
            return "expecting array for the action webhook response"
        misfits = (_misfit(item, expected.item) for item in cast("list[Any]", value))
        return next((misfit for misfit in misfits if misfit is not None), None)
    match value:
        case list():
            return f"got array for the action webhook response, expecting {expected.name}"
        case dict() if expected.kind == "object":
            return _field_misfit(cast("dict[str, Any]", value), expected)
        case dict():
            return f"got object for the action webhook response, expecting {expected.name}"
        case _ if expected.name in _names_of(value):
            return None
        case _:
            # Hasura calls numbers strings here, and its words are what clients have seen.
            scalar = "Boolean" if isinstance(value, bool) else "String"
            return f"got scalar {scalar} for the action webhook response, expecting {expected.name}"


def _field_misfit(given: dict[str, Any], expected: NamedOutput) -> str | None:
    for name in expected.required:
        if name not in given:
            return f'field "{name}" expected in webhook response, but not found'
        if given[name] is None:
            return f'expecting not null value for field "{name}"'
    return None


def _names_of(scalar: Any) -> tuple[str, ...]:
    match scalar:
        case bool():
            return ("Boolean",)
        case str():
            return ("String", "ID")
        case _:
            return ("Int", "Float")
