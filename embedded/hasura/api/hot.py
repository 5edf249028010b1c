"""The short way for queries that were asked before.

Most requests ask a known text for a known role, and one statement answers them. They need neither routing nor GraphQL:
the headers say who asks, text and role find the plan, Postgres writes the answer. Whatever is different in any respect
goes the long way, as if this were not here, and errors are the long way's too unless the statement itself failed.
"""

import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from embedded.hasura.api.graphql import GraphqlEndpoint
from embedded.hasura.api.request import graphql_request
from embedded.hasura.auth.known import KnownCallers
from embedded.hasura.engine import Engine
from embedded.hasura.errors import EngineError
from embedded.hasura.execute.compile import Request
from embedded.hasura.schema.literals import ExactFloat

_PATH = "/v1/graphql"
_JSON = (b"content-type", b"application/json; charset=utf-8")
_DECODER = json.JSONDecoder(parse_float=ExactFloat)


class HotPath:
    """Answers what it can the short way, and has `app` answer the rest."""

    def __init__(self, app: ASGIApp, engine: Engine, callers: KnownCallers, graphql: GraphqlEndpoint) -> None:
        self._app = app
        self._engine = engine
        self._callers = callers
        self._graphql = graphql
        self._bytes_max = engine.settings.limits.body_bytes_max
        self._served = "graphql" in engine.settings.apis

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"] != _PATH or scope["method"] != "POST" or not self._served:
            await self._app(scope, receive, send)
            return
        length = _length(scope)
        if length is None or length > self._bytes_max:
            await self._app(scope, receive, send)
            return
        body = await _body(receive, length)
        answer = await self._answer(scope, body) if len(body) == length else None
        if answer is None:
            await self._app(scope, _again(body, receive), send)
            return
        headers = [_JSON, (b"content-length", b"%d" % len(answer))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    async def _answer(self, scope: Scope, body: bytes) -> bytes | None:
        """The JSON text to answer, None for whatever is no affair of this way."""
        request = _request(body)
        if request is None:
            return None
        try:
            who = self._callers.identify(scope["headers"])
        except EngineError:
            return None
        compiled = self._engine.kept(request, who)
        if compiled is None:
            return None
        try:
            return b"".join((b'{"data":', await self._engine.query(compiled, request, who), b"}"))
        except EngineError as error:
            return self._graphql.failed(error, who).encode()


def _length(scope: Scope) -> int | None:
    """What the client says of its body's length, None if it says nothing."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else None
    return None


async def _body(receive: Receive, length: int) -> bytes:
    """The body, or what there is of it if the client goes away or breaks its word."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while len(body) < length and message["type"] == "http.request" and message.get("more_body", False):
        message = await receive()
        body += message.get("body", b"")
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body, which was read already, once more."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return first.pop() if first else await receive()

    return receive_again


def _request(body: bytes) -> Request | None:
    """The one request in a body, None for everything that has to be looked at more closely."""
    try:
        text = body.decode()
        given, end = _DECODER.raw_decode(text)
        if end != len(text) or "\\ud" in text or "\\uD" in text:
            return None
        return graphql_request(given)
    except (ValueError, RecursionError, EngineError):
        return None
