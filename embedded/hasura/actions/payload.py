"""What a handler is sent: the body, and the headers."""

from collections.abc import Iterable, Mapping
from typing import Any

from embedded.hasura.document.inputs import check_variable, from_json
from embedded.hasura.document.tree import Chosen, Deferred, Entries, FromVariable, InputValue, Listed, Null, Scalar
from embedded.hasura.schema.tracked import TrackedAction

VERSION = "v2.48.0"

# What says more about the connection than about the client's wish is not forwarded.
_NOT_FORWARDED = frozenset(
    {
        "content-length", "content-md5", "user-agent", "host", "origin", "referer", "accept", "accept-encoding",
        "accept-language", "accept-datetime", "cache-control", "connection", "dnt", "content-type", "transfer-encoding",
    }
)  # fmt: skip

Headers = Iterable[tuple[str, str]]


def body(
    action: TrackedAction,
    arguments: Mapping[str, InputValue],
    variables: Mapping[str, Any],
    session: Mapping[str, str],
    request_query: str,
) -> dict[str, Any]:
    """The body of the request to a handler."""
    return {
        "action": {"name": action.action.name},
        "input": {name: as_json(value, variables) for name, value in arguments.items()},
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


def headers(action: TrackedAction, client: Headers) -> dict[str, str]:
    """The headers of the request; configured ones win over the client's."""
    sent: dict[str, str] = {}
    if action.action.definition.forward_client_headers:
        sent = forwarded(client, frozenset(name.lower() for name in action.action.definition.ignored_client_headers))
    configured = dict(action.headers)
    lowered = {name.lower() for name in configured}
    kept = {name: value for name, value in sent.items() if name.lower() not in lowered}
    return {**kept, **configured}


def forwarded(client: Headers, ignored: frozenset[str]) -> dict[str, str]:
    """The client's headers that are passed on."""
    sent: dict[str, str] = {}
    for name, value in client:
        lowered = name.lower()
        if lowered == "host":
            sent["X-Forwarded-Host"] = value
        elif lowered == "user-agent":
            sent["X-Forwarded-User-Agent"] = value
        elif lowered not in _NOT_FORWARDED and lowered not in ignored and not lowered.startswith("x-hasura-"):
            sent[name] = value
    return sent


USER_AGENT = f"hasura-graphql-engine/{VERSION}"
