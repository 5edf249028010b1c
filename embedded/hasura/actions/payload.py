"""What a handler is sent: the body, and the headers."""

from collections.abc import Iterator, Mapping
from typing import Any

from embedded.hasura.actions.exchange import Headers
from embedded.hasura.document.inputs import check_variable, from_json
from embedded.hasura.document.tree import Chosen, Deferred, Entries, FromVariable, InputValue, Listed, Null, Scalar
from embedded.hasura.metadata.actions import ActionDefinition
from embedded.hasura.schema.tracked import TrackedAction

VERSION = "v2.48.0"

# What says more about the connection than about the client's wish is not forwarded.
_NOT_FORWARDED = frozenset(
    {
        "content-length", "content-md5", "user-agent", "host", "origin", "referer", "accept", "accept-encoding",
        "accept-language", "accept-datetime", "cache-control", "connection", "dnt", "content-type", "transfer-encoding",
    }
)  # fmt: skip

# What says something about the client is passed on under another name, since the engine has one of its own.
_RENAMED = {"host": "X-Forwarded-Host", "user-agent": "X-Forwarded-User-Agent", "origin": "X-Forwarded-Origin"}

_OWN = (("Content-Type", "application/json"), ("User-Agent", f"hasura-graphql-engine/{VERSION}"))


def given(arguments: Mapping[str, InputValue], variables: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a call, as the client gave them.

    Raises:
        EngineError: validation-failed, if a variable does not fit.
    """
    return {name: as_json(value, variables) for name, value in arguments.items()}


def body(
    action: str, arguments: Mapping[str, Any], session: Mapping[str, str], request_query: str | None
) -> dict[str, Any]:
    """The body of the request to a handler; `request_query` is None for a call that was only noted."""
    return {
        "action": {"name": action},
        "input": arguments,
        "session_variables": dict(session),
        "request_query": request_query,
    }


def as_json(value: InputValue, variables: Mapping[str, Any]) -> Any:
    """An input value as plain JSON."""
    match value:
        case Null():
            return None
        case Scalar(written):
            return written
        case Chosen(name=name):
            return name
        case FromVariable(name, scalar, is_list, path):
            check_variable(variables[name], scalar, is_list=is_list, path=path)
            return variables[name]
        case Deferred(name, expected, path):
            return as_json(from_json(variables[name], expected, path), variables)
        case Listed(items):
            return [as_json(item, variables) for item in items]
        case Entries(members):
            return {member.name: as_json(member.value, variables) for member in members}


def sent_headers(action: TrackedAction, passed_on: Headers) -> list[tuple[str, str]]:
    """The headers of the request; configured ones win over the client's, and the engine's own over neither."""
    taken = {name.lower() for name, _ in action.headers}
    kept = [(name, value) for name, value in passed_on if name.lower() not in taken]
    taken.update(name.lower() for name, _ in kept)
    own = [(name, value) for name, value in _OWN if name.lower() not in taken]
    return [*own, *kept, *action.headers]


def forwarded(client: Headers, definition: ActionDefinition) -> tuple[tuple[str, str], ...]:
    """The client's headers that are passed on."""
    ignored = {name.lower() for name in definition.ignored_client_headers}
    return tuple(_passed_on(client, ignored))


def _passed_on(client: Headers, ignored: set[str]) -> Iterator[tuple[str, str]]:
    for name, value in client:
        lowered = name.lower()
        if lowered in _RENAMED:
            yield _RENAMED[lowered], value
        elif lowered not in _NOT_FORWARDED and lowered not in ignored and not lowered.startswith("x-hasura-"):
            yield name, value
