"""The upgrade of /v1/graphql to a websocket: which sub-protocol, from which origin, with which headers."""

import json
from collections.abc import Sequence

from starlette.responses import Response
from starlette.websockets import WebSocket

from embedded.hasura.api.cors import Origins
from embedded.hasura.api.websocket.connection import Connection
from embedded.hasura.api.websocket.legacy import Legacy
from embedded.hasura.api.websocket.protocol import Closing, SubProtocol
from embedded.hasura.api.websocket.sockets import Sockets
from embedded.hasura.api.websocket.transport import Transport
from embedded.hasura.auth.identity import Authenticator
from embedded.hasura.engine import Engine
from embedded.hasura.errors import EngineError

# Headers of the upgrade itself, which say nothing about who is asking.
_OF_THE_UPGRADE = {"sec-websocket-key", "sec-websocket-version", "upgrade", "connection"}


class WebsocketEndpoint:
    """Lets clients in."""

    def __init__(self, engine: Engine, authenticator: Authenticator, origins: Origins) -> None:
        self._origins = origins
        self._engine = engine
        self._authenticator = authenticator
        self._sockets = Sockets()
        engine.on_change(self._changed)
        engine.on_farewell(self._sockets.close)

    async def serve(self, websocket: WebSocket) -> None:
        """One client, from the upgrade to the end."""
        headers = {n: v for n, v in websocket.headers.items() if n not in _OF_THE_UPGRADE}
        try:
            headers = self._of_allowed_origin(headers)
            self._sockets.refuse_if_full()
        except EngineError as error:
            await _deny(websocket, error)
            return
        offered: Sequence[str] = websocket.scope.get("subprotocols") or ()
        protocol = _chosen(offered)
        await websocket.accept(protocol.name if protocol.name in offered else None)
        connection = Connection(websocket, protocol, self._engine, self._authenticator, headers)
        await self._sockets.serve(connection)

    async def refuse(self, websocket: WebSocket) -> None:
        """The answer to an upgrade on any other path."""
        await _deny(websocket, EngineError("not-found", "only '/v1/graphql' is supported on websockets"))

    def _changed(self) -> None:
        if self._engine.settings.websockets.closed_on_metadata_change:
            self._sockets.end_all(Closing(1012, "Server state changed, restarting the server"))
        else:
            self._engine.subscriptions.renew()

    def _of_allowed_origin(self, headers: dict[str, str]) -> dict[str, str]:
        """The headers that count, given where the page comes from.

        Raises:
            EngineError: access-denied, for a page from elsewhere.
        """
        settings, origin = self._engine.settings, headers.get("origin")
        if origin is None or self._origins.allow(origin):
            return headers
        if not settings.cors_disabled:
            message = "received origin header does not match configured CORS domains"
            raise EngineError("access-denied", message, status=400)
        kept = settings.websockets.cookies_without_cors
        return headers if kept else {name: value for name, value in headers.items() if name != "cookie"}


def _chosen(offered: Sequence[str]) -> SubProtocol:
    # Of a client that knows both, Hasura speaks the older one, and so does it with clients that name none.
    modern = Transport.name in offered and Legacy.name not in offered
    return Transport() if modern else Legacy()


async def _deny(websocket: WebSocket, error: EngineError) -> None:
    body = json.dumps(error.as_graphql(internals_shown=False), ensure_ascii=False)
    if "websocket.http.response" in websocket.scope.get("extensions", {}):
        await websocket.send_denial_response(Response(body, error.status, media_type="application/json"))
    else:
        await websocket.close(1008, error.message)
