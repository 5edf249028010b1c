"""Broadcasts over HTTP, for callers without a socket."""

from typing import cast
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from embedded.supabase.json_values import Object, as_list, as_object, as_text, parse
from embedded.supabase.realtime.authorization import writable
from embedded.supabase.realtime.broadcast import fan_out, fan_out_bytes
from embedded.supabase.realtime.channel import PREFIX
from embedded.supabase.realtime.hub import Hub
from embedded.supabase.tokens import TokenError, verify

_UNAUTHORIZED = JSONResponse({"message": "Unauthorized"}, 401)
_TOO_MANY = JSONResponse({"message": "Too many messages per second"}, 429)


async def _broadcast(request: Request) -> Response:
    hub, claims = _hub(request), _claims(request)
    if claims is None:
        return _UNAUTHORIZED
    raw = await _body(request, hub.settings.limits.payload_max_bytes)
    if raw is None:
        return JSONResponse({"errors": {"messages": ["Payload size exceeds tenant limit"]}}, 422)
    try:
        messages = as_list((as_object(parse(raw)) or {}).get("messages"))
    except ValueError:
        messages = None
    if messages is None:
        return JSONResponse({"errors": {"messages": ["can't be blank"]}}, 422)
    faults = [_faults(as_object(message) or {}) for message in messages]
    if any(faults):
        return JSONResponse({"errors": {"messages": faults}}, 422)
    for message in messages:
        if not hub.rest_messages.take():
            return _TOO_MANY
        await _fan_out(hub, claims, message)
    return Response(status_code=202)


async def _broadcast_one(request: Request) -> Response:
    """One event of one topic, named by the path; the body is its payload."""
    hub, claims = _hub(request), _claims(request)
    if claims is None:
        return _UNAUTHORIZED
    subtopic, event = _names(request)
    if not subtopic or not event:
        return JSONResponse({"message": "Not Found"}, 404)
    private = request.query_params.get("private") == "true"
    raw = await _body(request, hub.settings.limits.payload_max_bytes)
    if raw is None:
        return JSONResponse({"message": "Payload size exceeds tenant limit"}, 413)
    if not hub.rest_messages.take():
        return _TOO_MANY
    if private and not await writable(hub.pool, claims, subtopic, "broadcast"):
        return JSONResponse({"message": "Forbidden"}, 403)
    members, topic = hub.members((PREFIX + subtopic, private)), PREFIX + subtopic
    match request.headers.get("content-type", "application/json").partition(";")[0].strip().lower():
        case "application/json":
            try:
                message = {"type": "broadcast", "event": event, "payload": parse(raw or b"{}")}
            except ValueError:
                return JSONResponse({"message": "The body is not JSON"}, 400)
            fan_out(members, topic, message, as_binary=True)
        case "application/octet-stream":
            fan_out_bytes(members, topic, event, raw)
        case _:
            return JSONResponse({"message": "Unsupported Media Type"}, 415)
    return Response(status_code=202)


def _names(request: Request) -> tuple[str, str]:
    """The topic and the event in the path, which clients write with their slashes escaped; empty if it is no such."""
    parts = cast("bytes", request.scope["raw_path"]).decode("latin-1").split("/")
    topic, word, event = parts[-3:]
    return (unquote(topic), unquote(event)) if word == "events" and parts[-4] == "broadcast" else ("", "")


async def _ping(_request: Request) -> JSONResponse:
    return JSONResponse({"message": "Success"})


async def _fan_out(hub: Hub, claims: Object, message: Object) -> None:
    private = message.get("private") is True
    if private and not await writable(hub.pool, claims, message["topic"], "broadcast"):
        return  # the real server says nothing to it either
    topic = PREFIX + message["topic"]
    body = {"type": "broadcast", "event": message["event"], "payload": message["payload"]}
    fan_out(hub.members((topic, private)), topic, body, as_binary=False)


def _hub(request: Request) -> Hub:
    return cast("Hub", request.app.state.hub)


def _claims(request: Request) -> Object | None:
    """The claims of the caller's token or key, None if it does not hold."""
    hub, bearer = _hub(request), request.headers.get("authorization", "")
    token = bearer[7:] if bearer.lower().startswith("bearer ") else request.headers.get("apikey", "")
    try:
        return verify(hub.settings.jwt_secret, token)
    except TokenError:
        return None


async def _body(request: Request, most_bytes: int) -> bytes | None:
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > most_bytes:
            return None
    return bytes(raw)


def _faults(message: Object) -> dict[str, list[str]]:
    blank = ["can't be blank"]
    faults = {name: blank for name in ("topic", "event") if not as_text(message.get(name))}
    return faults if as_object(message.get("payload")) is not None else {**faults, "payload": blank}


ROUTES = [
    Route("/api/broadcast", _broadcast, methods=["POST"]),
    Route("/api/broadcast/{names:path}", _broadcast_one, methods=["POST"]),
    Route("/api/ping", _ping),
]
