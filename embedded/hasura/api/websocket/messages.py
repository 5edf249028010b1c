"""What clients say. Both sub-protocols know the same words, under two names where they differ."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from embedded.hasura.api.request import graphql_request
from embedded.hasura.errors import EngineError
from embedded.hasura.execute.compile import Request
from embedded.hasura.schema.literals import ExactFloat

_DECODER = json.JSONDecoder(parse_float=ExactFloat)


class UnreadableMessageError(Exception):
    """A message that is none; its text says why."""


@dataclass(frozen=True)
class Init:
    """The client introduces itself; header names are in lower case."""

    headers: dict[str, str]


@dataclass(frozen=True)
class Start:
    """The client asks for something; answers carry the same id."""

    id: str
    request: Request


@dataclass(frozen=True)
class Stop:
    """The client has enough of an operation."""

    id: str


@dataclass(frozen=True)
class Terminate:
    """The client is leaving."""


@dataclass(frozen=True)
class Ping:
    """The client wants a pong with the same payload."""

    payload: Any


@dataclass(frozen=True)
class Pong:
    """The client is still there."""


Message = Init | Start | Stop | Terminate | Ping | Pong


def read_message(text: str) -> Message:
    """What the client said.

    Raises:
        UnreadableMessageError: if it is none of the known messages.
    """
    message = _object(text)
    kind = message.get("type")
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise UnreadableMessageError(
            "key 'type' not found" if kind is None else f"unexpected type for ClientMessage: {kind}"
        )
    return reader(message)


def _object(text: str) -> dict[str, Any]:
    try:
        given = _DECODER.decode(text)
        if "\\ud" in text or "\\uD" in text:
            # Half of a surrogate pair can be read, and then written nowhere: not to a handler, not to the database.
            json.dumps(given, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise UnreadableMessageError(str(error)) from None
    if not isinstance(given, dict):
        raise UnreadableMessageError("parsing ClientMessage failed, expected Object")
    return cast("dict[str, Any]", given)


def _id(message: dict[str, Any]) -> str:
    written = message.get("id")
    if not isinstance(written, str):
        raise UnreadableMessageError("key 'id' not found" if written is None else "expected String for key 'id'")
    return written


def _request(message: dict[str, Any]) -> Request:
    if "payload" not in message:
        raise UnreadableMessageError("key 'payload' not found")
    try:
        return graphql_request(message["payload"])
    except EngineError as error:
        raise UnreadableMessageError(error.message) from None


def _headers(payload: Any) -> dict[str, str]:
    if payload is None:
        return {}
    if not isinstance(payload, dict):
        raise UnreadableMessageError("parsing ConnParams failed, expected Object")
    headers: Any = cast("dict[str, Any]", payload).get("headers") or {}
    if not isinstance(headers, dict):
        raise UnreadableMessageError("parsing HashMap failed, expected Object for key 'headers'")
    read: dict[str, str] = {}
    for name, value in cast("dict[str, Any]", headers).items():
        if not isinstance(value, str):
            raise UnreadableMessageError(f"expected String for key '{name}' of the headers")
        read[name.lower()] = value
    return read


def _start(message: dict[str, Any]) -> Message:
    return Start(_id(message), _request(message))


def _stop(message: dict[str, Any]) -> Message:
    return Stop(_id(message))


_READERS: dict[str, Callable[[dict[str, Any]], Message]] = {
    "connection_init": lambda message: Init(_headers(message.get("payload"))),
    "start": _start,
    "subscribe": _start,
    "stop": _stop,
    "complete": _stop,
    "connection_terminate": lambda _message: Terminate(),
    "ping": lambda message: Ping(message.get("payload")),
    "pong": lambda _message: Pong(),
}
