"""What every request needs: who asks, a body within bounds, errors in Hasura's form, an id, CORS."""

import json
from itertools import count
from typing import Any
from uuid import uuid4

from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from embedded.hasura.api.cors import Origins, preflight_headers
from embedded.hasura.api.packing import Packing, gzip_wanted
from embedded.hasura.errors import EngineError
from embedded.hasura.schema.literals import ExactFloat

_JSON = "application/json; charset=utf-8"

# Made once: json.loads with an option of its own would make a decoder for every request.
_DECODER = json.JSONDecoder(parse_float=ExactFloat)


def json_response(value: Any, status: int = 200) -> Response:
    """A value as an HTTP answer."""
    return text_response(json.dumps(value, ensure_ascii=False, separators=(",", ":")), status)


def text_response(text: str, status: int = 200) -> Response:
    """JSON text that is finished already as an HTTP answer."""
    return Response(text.encode(), status, media_type=_JSON)


async def body_json(request: HttpRequest, bytes_max: int) -> Any:
    """The body as JSON; floats remember how they were written.

    Raises:
        EngineError: invalid-json, or bad-request if it is too large or never comes.
    """
    content = bytearray()
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > bytes_max:
                raise EngineError("bad-request", f"the request body is larger than {bytes_max} bytes", status=413)
    except ClientDisconnect:
        raise EngineError("bad-request", "the client went away before its request was complete") from None
    try:
        text = content.decode()
        value = _DECODER.decode(text)
        if "\\ud" in text or "\\uD" in text:
            # Half of a surrogate pair can be read, and then written nowhere: not to a handler, not to the database.
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise EngineError("invalid-json", str(error)) from None
    return value


# Ids in the form of UUIDs: the front of one drawn for this process, and a number. Drawing one for each request takes
# as long as finding out what it asks.
_ID_PREFIX = str(uuid4())[:-12].encode()
_ID_NUMBERS = count()


class Envelope:
    """Adds an id and CORS headers to every answer, packs it if asked to, and answers preflight requests."""

    def __init__(self, app: ASGIApp, origins: Origins) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        origin = asked_id = wanted = None
        packed = False
        for name, value in scope["headers"]:
            if name == b"origin":
                origin = value
            elif name == b"x-request-id":
                asked_id = value
            elif name == b"access-control-request-headers":
                wanted = value
            elif name == b"accept-encoding":
                packed = gzip_wanted(value)
        added = [
            (b"x-request-id", asked_id or b"%b%012x" % (_ID_PREFIX, next(_ID_NUMBERS))),
            *self._origins.headers(origin),
        ]
        if scope["method"] == "OPTIONS" and origin is not None:
            await send({"type": "http.response.start", "status": 204, "headers": [*added, *preflight_headers(wanted)]})
            await send({"type": "http.response.body", "body": b""})
            return

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].extend(added)
            await send(message)

        await self._app(scope, receive, Packing(send_with) if packed else send_with)
