"""Broadcasts over HTTP, for callers without a socket."""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from embedded.supabase.json_values import Object, as_list, as_object, as_text, parse
from embedded.supabase.realtime.broadcast import fan_out
from embedded.supabase.realtime.channel import PREFIX
from embedded.supabase.realtime.hub import Hub
from embedded.supabase.tokens import TokenError, verify

_BODY_MAX_BYTES = 3_000_000


async def _broadcast(request: Request) -> Response:
    hub: Hub = request.app.state.hub
    if not _authorized(hub, request):
        return JSONResponse({"message": "Unauthorized"}, 401)
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > _BODY_MAX_BYTES:
            return JSONResponse({"errors": {"messages": ["Payload size exceeds tenant limit"]}}, 422)
    try:
        messages = as_list((as_object(parse(bytes(raw))) or {}).get("messages"))
    except ValueError:
        messages = None
    if messages is None:
        return JSONResponse({"errors": {"messages": ["can't be blank"]}}, 422)
    faults = [_faults(as_object(message) or {}) for message in messages]
    if any(faults):
        return JSONResponse({"errors": {"messages": faults}}, 422)
    _fan_out(hub, messages)
    return Response(status_code=202)


def _fan_out(hub: Hub, messages: Iterable[Object]) -> None:
    for message in messages:
        if message.get("private"):
            continue  # nobody may write to private topics here, and the real server drops what one may not write
        topic = PREFIX + message["topic"]
        body = {"type": "broadcast", "event": message["event"], "payload": message["payload"]}
        fan_out(hub.members(topic), topic, body, as_binary=False)


def _authorized(hub: Hub, request: Request) -> bool:
    bearer = request.headers.get("authorization", "")
    token = bearer[7:] if bearer.lower().startswith("bearer ") else request.headers.get("apikey", "")
    try:
        verify(hub.settings.jwt_secret, token)
    except TokenError:
        return False
    return True


def _faults(message: Object) -> dict[str, list[str]]:
    blank = ["can't be blank"]
    faults = {name: blank for name in ("topic", "event") if not as_text(message.get(name))}
    return faults if as_object(message.get("payload")) is not None else {**faults, "payload": blank}


ROUTES = [Route("/api/broadcast", _broadcast, methods=["POST"])]
