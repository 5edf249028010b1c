"""The websocket's door: the API key and the serializer version."""

from starlette.responses import JSONResponse
from starlette.websockets import WebSocket

from embedded.supabase.realtime.frames import Inbound, version_of
from embedded.supabase.realtime.hub import Hub
from embedded.supabase.realtime.messages import handle
from embedded.supabase.realtime.socket import Socket
from embedded.supabase.tokens import TokenError, verify


async def serve_websocket(websocket: WebSocket) -> None:
    """Serve one client until it is gone; a client without a good key gets an HTTP answer instead."""
    hub: Hub = websocket.app.state.hub
    key = websocket.headers.get("x-api-key") or websocket.query_params.get("apikey")
    version = version_of(websocket.query_params.get("vsn"))
    if not key:
        return await _deny(websocket, 401, "API key is missing")
    try:
        verify(hub.settings.jwt_secret, key)
    except TokenError as error:
        expired = error.message.startswith("Token has expired")
        return await _deny(websocket, 401, "Token has expired" if expired else error.message)
    if version is None:
        return await _deny(websocket, 400, "Only versions 1.0.0 and 2.0.0 of the serializer are spoken")
    if hub.sockets_count >= hub.settings.limits.sockets_max:
        return await _deny(websocket, 429, "Too many connected users")
    await websocket.accept()
    await _serve(hub, Socket(websocket, version, key, hub.outbox, hub.settings.limits.messages()))
    return None


async def _serve(hub: Hub, socket: Socket) -> None:
    def on_message(sender: Socket, inbound: Inbound) -> None:
        handle(hub, sender, inbound)

    hub.sockets_count += 1
    try:
        await socket.serve(on_message)
    finally:
        hub.sockets_count -= 1
        for channel in list(socket.channels.values()):
            hub.remove(channel)


async def _deny(websocket: WebSocket, status: int, message: str) -> None:
    await websocket.send_denial_response(JSONResponse({"error": message}, status))
